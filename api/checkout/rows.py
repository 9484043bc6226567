"""What is written down of a choice. shop, live slot, tickets -> values of an order, its items and their lines"""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from api.availability.views import LiveSlot
from api.checkout.choosing import TicketLine
from api.shops.shop import Shop
from core.db import tables
from core.domain.ids import Prefix, new_id
from core.domain.money import Money
from core.domain.sale import ItemState, OrderStatus

REFERENCE_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class ItemDraft:
    live: LiveSlot
    lines: Sequence[TicketLine]
    nonce: str

    @property
    def price(self) -> Money:
        return self.lines[0].offer.asked

    @property
    def ticket_count(self) -> int:
        return sum(line.quantity for line in self.lines)


def order_values(shop: Shop, price: Money, now: datetime) -> dict[str, Any]:
    """Of an order with nothing in it yet, in the currency of `price`."""
    code = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(8))
    return {
        "order_id": new_id(Prefix.ORDER),
        "reseller_id": shop.reseller_id,
        "shop_id": shop.shop_id,
        "reference": f"TQ-{code[:4]}-{code[4:]}",
        "secret": secrets.token_urlsafe(24),
        "status": OrderStatus.OPEN,
        "currency": price.currency,
        "currency_precision": price.precision,
        "created_at": now,
        "updated_at": now,
    }


def item_values(draft: ItemDraft, order: tables.Order, ordinal: int, now: datetime) -> dict[str, Any]:
    product, option, provided, shown = draft.live.product, draft.live.option, draft.live.provided, draft.live.slot
    return {
        "order_item_id": new_id(Prefix.ORDER_ITEM),
        "order_id": order.order_id,
        "reseller_id": order.reseller_id,
        "ordinal": ordinal,
        "state": ItemState.DRAFT,
        "connection_id": product.connection_id,
        "provider_product_id": product.provider_product_id,
        "provider_option_id": option.provider_option_id,
        "provider_availability_id": provided.provider_availability_id,
        "product_id": product.product_id,
        "option_id": option.option_id,
        "slot_id": shown.slot_id,
        "place_id": product.place_id,
        "city_id": product.city_id,
        "country_code": product.country_code,
        "supplier_name": product.supplier_name,
        "product_title": product.title,
        "product_slug": product.slug,
        "option_title": option.title,
        "place_name": product.place_name,
        "street_address": draft.live.place.street_address,
        "city_name": product.city_name,
        "cover_media_id": product.cover_media_id,
        "local_date": draft.live.day,
        "local_start_time": shown.starts,
        "local_end_time": shown.ends,
        "is_all_day": shown.is_all_day,
        "starts_at": provided.starts_at,
        "ends_at": provided.ends_at,
        "time_zone": product.time_zone,
        "cancellation_cutoff_seconds": draft.live.cancellation_cutoff_seconds,
        "confirms_at_once": product.instant_confirmation,
        "created_at": now,
        "updated_at": now,
    }


def line_values(draft: ItemDraft, order_item_id: str, reseller_id: str) -> Iterator[dict[str, Any]]:
    for ordinal, line in enumerate(draft.lines, start=1):
        offer = line.offer
        yield {
            "order_item_id": order_item_id,
            "reseller_id": reseller_id,
            "ordinal": ordinal,
            "unit_id": line.unit.unit_id,
            "provider_unit_id": line.unit.provider_unit_id,
            "unit_type": line.unit.type,
            "unit_title": line.unit.title,
            "quantity": line.quantity,
            "original_minor": offer.original.minor,
            "retail_minor": offer.retail.minor,
            "net_minor": offer.net.minor,
            "asked_minor": offer.asked.minor,
            "discount_minor": offer.discount.minor,
            "commission_minor": offer.commission.minor,
            "platform_fee_minor": offer.platform_fee.minor,
            "payment_fee_minor": offer.payment_fee.minor,
            "tax_minor": offer.tax.minor,
            "sponsored_minor": offer.sponsored.minor,
        }
