"""Counts what people see of shops, ahead of the page cache. any ASGI app -> the same, counted"""

from starlette.types import ASGIApp, Receive, Scope, Send

from api.demand.counter import DemandCounter
from api.demand.people import is_person


class CountDemand:
    """Counts each answer that told what it shows (api.demand.sightings), whether made now, kept, or known (304).

    HEAD shows nobody anything and is not counted. `/v1` is read by programs: it tells nothing.
    """

    def __init__(self, app: ASGIApp, counter: DemandCounter) -> None:
        self._app = app
        self._counter = counter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)
        if scope["type"] != "http":
            return
        state = scope["state"]
        sighting = state.get("sighting")
        if sighting is not None and scope["method"] == "GET" and is_person(scope["headers"]):
            self._counter.count(state["shop"], sighting)
