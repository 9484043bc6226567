"""History: a request that is to have happened long ago. `Sandbox-Now` -> the account's moment"""

from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import Request

from sandbox.stripe.account import Account, History
from sandbox.stripe.errors import InvalidRequest

HEADER = "sandbox-now"


@contextmanager
def pretending(account: Account, request: Request) -> Iterator[None]:
    """Within, it is the past moment the header names, in Unix seconds; what happens then is told to nobody."""
    said = request.headers.get(HEADER)
    if said is None:
        yield
        return
    if not said.isdecimal() or int(said) > account.now():
        raise InvalidRequest(f"{HEADER} is a past moment in Unix seconds.", param=HEADER)
    account.history = History(is_now=True, until=int(said), heard_at=account.present())
    try:
        with account.at(int(said)):
            yield
    finally:
        account.history.is_now = False
