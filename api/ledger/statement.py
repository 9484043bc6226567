"""What Stripe has of our sales, by its lists alone. StripeGateway -> Statement"""

import asyncio
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from api.payments.gateway import StripeGateway
from api.payments.records import ChargeRecord, IntentRecord, Record, RefundRecord, SessionRecord, Window
from api.payments.shapes import BalanceTransaction

Kind = TypeVar("Kind", bound=Record)


@dataclass(frozen=True, slots=True)
class Statement:
    """Everything by its id at Stripe."""

    sessions: dict[str, SessionRecord] = field(default_factory=dict)
    intents: dict[str, IntentRecord] = field(default_factory=dict)
    charges: dict[str, ChargeRecord] = field(default_factory=dict)
    refunds: dict[str, RefundRecord] = field(default_factory=dict)
    movements: dict[str, BalanceTransaction] = field(default_factory=dict)

    def has(self, record_id: str) -> bool:
        return record_id in self.movements or self.record(record_id) is not None

    def record(self, record_id: str | None) -> Record | None:
        """The object of this id; None for a balance transaction too, which is no record."""
        for kind in (self.charges, self.refunds, self.intents, self.sessions):
            if record_id is not None and record_id in kind:
                return kind[record_id]
        return None

    def order_of(self, record: Record | None) -> str | None:
        """Whose it is: by its own word, else by that of the charge or intent it belongs to."""
        while record is not None and record.order_id is None:
            above = {RefundRecord: "charge_id", ChargeRecord: "intent_id"}.get(type(record))
            record = self.record(getattr(record, above)) if above else None
        return record.order_id if record else None

    def has_just_taken(self, charge_id: str | None, since: datetime) -> bool:
        """Whether the charge's money moved from `since` on: at once, or when what was authorised was captured."""
        charge = self.charges.get(charge_id or "")
        if charge is None:
            return False
        movement = self.movements.get(charge.balance_transaction_id or "")
        return (movement or charge).created_at >= since

    def without(self, orders: Collection[str]) -> "Statement":
        """Only what is not of these orders."""
        if not orders:
            return self

        def others(kind: dict[str, Kind]) -> dict[str, Kind]:
            return {key: record for key, record in kind.items() if self.order_of(record) not in orders}

        movements = {
            key: movement
            for key, movement in self.movements.items()
            if self.order_of(self.record(movement.source_id)) not in orders
        }
        return Statement(
            others(self.sessions), others(self.intents), others(self.charges), others(self.refunds), movements
        )


async def read_statement(gateway: StripeGateway, window: Window) -> Statement:
    """All lists at once, a hundred objects a request. StripeUnavailable, StripeRefused."""
    statement = Statement()
    async with asyncio.TaskGroup() as reading:
        reading.create_task(_keep(gateway.sessions(window), statement.sessions))
        reading.create_task(_keep(gateway.intents(window), statement.intents))
        reading.create_task(_keep(gateway.charges(window), statement.charges))
        reading.create_task(_keep(gateway.refunds(window), statement.refunds))
        reading.create_task(_keep_movements(gateway.balance_transactions(window), statement.movements))
    return statement


async def _keep(listed: AsyncIterator[Kind], found: dict[str, Kind]) -> None:
    async for record in listed:
        found[record.record_id] = record


async def _keep_movements(listed: AsyncIterator[BalanceTransaction], found: dict[str, BalanceTransaction]) -> None:
    async for movement in listed:
        found[movement.balance_transaction_id] = movement
