"""`expand[]`: ids become the objects they name, lists that are left out come in. Payload + paths -> payload"""

from collections.abc import Callable

from sandbox.stripe.account import Account
from sandbox.stripe.errors import InvalidRequest
from sandbox.stripe.objects.base import Json, StripeObject, listed
from sandbox.stripe.objects.money import Refund
from sandbox.stripe.objects.session import LineItem

DEEPEST = 4
ITEMS_MOST, REFUNDS_MOST = 10, 10


def expand(account: Account, payload: Json, paths: list[str]) -> Json:
    """`latest_charge.balance_transaction`; in lists `data.` comes first. Changes and returns the payload."""
    for path in paths:
        steps = path.split(".")
        if len(steps) > DEEPEST:
            raise InvalidRequest(f"You cannot expand more than {DEEPEST} levels of a property: {path}", param="expand")
        _expand(account, payload, steps, path)
    return payload


def _expand(account: Account, inside: Json, steps: list[str], path: str) -> None:
    step, *rest = steps
    if step in LEFT_OUT.get(inside.get("object", ""), {}) and step not in inside:
        inside[step] = LEFT_OUT[inside["object"]][step](account, inside)
    elif step not in inside:
        raise InvalidRequest(f"This property cannot be expanded ({path}).", param="expand")
    value = inside[step]
    if isinstance(value, str):
        inside[step] = value = _object(account, value, path).payload()
    if rest:
        for item in value if isinstance(value, list) else [value]:
            if item is not None:
                _expand(account, item, rest, path)


def _object(account: Account, object_id: str, path: str) -> StripeObject:
    found = account.store.any(object_id)
    if found is None:
        raise InvalidRequest(f"This property cannot be expanded ({path}).", param="expand")
    return found


def _line_items(account: Account, session: Json) -> Json:
    items = [item.payload() for item in account.store.every(LineItem, session=session["id"])]
    url = f"/v1/checkout/sessions/{session['id']}/line_items"
    return listed(items[:ITEMS_MOST], url, has_more=len(items) > ITEMS_MOST)


def _refunds(account: Account, charge: Json) -> Json:
    refunds = [refund.payload() for refund in reversed(account.store.every(Refund, charge=charge["id"]))]
    url = f"/v1/charges/{charge['id']}/refunds"
    return listed(refunds[:REFUNDS_MOST], url, has_more=len(refunds) > REFUNDS_MOST)


LEFT_OUT: dict[str, dict[str, Callable[[Account, Json], Json]]] = {
    "checkout.session": {"line_items": _line_items},
    "charge": {"refunds": _refunds},
}
