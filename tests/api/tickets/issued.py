"""Orders as checkout hands them to what a buyer receives."""

from datetime import UTC, date, datetime

from api.demo_logos import canal_houses
from api.shops.shop import Branding, Shop
from api.tickets.views import IssuedItem, IssuedOrder, IssuedTicket, IssuedUnits, TicketFormat
from core.domain.money import Money
from core.domain.pricing import FeeTerms, PriceRules
from warehouse.readers.shapes import CatalogScope

PAGE_URL = "https://tickets.herengracht.example/orders/0123456789abcdef"


def shop(**changes) -> Shop:
    facts = {
        "shop_id": "shp_1",
        "reseller_id": "rsl_1",
        "slug": "herengracht",
        "host": None,
        "name": "Hotel Herengracht",
        "tagline": "",
        "intro": "",
        "branding": Branding("#143d38", "#d9a441", "serif", has_logo=True),
        "locale": "en_NL",
        "currency": "EUR",
        "time_zone": "Europe/Amsterdam",
        "revision": 1,
        "scope": CatalogScope(frozenset(), frozenset()),
        "price_rules": PriceRules(),
        "terms": FeeTerms(platform_fee_bps=0, payment_fee_bps=0),
    }
    return Shop(**(facts | changes))


def item(**changes) -> IssuedItem:
    facts = {
        "item_id": "itm_1",
        "product_title": "Rijksmuseum: timed entry",
        "option_title": "Entry with audio guide",
        "supplier_name": "Canal Tickets",
        "place_name": "Rijksmuseum",
        "street_address": "Museumstraat 1",
        "city_name": "Amsterdam",
        "local_date": date(2026, 11, 27),
        "starts_at": datetime(2026, 11, 27, 9, 0, tzinfo=UTC),
        "ends_at": datetime(2026, 11, 27, 10, 30, tzinfo=UTC),
        "time_zone": "Europe/Amsterdam",
        "is_all_day": False,
        "opening_hours": (),
        "supplier_reference": "CNL-84731",
        "cancellation": "Free cancellation up to 24 hours before",
        "price": Money(6750, "EUR"),
        "units": (IssuedUnits("Adult", 2), IssuedUnits("Child", 1)),
        "tickets": (
            IssuedTicket("Adult", TicketFormat.QRCODE, "CNL-84731-0001"),
            IssuedTicket("Adult", TicketFormat.QRCODE, "CNL-84731-0002"),
            IssuedTicket("Child", TicketFormat.QRCODE, "CNL-84731-0003"),
        ),
    }
    return IssuedItem(**(facts | changes))


def order(*items: IssuedItem, **changes) -> IssuedOrder:
    chosen = items or (item(),)
    facts = {
        "reference": "TQ-7K3M-9QX2",
        "shop": shop(),
        "logo": canal_houses("#143d38", "#f6efe0", "#d9a441"),
        "seller_name": "Hotel Herengracht B.V.",
        "buyer_name": "Noor de Wit",
        "page_url": PAGE_URL,
        "total": Money(sum(one.price.minor for one in chosen), "EUR"),
        "items": chosen,
    }
    return IssuedOrder(**(facts | changes))
