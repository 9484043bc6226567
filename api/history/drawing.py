"""A day's sales as chance has it: the same for the same shop, day and catalogue. Assortment -> PlannedOrders"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from api.availability.views import LiveSlot
from api.checkout.choosing import TicketLine, choice_of, lines_of
from api.checkout.errors import SoldOut, TicketsRefused
from api.checkout.rows import ItemDraft
from api.checkout.views import Choice
from api.history.assortment import Assortment, moved_to
from api.history.people import invented_buyer
from api.history.plan import Method, PlannedOrder, plan_order
from api.history.seasons import lead_days, moment_in_day, orders_on
from api.sale.shapes import PaymentPage
from api.shops.links import ShopLinks
from api.shops.shop import Shop

MORE_ITEMS: Final = (0.87, 0.11, 0.02)
PARTIES: Final = (0, 22, 52, 8, 12, 3, 3)
FAILS: Final = 0.012
IS_CANCELLED: Final = 0.055
PAYS_BY_IDEAL: Final = 0.42
# Who may come in without an adult's ticket is no party of its own.
GROWN_UP: Final = ("ADULT", "SENIOR", "STUDENT", "TRAVELLER")
WITH_ADULTS: Final = ("CHILD", "YOUTH")
LOOKS_FOR: Final = 10
LOOKS_AT_TIMES: Final = 4
LEAST_NOTICE: Final = timedelta(minutes=20)
GIVES_UP_AFTER: Final = timedelta(minutes=5)
# Amounts below Stripe's least cannot be paid; tickets cost far more, but for the odd child.
LEAST_MINOR: Final = 2_000


@dataclass(frozen=True)
class Day:
    """`present` is the day before which every visit has to lie."""

    shop: Shop
    day: date
    present: date
    platform_url: str


def draw_day(wanted: Day, assortment: Assortment) -> list[PlannedOrder]:
    chance = Random(f"{wanted.shop.slug}:{wanted.day}")  # noqa: S311 - repeatable on purpose
    count = orders_on(wanted.shop.slug, wanted.day, wanted.present, chance)
    drawn = (_Buyer(wanted, assortment, chance, number).buys() for number in range(count))
    return [order for order in drawn if order is not None]


class _Buyer:
    """One visitor of the shop and what he buys."""

    def __init__(self, wanted: Day, assortment: Assortment, chance: Random, number: int) -> None:
        self._wanted = wanted
        self._assortment = assortment
        self._chance = chance
        self._name = f"{wanted.shop.shop_id}:{wanted.day}:{number}"
        midnight = datetime.combine(wanted.day, time(), UTC)
        # His hours are those of the shop's clock, but the day's work ends with the UTC day.
        offset = midnight.astimezone(ZoneInfo(wanted.shop.time_zone)).utcoffset() or timedelta()
        in_day = (moment_in_day(chance) - offset) % timedelta(days=1)
        self._began_at = midnight + min(in_day, timedelta(hours=23, minutes=30))

    def buys(self) -> PlannedOrder | None:
        """None where he found nothing."""
        drafts = self._drafts()
        if not drafts:
            return None
        chance = self._chance
        total = sum(line.offer.asked.minor for _, draft in drafts for line in draft.lines)
        if 0 < total < LEAST_MINOR:
            return None
        paying_at = drafts[-1][0] + timedelta(seconds=chance.uniform(40, 300))
        paid_at = paying_at + timedelta(seconds=chance.uniform(25, 240)) if total else paying_at
        fails = len(drafts) == 1 and chance.random() < FAILS
        cancelled = [None if fails else self._cancelled_at(draft, paid_at) for _, draft in drafts]
        return plan_order(
            self._wanted.shop,
            self._name,
            [(at, draft, end) for (at, draft), end in zip(drafts, cancelled, strict=True)],
            buyer=invented_buyer(chance),
            page=self._page,
            method=self._method(drafts[0][1]),
            paying_at=paying_at,
            paid_at=paid_at,
            failed_at=paid_at + GIVES_UP_AFTER if fails else None,
        )

    def _drafts(self) -> list[tuple[datetime, ItemDraft]]:
        """Visits of one currency, a few minutes apart."""
        drafts: list[tuple[datetime, ItemDraft]] = []
        wanted = self._chance.choices(range(1, len(MORE_ITEMS) + 1), MORE_ITEMS)[0]
        party = self._chance.choices(range(len(PARTIES)), PARTIES)[0]
        at = self._began_at
        for _ in range(LOOKS_FOR):
            draft = self._draft(at, party, drafts[0][1].price.currency if drafts else None)
            if draft is not None:
                drafts.append((at, draft))
                at += timedelta(seconds=self._chance.uniform(60, 240))
            if len(drafts) == wanted:
                break
        return drafts

    def _draft(self, at: datetime, party: int, currency: str | None) -> ItemDraft | None:
        product = self._assortment.product(self._chance, currency)
        if product is None:
            return None
        today = at.astimezone(ZoneInfo(product.time_zone)).date()
        most = (self._wanted.present - today).days - 1
        if most < 0:
            return None
        visit = today + timedelta(days=lead_days(self._chance, most))
        times = self._assortment.times(product, visit)
        for live in self._chance.sample(times, min(len(times), LOOKS_AT_TIMES)):
            moved = moved_to(live, visit)
            lines = self._lines(choice_of(moved), party) if _may_be_bought(moved, at) else None
            if lines:
                return ItemDraft(moved, lines, "")
        return None

    def _lines(self, choice: Choice, party: int) -> list[TicketLine] | None:
        quantities = _party(choice, party, self._chance)
        try:
            return lines_of(choice, quantities)
        except (TicketsRefused, SoldOut):
            return None

    def _cancelled_at(self, draft: ItemDraft, paid_at: datetime) -> datetime | None:
        cutoff = draft.live.cancellation_cutoff_seconds
        if cutoff is None or self._chance.random() > IS_CANCELLED:
            return None
        first = paid_at + timedelta(hours=1)
        last = draft.live.provided.starts_at.astimezone(UTC) - timedelta(seconds=cutoff)
        if last <= first:
            return None
        return first + self._chance.random() * (last - first)

    def _method(self, draft: ItemDraft) -> Method:
        by_ideal = draft.price.currency == "EUR" and self._chance.random() < PAYS_BY_IDEAL
        return "ideal" if by_ideal else "card"

    def _page(self, secret: str) -> PaymentPage:
        shop, origin = self._wanted.shop, self._wanted.platform_url
        links = ShopLinks.of(shop, f"/s/{shop.slug}", origin)
        return PaymentPage(origin + links.order(secret), origin + links.cart(), shop.locale)


def _may_be_bought(live: LiveSlot, at: datetime) -> bool:
    provided = live.provided
    return at + LEAST_NOTICE < (provided.ends_at if provided.is_all_day else provided.starts_at)


def _party(choice: Choice, size: int, chance: Random) -> dict[str, int]:
    """Adults first; where three and more go together, some are children. As many as the supplier wants at least."""
    by_type = {unit.unit.type: unit.unit for unit in reversed(choice.units)}
    grown_up = next((by_type[kind] for kind in GROWN_UP if kind in by_type), None)
    if grown_up is None:
        grown_up = next((unit.unit for unit in choice.units), None)
    if grown_up is None:
        return {}
    children = next((by_type[kind] for kind in WITH_ADULTS if kind in by_type), None)
    size = max(size, choice.least)
    young = chance.randint(1, size - 2) if children and size > 2 else 0  # noqa: PLR2004 - two of them are parents
    quantities = {grown_up.unit_id: max(size - young, grown_up.min_quantity or 1)}
    if children and young:
        quantities[children.unit_id] = max(young, children.min_quantity or 1)
    return quantities
