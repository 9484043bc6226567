"""The bookable times of an option, with what our own bookings took. Supplier + option + days -> Day, Slot"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from sandbox.providers.supplier import Supplier
from sandbox.world.demand import opening
from sandbox.world.products import Option, Product, clock_time

# Tickets for a whole day are sold until an hour before the gates close.
LAST_ENTRY_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Slot:
    """`vacancies` None is unlimited; `starts` and `ends` are minutes after local midnight; what ends in `_at` is UTC.

    `anchor_at` is what cancellation counts back from: the start, or closing time where there is none.
    """

    slot_id: str
    day: date
    starts: int
    ends: int
    is_all_day: bool
    vacancies: int | None
    capacity: int | None
    cutoff_at: datetime
    anchor_at: datetime
    is_past: bool
    opens: str
    closes: str

    @property
    def status(self) -> str:
        if self.is_past:
            return "CLOSED"
        if self.vacancies is None or self.capacity is None:
            return "FREESALE"
        if not self.vacancies:
            return "SOLD_OUT"
        return "LIMITED" if self.vacancies * 2 < self.capacity else "AVAILABLE"

    def has_room_for(self, places: int) -> bool:
        return not self.is_past and (self.vacancies is None or self.vacancies >= max(places, 1))


@lru_cache(maxsize=4096)
def offset_at(zone: ZoneInfo, day: date, hour: int) -> timedelta:
    """The zone's distance from UTC. Clocks change at night, so one look per day serves all start times."""
    offset = datetime.combine(day, time(hour), zone).utcoffset()
    return offset or timedelta(0)


def local_iso(zone: ZoneInfo, day: date, minutes: int) -> str:
    """`2027-03-28T10:30:00+02:00`: minutes after midnight of a local day, 1440 being the next midnight."""
    whole_days, minutes = divmod(minutes, 24 * 60)
    day += timedelta(days=whole_days)
    seconds = int(offset_at(zone, day, minutes // 60).total_seconds())
    sign = "-" if seconds < 0 else "+"
    return f"{day.isoformat()}T{clock_time(minutes)}:00{sign}{clock_time(abs(seconds) // 60)}"


def slots_of_day(
    supplier: Supplier, product: Product, option: Option, day: date, *, apart_from: str | None = None
) -> list[Slot]:
    """Every slot of the day, past ones included; none on a closed day. One booking can be left out of account."""
    now = supplier.now()
    zone = product.place.city.zone
    taken = supplier.stock.taken((product.product_id, option.option_id), now, apart_from=apart_from)
    found = opening(product, option, day, now.astimezone(zone).date(), supplier.world.noise)
    if found is None:
        return []
    opens, closes = clock_time(found.opens), clock_time(found.closes)
    is_all_day = not product.offer.has_start_times
    midnight = datetime.combine(day, time(), UTC) - offset_at(zone, day, 12)
    capacity = product.offer.capacity or None
    slots = []
    for starts, vacancies in found.slots:
        slot_id = local_iso(zone, day, 0 if is_all_day else starts)
        last = found.closes - LAST_ENTRY_MINUTES if is_all_day else starts - product.offer.cutoff_minutes
        cutoff_at = midnight + timedelta(minutes=last)
        slots.append(
            Slot(
                slot_id=slot_id,
                day=day,
                starts=0 if is_all_day else starts,
                ends=24 * 60 if is_all_day else starts + product.minutes[0],
                is_all_day=is_all_day,
                vacancies=_left(supplier, vacancies, taken.get(slot_id, 0)),
                capacity=capacity,
                cutoff_at=cutoff_at,
                anchor_at=midnight + timedelta(minutes=found.closes if is_all_day else starts),
                is_past=cutoff_at <= now,
                opens=opens,
                closes=closes,
            )
        )
    return slots


def find_slot(
    supplier: Supplier, product: Product, option: Option, slot_id: str, *, apart_from: str | None = None
) -> Slot | None:
    """None where the id is not one of the option's."""
    try:
        day = date.fromisoformat(slot_id[:10])
    except ValueError:
        return None
    slots = slots_of_day(supplier, product, option, day, apart_from=apart_from)
    return next((slot for slot in slots if slot.slot_id == slot_id), None)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar; `best` is the most vacancies of one slot, None where they are unlimited."""

    day: date
    status: str
    best: int | None
    capacity: int | None
    hours: tuple[str, str] | None

    def has_room_for(self, places: int) -> bool:
        return self.status not in {"CLOSED", "SOLD_OUT"} and (self.best is None or self.best >= max(places, 1))


def calendar_days(supplier: Supplier, product: Product, option: Option, days: list[date]) -> Iterator[Day]:
    """The figures the slots give, without making each slot: a first sync asks for 120 days of every option."""
    now = supplier.now()
    zone, capacity = product.place.city.zone, product.offer.capacity
    today = now.astimezone(zone).date()
    booked_days = {slot_id[:10] for slot_id in supplier.stock.taken((product.product_id, option.option_id), now)}
    for day in days:
        if day <= today or day.isoformat() in booked_days:
            yield _day_of(day, slots_of_day(supplier, product, option, day))
            continue
        found = opening(product, option, day, today, supplier.world.noise)
        if found is None:
            yield _day_of(day, [])
            continue
        hours = clock_time(found.opens), clock_time(found.closes)
        if not capacity:
            status = "SOLD_OUT" if supplier.switches.sold_out else "FREESALE"
            yield Day(day, status, 0 if supplier.switches.sold_out else None, None, hours)
            continue
        left = [0 if supplier.switches.sold_out else vacancies or 0 for _, vacancies in found.slots]
        yield Day(day, _day_status(sum(left), capacity * len(left)), max(left), capacity * len(left), hours)


def _day_of(day: date, slots: list[Slot]) -> Day:
    if not slots:
        return Day(day, "CLOSED", 0, 0, None)
    hours = slots[0].opens, slots[0].closes
    ahead = [slot for slot in slots if not slot.is_past]
    total = sum(slot.capacity or 0 for slot in slots)
    if not ahead:
        return Day(day, "CLOSED", 0, total, hours)
    if ahead[0].vacancies is None:
        return Day(day, "FREESALE", None, None, hours)
    left = [slot.vacancies or 0 for slot in ahead]
    return Day(day, _day_status(sum(left), total), max(left), total, hours)


def _day_status(left: int, capacity: int) -> str:
    if not left:
        return "SOLD_OUT"
    return "LIMITED" if left * 2 < capacity else "AVAILABLE"


def _left(supplier: Supplier, vacancies: int | None, taken: int) -> int | None:
    if supplier.switches.sold_out:
        return 0
    return None if vacancies is None else max(0, vacancies - taken)
