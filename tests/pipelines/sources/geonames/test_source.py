"""Countries and cities of the world, as the models expect them."""

from pipelines.loads import load_geography
from pipelines.sources.geonames.source import CITIES, geography_frames
from warehouse import lake


def test_cities_know_their_country_zone_and_other_names():
    cities = {(city["name"], city["country_code"]): city for city in geography_frames()[CITIES].to_pylist()}
    amsterdam = cities["Amsterdam", "NL"]
    assert (amsterdam["time_zone"], round(amsterdam["latitude"])) == ("Europe/Amsterdam", 52)
    assert amsterdam["population"] > 700_000
    assert "Firenze" in cities["Florence", "IT"]["alternate_names"].split(",")


def test_geography_is_replaced_and_not_added_to(lake_settings):
    first, again = load_geography(lake_settings), load_geography(lake_settings)
    connection = lake.connect(lake_settings, read_only=True)
    try:
        assert connection.execute("SELECT COUNT(*) FROM geonames.cities").fetchone() == (again.rows["cities"],)
        assert connection.execute("SELECT COUNT(*) FROM geonames.countries").fetchone() == (first.rows["countries"],)
    finally:
        connection.close()
