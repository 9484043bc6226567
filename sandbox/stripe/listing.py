"""Lists, newest first and page by page. Query -> SQL -> list"""

from typing import Any, Literal

from pydantic import Field

from sandbox.stripe.account import Account
from sandbox.stripe.calls import Call
from sandbox.stripe.errors import InvalidRequest
from sandbox.stripe.objects.base import Json, StripeObject, listed
from sandbox.stripe.store import json_field

COMPARISONS = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
PAGED = frozenset({"limit", "starting_after", "ending_before"})


class Range(Call):
    gt: int | None = None
    gte: int | None = None
    lt: int | None = None
    lte: int | None = None


class ListCall(Call):
    """The parameters all lists have; further ones are equal to a field of the object."""

    limit: int = Field(default=10, ge=1, le=100)
    starting_after: str | None = None
    ending_before: str | None = None
    created: Range | int | None = None


class Sessions(ListCall):
    payment_intent: str | None = None
    status: Literal["open", "complete", "expired"] | None = None


class Intents(ListCall):
    pass


class Charges(ListCall):
    payment_intent: str | None = None


class Refunds(ListCall):
    charge: str | None = None
    payment_intent: str | None = None


class Transactions(ListCall):
    currency: str | None = None
    payout: str | None = None
    source: str | None = None
    type: str | None = None


class Payouts(ListCall):
    arrival_date: Range | int | None = None
    status: str | None = None


class Events(ListCall):
    type: str | None = None
    types: list[str] = Field(default=[], max_length=20)


def page(account: Account, kind: type[StripeObject], call: ListCall, url: str, **equal: str) -> Json:
    """`equal` holds for the list as such, as the session of line items does."""
    where, values = ["kind = ?"], [kind.kind()]
    for name, value in {**call.model_dump(exclude_none=True, exclude=set(PAGED)), **equal}.items():
        _narrow(where, values, name, value)
    backwards = call.ending_before is not None
    if cursor := call.ending_before or call.starting_after:
        _after(account, where, values, cursor, backwards=backwards)
    order = "ASC" if backwards else "DESC"
    rows = account.store.documents(
        f"{' AND '.join(where)} ORDER BY created {order}, number {order} LIMIT {call.limit + 1}", values
    )
    found = [kind.model_validate_json(document).payload() for document in rows]
    shown = found[: call.limit]
    return listed(shown[::-1] if backwards else shown, url, has_more=len(found) > call.limit)


def _narrow(where: list[str], values: list[Any], name: str, value: Any) -> None:
    field = "created" if name == "created" else json_field(name)
    if name == "types":
        patterns = [str(item).replace("*", "%") for item in value]
        if patterns:
            where.append(f"({' OR '.join([json_field('type') + ' LIKE ?'] * len(patterns))})")
            values += patterns
    elif isinstance(value, dict):
        where += [f"{field} {COMPARISONS[comparison]} ?" for comparison in value]
        values += value.values()
    else:
        where.append(f"{field} = ?")
        values.append(value)


def _after(account: Account, where: list[str], values: list[Any], cursor: str, *, backwards: bool) -> None:
    place = account.store.place(cursor)
    param = "ending_before" if backwards else "starting_after"
    if place is None:
        raise InvalidRequest(f"No such object: '{cursor}'", code="resource_missing", param=param)
    where.append(f"(created, number) {'>' if backwards else '<'} (?, ?)")
    values += place
