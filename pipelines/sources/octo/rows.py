"""A product as flat rows. Product, in either dialect of octo/content -> rows of octo.products and its children"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from pipelines.raw_tables import RawTable
from pipelines.sources.octo.payloads import ProductPayload
from pipelines.sources.octo.schemas import (
    AvailabilityType,
    FeatureType,
    Location,
    Media,
    MediaRel,
    Option,
    Pricing,
    Product,
    Unit,
)
from pipelines.sources.octo.tables import CHILD, FEATURES, LIST_PRICES, LOCATIONS, MEDIA, OPTIONS, PRODUCTS, UNITS

Row = dict[str, Any]

MINUTES = {"minute": 1, "hour": 60, "day": 1440}
IMAGE_TYPES = {"png": "image/png", "webp": "image/webp"}


def product_rows(read: ProductPayload, parent: Mapping[str, Any], now: datetime) -> dict[RawTable, list[Row]]:
    """Every row that one product becomes. `parent` is what all of them begin with: connection, product, locale, hash.

    pydantic's ValidationError when the product is not what OCTO promises.
    """
    product = read.product()
    children = {
        OPTIONS: [_option(option, product) for option in product.options],
        UNITS: [_unit(unit, option) for option in product.options for unit in option.units],
        LIST_PRICES: list(_list_prices(product)),
        LOCATIONS: list(_locations(product)),
        FEATURES: list(_features(product)),
        MEDIA: list(_media(product)),
    }
    rows = {table: [{**parent, "ordinal": n} | row for n, row in enumerate(found)] for table, found in children.items()}
    return {PRODUCTS: [{**parent, "payload": read.payload} | _product(product) | _seen(now)]} | rows


def _seen(now: datetime) -> Row:
    return {"fetched_at": now, "changed_at": now, "deleted_at": None}


def _product(product: Product) -> Row:
    shortest, longest = _duration(product)
    return {
        "internal_name": product.internal_name,
        "reference": product.reference,
        "time_zone": product.time_zone,
        "availability_type": product.availability_type,
        "allow_freesale": product.allow_freesale,
        "instant_confirmation": product.instant_confirmation,
        "instant_delivery": product.instant_delivery,
        "availability_required": product.availability_required,
        "delivery_formats": ",".join(product.delivery_formats),
        "delivery_methods": ",".join(product.delivery_methods),
        "redemption_method": product.redemption_method,
        "title": product.title or product.internal_name,
        "short_description": product.short_description,
        "description": product.description,
        "default_currency": product.default_currency or next((price.currency for price in _all_prices(product)), None),
        "available_currencies": ",".join(product.available_currencies),
        "pricing_per": product.pricing_per,
        "duration_minutes_from": shortest,
        "duration_minutes_to": longest,
        "category_labels": ",".join(product.category_labels or [str(label) for label in product.categories]),
    }


def _option(option: Option, product: Product) -> Row:
    has_times = product.availability_type is AvailabilityType.START_TIME
    return {
        "provider_option_id": option.id,
        "is_default": option.default,
        "title": option.title or option.internal_name,
        "internal_name": option.internal_name,
        "reference": option.reference,
        # Some servers give an option with opening hours the start time 00:00.
        "local_start_times": ",".join(option.availability_local_start_times) if has_times else "",
        "cancellation_cutoff": option.cancellation_cutoff,
        "cancellation_cutoff_seconds": _seconds(option.cancellation_cutoff_amount, option.cancellation_cutoff_unit),
        "min_units": option.restrictions.min_units,
        "max_units": option.restrictions.max_units,
        "required_contact_fields": ",".join(option.required_contact_fields),
    }


def _unit(unit: Unit, option: Option) -> Row:
    return {
        "provider_option_id": option.id,
        "provider_unit_id": unit.id,
        "type": unit.type,
        "title": unit.title or unit.internal_name,
        "internal_name": unit.internal_name,
        "min_age": unit.restrictions.min_age,
        "max_age": unit.restrictions.max_age,
        "id_required": unit.restrictions.id_required,
        "min_quantity": unit.restrictions.min_quantity,
        "max_quantity": unit.restrictions.max_quantity,
        "pax_count": unit.restrictions.pax_count,
        "accompanied_by": ",".join(unit.restrictions.accompanied_by),
    }


def _list_prices(product: Product) -> Iterator[Row]:
    """From-prices per unit, and per booking with an empty unit id."""
    for option in product.options:
        for unit in option.units:
            for price in unit.pricing_from or unit.pricing:
                yield {"provider_option_id": option.id, "provider_unit_id": unit.id} | price_row(price)
        for price in option.pricing_from or option.pricing:
            yield {"provider_option_id": option.id, "provider_unit_id": ""} | price_row(price)


def price_row(price: Pricing) -> Row:
    return {
        "currency": price.currency,
        "currency_precision": price.currency_precision,
        "original_minor": price.original,
        "retail_minor": price.retail,
        "net_minor": price.net,
    }


def _all_prices(product: Product) -> Iterator[Pricing]:
    for option in product.options:
        yield from option.pricing_from or option.pricing
        for unit in option.units:
            yield from unit.pricing_from or unit.pricing


def _locations(product: Product) -> Iterator[Row]:
    """The product's places, else those of its options, else the older dialect's destination."""
    found = product.locations or [place for option in product.options for place in option.locations]
    if found:
        yield from map(_location, found)
    elif (there := product.destination) and there.name:
        latitude, longitude = _coordinates(there.latitude, there.longitude)
        yield dict.fromkeys(LOCATIONS.columns.keys() - CHILD.keys()) | {
            "types": "POINT_OF_INTEREST",
            "latitude": latitude,
            "longitude": longitude,
            "locality": there.name,
            "country": there.country,
            "same_as": "",
        }


def _location(location: Location) -> Row:
    place = location.place
    address = place.postal_address if place else None
    latitude, longitude = _coordinates(place.latitude, place.longitude) if place else (None, None)
    return {
        "types": ",".join(location.types),
        "title": location.title,
        "short_description": location.short_description,
        "latitude": latitude,
        "longitude": longitude,
        "street_address": address.street_address if address else None,
        "locality": address.address_locality if address else None,
        "region": address.address_region if address else None,
        "postal_code": address.postal_code if address else None,
        "country": address.address_country if address else None,
        "google_place_id": place.identifiers.google_place_id if place and place.identifiers else None,
        "same_as": ",".join(place.same_as) if place else "",
    }


def _coordinates(latitude: float | None, longitude: float | None) -> tuple[float | None, float | None]:
    """Nothing is sold at 0/0, in the Gulf of Guinea: it is how a server writes that it does not know."""
    return (latitude, longitude) if latitude or longitude else (None, None)


def _features(product: Product) -> Iterator[Row]:
    for feature in product.features:
        if feature.short_description:
            yield {"type": feature.type, "text": feature.short_description}
    older = (
        (FeatureType.HIGHLIGHT, product.highlights),
        (FeatureType.INCLUSION, product.inclusions),
        (FeatureType.EXCLUSION, product.exclusions),
        (FeatureType.BOOKING_TERM, [product.booking_terms]),
        (FeatureType.REDEMPTION_INSTRUCTION, [product.redemption_instructions]),
        (FeatureType.CANCELLATION_TERM, [product.cancellation_policy]),
    )
    for type_, texts in older:
        yield from ({"type": type_, "text": text} for text in texts if text)


def _media(product: Product) -> Iterator[Row]:
    found = product.media or [media for option in product.options for media in option.media]
    if not found and product.cover_image_url:
        found = [Media(src=product.cover_image_url, rel=MediaRel.COVER)]
    if not product.media:
        found = [*found, *product.gallery_images]
    for media in found:
        if src := media.src or media.url:
            yield {
                "src": src,
                "type": media.type or IMAGE_TYPES.get(src.rpartition(".")[2].lower(), "image/jpeg"),
                "rel": media.rel,
                "title": media.title,
                "caption": media.caption,
                "copyright": media.copyright,
            }


def _duration(product: Product) -> tuple[int | None, int | None]:
    """Minutes, shortest and longest; in the older dialect only the options have one, and 0 means unknown."""
    if product.duration_minutes_from:
        return product.duration_minutes_from, product.duration_minutes_to
    spans = [option.duration_minutes_from or _minutes(option) for option in product.options]
    known = [minutes for minutes in spans if minutes]
    return (min(known), max(known)) if known else (None, None)


def _minutes(option: Option) -> int | None:
    seconds = _seconds(option.duration_amount, option.duration_unit)
    return seconds // 60 if seconds else None


def _seconds(amount: str | None, unit: str | None) -> int | None:
    if amount is None or not amount.isdigit() or unit not in MINUTES:
        return None
    return int(amount) * MINUTES[unit] * 60
