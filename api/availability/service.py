"""A day of a product: live where the provider answers, else as the snapshot has it. KnownDay + live slots -> DayView"""

import asyncio
from datetime import date, timedelta
from hashlib import md5
from typing import Final

from starlette.concurrency import run_in_threadpool

from api.availability.errors import AvailabilityUnknown, DayIsOver, DayNotOnSale, SlotGone
from api.availability.live import LiveAvailability, LiveDay
from api.availability.pricing import live_prices, snapshot_prices
from api.availability.repository import KnownDay, known_day
from api.availability.views import DayView, Freshness, LiveSlot, OptionDay, TimeSlot
from api.catalog.calendar import cell_of, state_of
from api.catalog.pricing import ProductPricing
from api.catalog.service import CatalogService, local_today
from api.catalog.views import CalendarCell
from api.shops.shop import Shop
from core.domain.clock import Clock, utc_now
from core.domain.ports import OptionRef, ProviderSlot
from core.errors import ProviderError
from warehouse.readers.shapes import Option, Product, Slot

FURTHEST: Final = timedelta(days=396)
DAYS_SHOWN: Final = 7


class AvailabilityService:
    """Holds no database connection while a provider is asked: by then everything of ours has been read."""

    def __init__(self, catalog: CatalogService, live: LiveAvailability, clock: Clock = utc_now) -> None:
        self._catalog = catalog
        self._live = live
        self._clock = clock

    async def day(self, shop: Shop, slug_or_id: str, wanted: str) -> DayView:
        """`wanted` is YYYY-MM-DD. ProductGone, DayIsOver, DayNotOnSale."""
        known, day = await self._known(shop, slug_or_id, wanted)
        today = local_today(known.product, self._clock())
        pricing = self._catalog.pricing(shop, known.product)
        options = await asyncio.gather(*(self._option(known, option, day, pricing) for option in known.options))
        one_day = timedelta(days=1)
        return DayView(
            product=known.product,
            city=known.city,
            day=day,
            previous=day - one_day if day > today else None,
            following=day + one_day,
            days=_week_around(known, day, today, pricing),
            options=tuple(options),
        )

    async def slot(self, shop: Shop, slug_or_id: str, wanted: str, wanted_slot: str) -> LiveSlot:
        """One time as the supplier has it now; what the snapshot says of it is never sold.

        ProductGone, DayIsOver, DayNotOnSale, SlotGone; AvailabilityUnknown when the supplier does not answer.
        """
        known, day = await self._known(shop, slug_or_id, wanted)
        asked = [LiveDay(known.product.connection_id, _reference(known, option), day) for option in known.options]
        answers = await asyncio.gather(*map(self._live.slots, asked), return_exceptions=True)
        for option, answer in zip(known.options, answers, strict=True):
            if isinstance(answer, BaseException):
                continue
            for slot in answer.slots:
                if slot_id(known.product, option, slot.provider_availability_id) == wanted_slot:
                    return self._still_on_sale(slot, known, option, shop)
        failures = [answer for answer in answers if isinstance(answer, BaseException)]
        unexpected = next((failure for failure in failures if not isinstance(failure, ProviderError)), None)
        if unexpected is not None:
            raise unexpected
        if failures:
            raise AvailabilityUnknown(f"{known.product.supplier_name} does not answer at the moment.")
        raise SlotGone("The supplier no longer offers this time.")

    def forget(self, live: LiveSlot) -> None:
        """What the supplier said of this day turned out to be old: the next visitor asks again."""
        reference = OptionRef(live.product.provider_product_id, live.option.provider_option_id)
        self._live.forget(LiveDay(live.product.connection_id, reference, live.day))

    def _still_on_sale(self, slot: ProviderSlot, known: KnownDay, option: Option, shop: Shop) -> LiveSlot:
        if slot.cutoff_at <= self._clock() or slot.ends_at <= self._clock():
            raise SlotGone("The sale for this time has closed.")
        shown = _live_slot(slot, known, option, self._catalog.pricing(shop, known.product))
        return LiveSlot(known.product, known.city, known.place, option, shown, slot)

    async def _known(self, shop: Shop, slug_or_id: str, wanted: str) -> tuple[KnownDay, date]:
        try:
            day = date.fromisoformat(wanted)
        except ValueError as error:
            raise DayNotOnSale(f"{wanted} is not a date.") from error
        known = await run_in_threadpool(known_day, self._catalog, shop, slug_or_id, day)
        today = local_today(known.product, self._clock())
        if day < today:
            raise DayIsOver(f"{wanted} lies in the past.")
        if day > today + FURTHEST:
            raise DayNotOnSale(f"{wanted} is too far ahead.")
        return known, day

    async def _option(self, known: KnownDay, option: Option, day: date, pricing: ProductPricing) -> OptionDay:
        try:
            live = await self._live.slots(LiveDay(known.product.connection_id, _reference(known, option), day))
        except ProviderError:
            return self._as_known(known, option, pricing)
        slots = tuple(_live_slot(slot, known, option, pricing) for slot in live.slots)
        return OptionDay(option, _in_order(slots), Freshness.LIVE, live.checked_at)

    def _as_known(self, known: KnownDay, option: Option, pricing: ProductPricing) -> OptionDay:
        slots = [slot for slot in known.slots if slot.option_id == option.option_id]
        if not slots:
            return OptionDay(option, (), Freshness.UNKNOWN, None)
        now = self._clock()
        left = [slot for slot in slots if slot.cutoff_at is None or slot.cutoff_at > now]
        checked_at = min(slot.fetched_at for slot in slots)
        return OptionDay(
            option,
            _in_order(tuple(_known_slot(slot, option, pricing) for slot in left)),
            Freshness.SNAPSHOT,
            checked_at,
        )


