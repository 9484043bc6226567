"""What is written about a product, put together from what is known of it. Product -> sentences"""

from sandbox.world.draws import draw
from sandbox.world.geography import City
from sandbox.world.places import Place
from sandbox.world.products import Product

# Nearer than this, "0.3 km south of the centre" sounds like a surveyor.
CENTRE_KM, WALKABLE_KM = 0.6, 2.5
COMMENTARY_HABITS = {
    "IN_PERSON": "Your guide meets you on the spot and starts on time.",
    "RECORDED_AUDIO": "Commentary is recorded and comes in several languages.",
}


def title(product: Product) -> str:
    return product.text(product.offer.title)


def short_description(product: Product) -> str:
    return product.text(product.offer.short)


def description(product: Product) -> str:
    """Two or three short paragraphs: the place, the ticket, the way there."""
    kind, offer = product.kind, product.offer
    first = kind.openings[draw(product.place.key, product.offer_code) % len(kind.openings)]
    ticket = [product.text(offer.body)]
    if offer.commentary:
        ticket.append(COMMENTARY_HABITS[offer.commentary])
    return "\n\n".join(
        (f"{product.text(first)} {_local_name(product.place)}".strip(), " ".join(ticket), way_there(product.place))
    )


def way_there(place: Place) -> str:
    """Where the place lies, measured from the city's centre."""
    city = place.city
    at = f" at {place.street_address}," if place.street_address else ""
    if place.distance_km < CENTRE_KM:
        return f"You find it{at} in the very centre of {city.name}."
    if place.distance_km < WALKABLE_KM:
        minutes = round(place.distance_km * 13 / 5) * 5
        return f"You find it{at} {place.direction} of the centre of {city.name}, some {minutes} minutes on foot."
    return f"You find it{at} {place.distance_km:.0f} km {place.direction} of the centre of {city.name}."


def place_line(place: Place, noun: str) -> str:
    """One line about a place: what it is, where, and what people there call it."""
    line = f"{noun[:1].upper()}{noun[1:]} in {place.city.name}, {place.city.country.name}."
    return f"{line} {_local_name(place)}".strip()


def highlights(product: Product) -> list[str]:
    least, most = product.minutes
    lines = [f"Takes {_hours(least)}" if least == most else f"Allow {_hours(least)} to {_hours(most)}"]
    if product.offer.has_start_times:
        lines.append("Your place is kept for the time you choose")
    elif product.offer.is_freesale:
        lines.append("No fixed time: come when it suits you")
    if product.kind.outdoor:
        lines.append("Largely in the open air")
    return lines


def before_arrival(product: Product) -> str:
    if product.offer.meeting_point:
        return f"Be at the meeting point by {product.place.name} ten minutes before the start."
    return "Have your code ready on your phone, or print it."


def cancellation_term(product: Product) -> str:
    return f"Free cancellation until {cancellation_cutoff(product)} before your visit."


def cancellation_cutoff(product: Product) -> str:
    """`24 hours`, `1 day`."""
    amount, unit = product.offer.cancellation
    return f"{amount} {unit}{'s' if amount > 1 else ''}"


def questions(product: Product) -> list[tuple[str, str]]:
    """Questions people ask, each with its answer."""
    asked = [
        ("Can I cancel?", cancellation_term(product)),
        ("Do I have to print my ticket?", "No, the code on your phone is enough."),
    ]
    if product.closed_weekday is not None:
        asked.append(("Which days can I choose?", "Any day but Monday; on Mondays this ticket is not sold."))
    if product.offer.confirms_later:
        asked.append(("Is my booking final at once?", "The guide or skipper confirms it, usually within a minute."))
    return asked


def city_line(city: City) -> str:
    return f"{city.name}, {city.country.name}"


def _local_name(place: Place) -> str:
    return "" if place.local_name == place.name else f"Locally it is known as {place.local_name}."


def _hours(minutes: int) -> str:
    whole, rest = divmod(minutes, 60)
    if not whole:
        return f"{minutes} minutes"
    if not rest:
        return "one hour" if whole == 1 else f"{whole} hours"
    return f"{whole}½ hours" if rest == 30 else f"{whole} h {rest} min"  # noqa: PLR2004 - half an hour
