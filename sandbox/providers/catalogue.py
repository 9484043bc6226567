"""GET /supplier and /products. Product -> product object, by capability"""

from sandbox.providers.capabilities import LOCALE, Capabilities
from sandbox.providers.content import option_content, product_content, supplier_content, unit_content
from sandbox.providers.pricing import (
    Tariff,
    cheapest_season,
    currencies,
    pricing_payload,
    pricing_per,
    total_price,
    unit_prices,
)
from sandbox.providers.supplier import Supplier
from sandbox.providers.switches import TRUNCATED_SHARE
from sandbox.world.products import Option, Product, Unit, clock_time, yearly_starts
from sandbox.world.wording import cancellation_cutoff

MOST_UNITS = 10
CONTACT_FIELDS = ["firstName", "lastName", "emailAddress"]
Payload = dict[str, object]


def supplier_payload(supplier: Supplier, capabilities: Capabilities) -> Payload:
    profile = supplier.profile
    payload: Payload = {
        "id": profile.code,
        "name": profile.name,
        "endpoint": supplier.endpoint,
        "contact": {"website": f"{supplier.public_url}/", "email": None, "telephone": None, "address": None},
    }
    return payload | supplier_content(supplier) if capabilities.content else payload


def products_on_sale(supplier: Supplier) -> list[Product]:
    """All of them, or one in ten while the switch truncates the list."""
    products = list(supplier.products.values())
    return products[: len(products) // TRUNCATED_SHARE] if supplier.switches.truncate_catalogue else products


def product_payload(supplier: Supplier, product: Product, capabilities: Capabilities) -> Payload:
    offer = product.offer
    payload: Payload = {
        "id": product.product_id,
        "internalName": product.title,
        "reference": product.reference,
        "locale": LOCALE,
        "timeZone": product.place.city.zone.key,
        "allowFreesale": offer.is_freesale,
        "instantConfirmation": not _confirms_later(supplier, product),
        "instantDelivery": not _confirms_later(supplier, product),
        "availabilityRequired": not offer.is_freesale,
        "availabilityType": "START_TIME" if offer.has_start_times else "OPENING_HOURS",
        "deliveryFormats": ["QRCODE"],
        "deliveryMethods": ["VOUCHER"] if offer.per_booking else ["TICKET"],
        "redemptionMethod": "DIGITAL",
        "options": [option_payload(supplier, product, option, capabilities) for option in product.options],
    }
    if capabilities.pricing:
        accepted = currencies(product, supplier.profile)
        payload["defaultCurrency"] = accepted[0]
        payload["availableCurrencies"] = accepted
        payload["pricingPer"] = pricing_per(product)
    return payload | product_content(supplier, product) if capabilities.content else payload


def option_payload(supplier: Supplier, product: Product, option: Option, capabilities: Capabilities) -> Payload:
    amount, unit_of_time = product.offer.cancellation
    payload: Payload = {
        "id": option.option_id,
        "default": option is product.options[0],
        "internalName": option.title,
        "reference": None,
        "availabilityLocalStartTimes": local_start_times(product),
        "cancellationCutoff": cancellation_cutoff(product),
        "cancellationCutoffAmount": amount,
        "cancellationCutoffUnit": unit_of_time,
        "requiredContactFields": CONTACT_FIELDS,
        "restrictions": {"minUnits": 1, "maxUnits": most_units(product)},
        "units": [unit_payload(supplier, product, option, unit, capabilities) for unit in option.units],
    }
    if capabilities.pricing:
        payload |= _prices(supplier, product, option, None)
    return payload | option_content(supplier, product, option) if capabilities.content else payload


def unit_payload(
    supplier: Supplier, product: Product, option: Option, unit: Unit, capabilities: Capabilities
) -> Payload:
    kind = unit.type
    payload: Payload = {
        "id": unit.unit_id,
        "internalName": kind.title,
        "reference": None,
        "type": kind.type,
        "restrictions": {
            "minAge": kind.ages[0],
            "maxAge": kind.ages[1],
            "idRequired": kind.id_required,
            "minQuantity": None,
            "maxQuantity": kind.max_quantity,
            "paxCount": kind.pax,
            "accompaniedBy": [option.units[0].unit_id] if kind.with_adult else [],
        },
        "requiredContactFields": [],
    }
    if capabilities.pricing:
        payload |= _prices(supplier, product, option, unit)
    return payload | unit_content(unit) if capabilities.content else payload


def most_units(product: Product) -> int:
    """How many tickets one booking may have."""
    return min(MOST_UNITS, product.offer.capacity or MOST_UNITS)


def local_start_times(product: Product) -> list[str]:
    """Every start time of the year; the schema wants one even for opening hours, which start with the day."""
    return [clock_time(start) for start in yearly_starts(product)] if product.offer.has_start_times else ["00:00"]


def _prices(supplier: Supplier, product: Product, option: Option, unit: Unit | None) -> Payload:
    """`pricingFrom` and `pricing` of a unit, or of the booking for `unit` None; empty where the other has the price."""
    if product.offer.per_booking is not (unit is None):
        return {"pricingFrom": [], "pricing": []}
    amounts = []
    for currency in currencies(product, supplier.profile):
        tariff = Tariff(cheapest_season(product), currency, supplier.switches.change_bps)
        amount = (
            total_price(product, option, tariff, {})
            if unit is None
            else unit_prices(product, option, tariff)[unit.unit_id]
        )
        amounts.append(pricing_payload(amount))
    return {"pricingFrom": amounts, "pricing": amounts}


def _confirms_later(supplier: Supplier, product: Product) -> bool:
    return product.offer.confirms_later and supplier.profile.confirmation_delay_seconds > 0
