"""What happens by itself as time goes by. Account + its clock -> expiries, payouts, failed refunds"""

from collections.abc import Callable
from typing import Any

from sandbox.stripe.account import Account
from sandbox.stripe.objects.base import StripeObject
from sandbox.stripe.objects.event import Event
from sandbox.stripe.objects.money import BalanceTransaction, Payout, Refund
from sandbox.stripe.objects.payment import PaymentIntent
from sandbox.stripe.objects.session import Session
from sandbox.stripe.published import KEY_SECONDS
from sandbox.stripe.sales.balance import arrive, pay_out
from sandbox.stripe.sales.intents import cancel_intent
from sandbox.stripe.sales.refunds import fail
from sandbox.stripe.sales.sessions import end

# A year's payouts at once would keep everybody waiting: the next midnights follow with the next request.
MOST_MIDNIGHTS = 10

Step = Callable[[Account, list[Any]], None]


def keep_up(account: Account) -> None:
    """Everything that is due, each thing at its own moment even when nobody called for days."""
    now = account.now()
    made_after = account.history.still_to_come(now) if account.moment is None else 0
    for kind, step in STEPS:
        moments = MOST_MIDNIGHTS if kind is BalanceTransaction else None
        while moments != 0 and (due := account.store.due_first(kind, now, made_after=made_after)):
            moments = moments and moments - 1
            with account.at(due[0].due_at or now):
                step(account, due)
    account.store.forget_replies(now - KEY_SECONDS)


def _end_sessions(account: Account, due: list[Session]) -> None:
    for session in due:
        end(account, session)


def _give_up(account: Account, due: list[PaymentIntent]) -> None:
    for intent in due:
        cancel_intent(account, intent, reason="automatic")


def _forget(account: Account, due: list[Event]) -> None:
    for event in due:
        account.store.forget(event)


STEPS: tuple[tuple[type[StripeObject], Step], ...] = (
    (Session, _end_sessions),
    (PaymentIntent, _give_up),
    (Refund, fail),
    (BalanceTransaction, pay_out),
    (Payout, arrive),
    (Event, _forget),
)
