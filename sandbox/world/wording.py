"""What is written about a product, put together from what is known of it. Product -> sentences"""

from sandbox.world.draws import draw
from sandbox.world.places import Place
from sandbox.world.products import Product

# Nearer than this, "0.3 km south of the centre" sounds like a surveyor.
CENTRE_KM, WALKABLE_KM = 0.6, 2.5
RECORDED = "RECORDED_AUDIO"
HALF_HOUR, HOUR = 30, 60


def short_description(product: Product) -> str:
    return product.text(product.offer.short)


def description(product: Product) -> str:
    """Two or three short paragraphs: the place, the ticket, the way there."""
    kind, offer = product.kind, product.offer
    first = kind.openings[draw(product.place.key, product.offer_code) % len(kind.openings)]
    ticket = product.text(offer.body)
    if offer.commentary == RECORDED:
        ticket += " Commentary is recorded and comes in several languages."
    return "\n\n".join((f"{product.text(first)} {_local_name(product.place)}".strip(), ticket, way_there(product)))


def way_there(product: Product) -> str:
    """Where it is, measured from the city's centre."""
    place, city = product.place, product.place.city
    begin = "You meet" if product.offer.meeting_point else "You find it"
    at = f" at {place.street_address}," if place.street_address else ""
    if place.distance_km < CENTRE_KM:
        return f"{begin}{at} in the very centre of {city.name}."
    if place.distance_km < WALKABLE_KM:
        minutes = round(place.distance_km * 13 / 5) * 5
        return f"{begin}{at} {place.direction} of the centre of {city.name}, some {minutes} minutes on foot."
    return f"{begin}{at} {place.distance_km:.0f} km {place.direction} of the centre of {city.name}."


def place_line(place: Place, noun: str) -> str:
    """One line about a place: what it is, where, and what people there call it."""
    line = f"{noun[:1].upper()}{noun[1:]} in {place.city.name}, {place.city.country.name}."
    return f"{line} {_local_name(place)}".strip()


def highlights(product: Product) -> list[str]:
    least, most = product.minutes
    lines = [f"Takes {_time(least)}" if least == most else f"Allow {_span(least, most)}"]
    if product.offer.has_start_times:
        lines.append("Your place is kept for the time you choose")
    elif product.offer.is_freesale:
        lines.append("No fixed time: come when it suits you")
    if product.kind.outdoor:
        lines.append("Largely in the open air")
    return lines


def before_arrival(product: Product) -> str:
    if product.offer.meeting_point:
        return f"Be at the meeting point by {product.place.name_in_text} ten minutes before the start."
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


def _local_name(place: Place) -> str:
    return "" if place.local_name == place.name else f"Locally it is known as {place.local_name}."


def _span(least: int, most: int) -> str:
    """`1½ to 2½ hours`, `45 to 75 minutes`."""
    if least < HOUR:
        return f"{least} to {most} minutes"
    return f"{_hours(least)} to {_time(most)}"


def _time(minutes: int) -> str:
    return f"{minutes} minutes" if minutes < HOUR else f"{_hours(minutes)} hour{'s' if minutes > HOUR else ''}"


def _hours(minutes: int) -> str:
    """To the nearest half: `1`, `1½`."""
    halves = round(minutes / HALF_HOUR)
    return f"{halves // 2}{'½' if halves % 2 else ''}"
