"""One Stripe account: its objects, its time, its switches, and what it tells whom. -> events, deliveries"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from core.domain.clock import Clock
from sandbox.stripe.errors import Missing
from sandbox.stripe.identity import object_id
from sandbox.stripe.objects.base import Json, StripeObject
from sandbox.stripe.objects.event import Delivery, Event
from sandbox.stripe.published import EVENT_SECONDS
from sandbox.stripe.store import Store
from sandbox.stripe.switches import Switches, Webhooks

Kind = TypeVar("Kind", bound=StripeObject)
NOBODY: Json = {"id": None, "idempotency_key": None}
# How long events are gathered before they are told in the wrong order.
REORDER_SECONDS = 2
# History is over when no request of it came for so long.
QUIET_SECONDS = 60


@dataclass(frozen=True, kw_only=True)
class StripeOptions:
    """`webhook_url` None tells nobody; events can still be listed."""

    api_key: str = field(repr=False)
    webhook_secret: str = field(repr=False)
    webhook_url: str | None = None


@dataclass
class History:
    """Requests that are to have happened long ago, sent one after the other. `until` is the last one's moment."""

    is_now: bool = False
    until: int = 0
    heard_at: int = 0
    has_events: bool = True

    def still_to_come(self, now: int) -> int:
        """While more may follow, what was made before this moment waits for history itself to go on."""
        return self.until if now - self.heard_at < QUIET_SECONDS else 0


@dataclass
class Account:
    """`cause` is the request being answered; `moment` is set while something happens at another time than now.

    `named` is what ids follow from, where it is not their number.
    """

    options: StripeOptions
    url: str
    seed: int
    store: Store
    clock: Clock
    switches: Switches = field(default_factory=Switches)
    cause: Json = field(default_factory=lambda: NOBODY)
    moment: int | None = None
    history: History = field(default_factory=History)
    named: str | None = None
    named_count: int = 0

    def now(self) -> int:
        return self.present() if self.moment is None else self.moment

    def present(self) -> int:
        return int(self.clock().timestamp())

    @contextmanager
    def at(self, moment: int) -> Iterator[None]:
        before, self.moment = self.moment, moment
        try:
            yield
        finally:
            self.moment = before

    def new_id(self, prefix: str) -> str:
        if self.named is None:
            return object_id(prefix, self.seed, self.store.next_number())
        self.named_count += 1
        return object_id(prefix, self.seed, self.named, self.named_count)

    @contextmanager
    def naming(self, ref: str) -> Iterator[Callable[[str], str]]:
        """Within, ids follow from `ref` and the order in which they are asked for; yields what the first is to be."""
        self.named, self.named_count = ref, 0
        try:
            yield lambda prefix: object_id(prefix, self.seed, ref, 1)
        finally:
            self.named = None

    def find(self, kind: type[Kind], value: str, *, param: str = "id") -> Kind:
        found = self.store.get(kind, value)
        if found is None:
            raise Missing(kind.kind().replace(".", " "), value, param=param)
        return found

    def tell(self, kind: str, thing: StripeObject, *, previously: Json | None = None) -> None:
        """Keep the object, and the event that it changed; have it told if anybody listens."""
        self.store.put(thing)
        if self.now() + EVENT_SECONDS < self.present() or not self.history.has_events:
            return
        data: Json = {"object": thing.payload()}
        if previously:
            data["previous_attributes"] = previously
        is_told = self.options.webhook_url is not None and not self.history.is_now
        event = Event(
            id=self.new_id("evt"),
            created=self.now(),
            data=data,
            pending_webhooks=int(is_told),
            request=self.cause,
            type=kind,
        )
        self.store.put(event)
        if is_told:
            self._post(event)

    def _post(self, event: Event) -> None:
        webhooks = self.switches.webhooks
        wait = self.switches.webhook_delay_seconds + (REORDER_SECONDS if webhooks is Webhooks.REORDERED else 0)
        copies = {Webhooks.NEVER: 0, Webhooks.DOUBLED: 2}.get(webhooks, 1)
        for _ in range(copies):
            # By the clock and not by the event's own time, which may be long past.
            next_at = self.present() + wait
            self.store.put(Delivery(id=self.new_id("whd"), created=event.created, event=event.id, next_at=next_at))
