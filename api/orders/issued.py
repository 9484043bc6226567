"""An order as its tickets say it. OrderRecord + shop -> api.tickets.views"""

from api.orders.repository import ItemRecord, OrderRecord
from api.orders.wording import terms_in_words
from api.shops.shop import Logo, Shop
from api.tickets.views import IssuedItem, IssuedOrder, IssuedTicket, IssuedUnits, TicketFormat


def issued_order(record: OrderRecord, shop: Shop, logo: Logo | None, page_url: str) -> IssuedOrder:
    """With the items that have tickets now."""
    return IssuedOrder(
        reference=record.order.reference,
        shop=shop,
        logo=logo,
        seller_name=record.seller_name,
        buyer_name=record.buyer.full_name if record.buyer else "",
        page_url=page_url,
        total=record.money(sum(item.asked_minor for item in record.issued)),
        items=tuple(issued_item(record, item) for item in record.issued),
    )


def issued_item(record: OrderRecord, item: ItemRecord) -> IssuedItem:
    """All that is said of a booking, its tickets included when it has them."""
    row = item.row
    titles = {line.provider_unit_id: line.unit_title for line in item.lines}
    return IssuedItem(
        item_id=row.order_item_id,
        product_title=row.product_title,
        option_title=row.option_title or None,
        supplier_name=row.supplier_name,
        place_name=row.place_name,
        street_address=row.street_address,
        city_name=row.city_name,
        local_date=row.local_date,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        time_zone=row.time_zone,
        is_all_day=row.is_all_day,
        opening_hours=_opening_hours(item),
        supplier_reference=row.supplier_reference,
        cancellation=terms_in_words(row.cancellation_cutoff_seconds),
        price=record.money(item.asked_minor),
        units=tuple(IssuedUnits(line.unit_title, line.quantity) for line in item.lines),
        tickets=tuple(
            IssuedTicket(
                titles.get(ticket.provider_unit_id) if ticket.provider_unit_id else None,
                TicketFormat(ticket.format),
                ticket.value,
            )
            for ticket in item.tickets
            if item.is_issued
        ),
    )


def _opening_hours(item: ItemRecord) -> tuple[tuple[str, str], ...]:
    """Where a visit is all day, its times are those between which one may come; midnight to midnight says nothing."""
    first, last = item.row.local_start_time, item.row.local_end_time
    return ((first, last),) if item.row.is_all_day and first and last and first != last else ()
