"""What was made or changed at Stripe since a moment. StripeReader -> flat Arrow frames

Lists hold what was made; of older objects, events name those that changed. What an event says of its object may be
outdated, so that the object itself is asked for: order and number of events never matter.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, Protocol, TypeVar

from pipelines.raw_tables import Frames, in_parts
from pipelines.sources.stripe.client import StripeReader
from pipelines.sources.stripe.schemas import Event, Payout
from pipelines.sources.stripe.settings import ROWS_AT_ONCE
from pipelines.sources.stripe.tables import (
    BALANCE_TRANSACTIONS,
    CHARGES,
    CHECKOUT_SESSIONS,
    EVENTS,
    PAYMENT_INTENTS,
    PAYOUTS,
    REFUNDS,
)

Row = tuple[Any, ...]


class _Kept(Protocol):
    @property
    def id(self) -> str: ...

    def row(self) -> Row: ...


Thing = TypeVar("Thing", bound=_Kept)


def changes_since(stripe: StripeReader, since: datetime | None) -> Iterator[Frames]:
    """Every object made or changed since then, in parts of ROWS_AT_ONCE; None is the beginning."""
    events = list(stripe.events(since))
    changed = _subjects(events)
    charges = _made_or_changed(stripe.charges(since), changed["charge"], stripe.charge)
    intents = _made_or_changed(stripe.intents(since), changed["payment_intent"], stripe.intent)
    refunds = _made_or_changed(stripe.refunds(since), changed["refund"], stripe.refund)
    sessions = _made_or_changed(stripe.sessions(since), changed["checkout.session"], stripe.session)
    payouts = list(_made_or_changed(stripe.payouts(since), changed["payout"], stripe.payout))
    rows = [
        (EVENTS, (event.row() for event in events)),
        (CHARGES, (charge.row() for charge in charges)),
        (PAYMENT_INTENTS, (intent.row() for intent in intents)),
        (REFUNDS, (refund.row() for refund in refunds)),
        (CHECKOUT_SESSIONS, (session.row() for session in sessions)),
        (PAYOUTS, (payout.row() for payout in payouts)),
        (BALANCE_TRANSACTIONS, _movements(stripe, payouts, since)),
    ]
    return in_parts(rows, ROWS_AT_ONCE)


def _made_or_changed(made: Iterable[Thing], changed: set[str], ask: Callable[[str], Thing]) -> Iterator[Thing]:
    older = set(changed)
    for thing in made:
        older.discard(thing.id)
        yield thing
    yield from map(ask, sorted(older))


def _movements(stripe: StripeReader, payouts: Iterable[Payout], since: datetime | None) -> Iterator[Row]:
    """Each movement of the balance once: with its payout, which is never older, or with none yet."""
    paid_out: set[str] = set()
    for payout in payouts:
        for movement in stripe.paid_out_by(payout.id):
            paid_out.add(movement.id)
            yield movement.row(payout.id)
    for movement in stripe.balance_transactions(since):
        if movement.id not in paid_out:
            yield movement.row(None)


def _subjects(events: Iterable[Event]) -> dict[str, set[str]]:
    """Ids by kind of object. A refund changes its charge and intent too, which have no event of their own for it."""
    found: dict[str, set[str]] = {
        kind: set() for kind in ("charge", "payment_intent", "refund", "checkout.session", "payout")
    }
    for subject in (event.subject for event in events):
        for kind, object_id in (
            (subject.object, subject.id),
            ("charge", subject.charge),
            ("payment_intent", subject.payment_intent),
        ):
            if kind in found and object_id:
                found[kind].add(object_id)
    return found
