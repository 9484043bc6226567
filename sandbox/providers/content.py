"""The octo/content part of supplier, product, option and unit. Product -> titles, texts, media, locations"""

from sandbox.providers.supplier import Supplier
from sandbox.world.offers import load_kinds
from sandbox.world.places import Place
from sandbox.world.products import Option, Product, Unit
from sandbox.world.wording import (
    before_arrival,
    cancellation_term,
    description,
    highlights,
    place_line,
    questions,
    short_description,
)

COPYRIGHT = "Illustration drawn by the Tiqzy sandbox"
GALLERY_VARIANTS = (2, 3)
NO_IDENTIFIERS = dict.fromkeys(
    (
        "googlePlaceId",
        "applePlaceId",
        "tripadvisorLocationId",
        "yelpPlaceId",
        "facebookPlaceId",
        "foursquarePlaceId",
        "baiduPlaceId",
        "amapPlaceId",
    )
)
Payload = dict[str, object]


def supplier_content(supplier: Supplier) -> Payload:
    logo = _media(supplier, f"logo-{supplier.profile.code}", "LOGO", supplier.profile.name, None)
    return {"shortDescription": supplier.profile.short_description, "media": [logo]}


def product_content(supplier: Supplier, product: Product) -> Payload:
    least, most = product.minutes
    return {
        "title": product.title,
        "shortDescription": short_description(product),
        "description": description(product),
        "features": _features(product),
        "faqs": [{"question": question, "answer": answer} for question, answer in questions(product)],
        "media": _product_media(supplier, product),
        "locations": _locations(product),
        "categoryLabels": list(dict.fromkeys((*product.kind.labels, *product.offer.labels))),
        "durationMinutesFrom": least,
        "durationMinutesTo": None if least == most else most,
        "commentary": _commentary(product, [option.language or "en" for option in product.options]),
    }


def option_content(supplier: Supplier, product: Product, option: Option) -> Payload:
    """An option says only what the product does not say for all of them."""
    del supplier
    least, most = product.minutes
    return {
        "title": option.title,
        "shortDescription": None,
        "description": None,
        "features": [],
        "faqs": [],
        "media": [],
        "locations": [],
        "categoryLabels": [],
        "durationMinutesFrom": least,
        "durationMinutesTo": None if least == most else most,
        "commentary": _commentary(product, [option.language or "en"]),
    }


def unit_content(unit: Unit) -> Payload:
    youngest, oldest = unit.type.ages
    ages = f"Age {youngest} and over" if oldest >= 100 else f"Age {youngest} to {oldest}"  # noqa: PLR2004 - nobody is
    proof = ". Bring proof" if unit.type.id_required else ""
    return {"title": unit.type.title, "shortDescription": ages + proof, "features": []}


def _features(product: Product) -> list[Payload]:
    lines = [
        *(("HIGHLIGHT", line) for line in highlights(product)),
        *(("INCLUSION", product.text(line)) for line in product.offer.inclusions),
        *(("EXCLUSION", product.text(line)) for line in product.offer.exclusions),
        ("PREARRIVAL_INFORMATION", before_arrival(product)),
        ("REDEMPTION_INSTRUCTION", "Show the code on your phone at the entrance."),
        ("CANCELLATION_TERM", cancellation_term(product)),
    ]
    return [{"shortDescription": line, "type": feature} for feature, line in lines]


def _product_media(supplier: Supplier, product: Product) -> list[Payload]:
    key, name = product.place.key, product.place.name
    caption = f"{name}, {product.place.city.name}"
    cover = _media(supplier, key, "COVER", name, caption)
    return [cover, *(_media(supplier, f"{key}-{number}", "GALLERY", name, caption) for number in GALLERY_VARIANTS)]


def _media(supplier: Supplier, name: str, rel: str, title_text: str, caption: str | None) -> Payload:
    return {
        "src": f"{supplier.public_url}/media/{name}.jpg",
        "type": "image/jpeg",
        "rel": rel,
        "title": title_text,
        "caption": caption,
        "copyright": COPYRIGHT,
    }


def _locations(product: Product) -> list[Payload]:
    meeting = ["START"] if product.offer.meeting_point else []
    kind = "POINT_OF_INTEREST" if product.kind.noun in {"old town", "boat tour"} else "ADMISSION_INCLUDED"
    places = [(product.place, [*meeting, kind])]
    if product.other:
        places.append((product.other, ["ADMISSION_INCLUDED"]))
    return [_location(place, types, product.minutes[0]) for place, types in places]


def _location(place: Place, types: list[str], minutes_at: int) -> Payload:
    return {
        "title": place.name,
        "shortDescription": place_line(place, load_kinds()[place.kind].noun),
        "types": types,
        "minutesTo": None,
        "minutesAt": minutes_at,
        "place": {
            "latitude": place.latitude,
            "longitude": place.longitude,
            "postalAddress": {
                "streetAddress": place.street_address,
                "addressLocality": place.city.name,
                "addressRegion": None,
                "postalCode": None,
                "addressCountry": place.city.country.code,
                "postOfficeBoxNumber": None,
            },
            "identifiers": NO_IDENTIFIERS,
            "sameAs": [place.source] if place.source else [],
        },
    }


def _commentary(product: Product, languages: list[str]) -> list[Payload]:
    spoken = product.offer.commentary
    return [{"format": spoken, "language": language} for language in languages] if spoken else []
