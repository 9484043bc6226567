"""The visits of an order as a calendar file. IssuedOrder -> RFC 5545, one event per item"""

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from api.tickets.views import IssuedItem, IssuedOrder
from api.tickets.wording import is_told_twice, place_in_words

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"


def calendar_file(order: IssuedOrder, made_at: datetime) -> bytes:
    """The same item always has the same UID, so that a calendar that takes the file again changes the event it has."""
    calendar = Calendar()
    calendar.add("prodid", "-//Tiqzy//Tickets//EN")
    calendar.add("version", "2.0")
    for item in order.items:
        calendar.add_component(_event(order, item, made_at))
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def _event(order: IssuedOrder, item: IssuedItem, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{item.item_id}@{urlsplit(order.page_url).hostname}")
    event.add("dtstamp", made_at)
    event.add("summary", item.product_title)
    event.add("location", ", ".join(part for part in (item.place_name, place_in_words(item)) if part))
    event.add("description", f"{order.shop.name}, order {order.reference}. Tickets: {order.page_url}")
    event.add("url", order.page_url)
    if item.is_all_day:
        event.add("dtstart", item.local_date)
        event.add("dtend", item.local_date + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        event.add("dtstart", _moment(item.starts_at, item.starts_local))
        event.add("dtend", _moment(item.ends_at, item.ends_local))
    return event


def _moment(moment: datetime, local: datetime) -> datetime:
    """The place's own time, so that calendars show it as the ticket does; UTC where that time comes twice."""
    return moment if is_told_twice(local) else local
