"""What a supplier of the newer dialect answers, as small as OCTO allows; a test changes what it is about."""

from datetime import date, timedelta
from typing import Any

from tests.pipelines.replies import ScriptedSupplier

FIRST = date(2027, 3, 1)
LAST = FIRST + timedelta(days=2)

Payload = dict[str, Any]


def price(retail: int, **changes: Any) -> Payload:
    return {
        "original": retail,
        "retail": retail,
        "net": retail * 8 // 10,
        "currency": "EUR",
        "currencyPrecision": 2,
        "includedTaxes": [],
    } | changes


def unit(unit_id: str, retail: int = 2000) -> Payload:
    return {
        "id": unit_id,
        "internalName": unit_id,
        "reference": None,
        "type": unit_id.upper(),
        "restrictions": {"minAge": 4, "maxAge": 99, "idRequired": False, "paxCount": 1, "accompaniedBy": []},
        "requiredContactFields": [],
        "pricingFrom": [price(retail)],
    }


def product(product_id: str, **changes: Any) -> Payload:
    return {
        "id": product_id,
        "internalName": product_id,
        "reference": None,
        "locale": "en",
        "timeZone": "Europe/Amsterdam",
        "allowFreesale": False,
        "instantConfirmation": True,
        "instantDelivery": True,
        "availabilityRequired": True,
        "availabilityType": "START_TIME",
        "deliveryFormats": ["QRCODE"],
        "deliveryMethods": ["TICKET"],
        "redemptionMethod": "DIGITAL",
        "defaultCurrency": "EUR",
        "availableCurrencies": ["EUR"],
        "pricingPer": "UNIT",
        "title": f"Title of {product_id}",
        "features": [
            {"type": "INCLUSION", "shortDescription": "Entry"},
            {"type": "HIGHLIGHT", "shortDescription": "The view"},
        ],
        "media": [{"src": f"https://media.example/{product_id}.jpg", "type": "image/jpeg", "rel": "COVER"}],
        "options": [
            {
                "id": "DEFAULT",
                "default": True,
                "internalName": "Standard",
                "reference": None,
                "availabilityLocalStartTimes": ["10:00"],
                "cancellationCutoff": "1 day",
                "cancellationCutoffAmount": 1,
                "cancellationCutoffUnit": "day",
                "requiredContactFields": [],
                "restrictions": {"minUnits": 1, "maxUnits": 9},
                "units": [unit("adult"), unit("child", 1000)],
            }
        ],
    } | changes


def calendar_day(day: date, **changes: Any) -> Payload:
    return {
        "localDate": day.isoformat(),
        "available": True,
        "status": "AVAILABLE",
        "vacancies": 10,
        "capacity": 10,
        "openingHours": [{"from": "09:00", "to": "12:00"}, {"from": "13:00", "to": "17:00"}],
        "unitPricingFrom": [price(2000, unitId="adult"), price(1000, unitId="child")],
    } | changes


def slot(day: date, time: str = "10:00", **changes: Any) -> Payload:
    starts = f"{day.isoformat()}T{time}:00+01:00"
    return {
        "id": starts,
        "localDateTimeStart": starts,
        "localDateTimeEnd": f"{day.isoformat()}T18:00:00+01:00",
        "utcCutoffAt": f"{day.isoformat()}T08:00:00Z",
        "allDay": False,
        "available": True,
        "status": "AVAILABLE",
        "vacancies": 5,
        "capacity": 10,
        "maxUnits": None,
        "openingHours": [],
        "unitPricing": [price(2000, unitId="adult"), price(1000, unitId="child")],
    } | changes


def days_asked(body: Payload) -> list[date]:
    first, last = (date.fromisoformat(body[name]) for name in ("localDateStart", "localDateEnd"))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def sells(supplier: ScriptedSupplier, *products: Payload) -> None:
    """Let the supplier sell these, with one slot a day at ten."""
    contact = {"website": "https://scripted.example", "email": "jan@scripted.example", "telephone": "+31 6 1234"}
    supplier.replies |= {
        "GET /supplier": (200, {"id": "s1", "name": "Scripted", "endpoint": "", "contact": contact}),
        "GET /products": (200, list(products)),
        "POST /availability/calendar": lambda body: (200, [calendar_day(day) for day in days_asked(body)]),
        "POST /availability": lambda body: (200, [slot(day) for day in days_asked(body)]),
    }