def slot_id(product: Product, option: Option, provider_availability_id: str) -> str:
    """The id that models/marts/catalog/fct_slot.sql gives the same slot, so that a link to it outlives the answer."""
    theirs = f"{option.provider_option_id}:{provider_availability_id}"
    return f"slt_{product.product_id[4:20]}{md5(theirs.encode(), usedforsecurity=False).hexdigest()[:16]}"


def _reference(known: KnownDay, option: Option) -> OptionRef:
    return OptionRef(known.product.provider_product_id, option.provider_option_id)


def _week_around(known: KnownDay, day: date, today: date, pricing: ProductPricing) -> tuple[CalendarCell, ...]:
    first = max(today, day - timedelta(days=2))
    return tuple(
        cell_of([option for option in known.days if option.local_date == shown], shown, today=today, pricing=pricing)
        for shown in (first + timedelta(days=offset) for offset in range(DAYS_SHOWN))
    )


def _live_slot(slot: ProviderSlot, known: KnownDay, option: Option, pricing: ProductPricing) -> TimeSlot:
    return TimeSlot(
        slot_id=slot_id(known.product, option, slot.provider_availability_id),
        starts=slot.starts_at.strftime("%H:%M"),
        ends=slot.ends_at.strftime("%H:%M"),
        is_all_day=slot.is_all_day,
        opening_hours=slot.opening_hours,
        state=state_of(slot.status, is_available=slot.is_available),
        vacancies=slot.vacancies,
        max_units=slot.max_units,
        prices=live_prices(slot.prices, option.units, pricing),
    )


def _known_slot(slot: Slot, option: Option, pricing: ProductPricing) -> TimeSlot:
    return TimeSlot(
        slot_id=slot.slot_id,
        starts=slot.local_start_time,
        ends=slot.local_end_time,
        is_all_day=slot.is_all_day,
        opening_hours=((slot.opens_at, slot.closes_at),) if slot.opens_at and slot.closes_at else (),
        state=state_of(slot.status, is_available=slot.is_available),
        vacancies=slot.vacancies,
        max_units=slot.max_units,
        prices=snapshot_prices(slot.prices, option.units, pricing),
    )


def _in_order(slots: tuple[TimeSlot, ...]) -> tuple[TimeSlot, ...]:
    return tuple(sorted(slots, key=lambda slot: slot.starts))
