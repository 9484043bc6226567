"""A trial of the guarantee: buyers buy while everything fails and processes die. seed -> purchases, all at rest

Rounds of: a fault breaks out, buyers act, workers live and die until nothing is due, time passes. Then it is calm, and
time passes until every sale has come to rest.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.connection import wait
from random import Random
from signal import SIGKILL, SIGTERM
from socket import socket
from time import monotonic
from uuid import UUID

import psycopg

from api.wiring import Platform
from core.db.addresses import Database, database_url
from core.domain.sale import ItemState
from core.failpoints import ALL, Call
from tests.fixtures.sales import Desk, OnSale
from tests.guarantee.buyers import CAST, Buyer, Story
from tests.guarantee.faults import CALM, FAULTS, Fault, break_out
from tests.guarantee.lives import Life, Nursery
from tests.guarantee.outside import free_a_hold

POINTS = tuple(str(point) for point in ALL)
OF_REQUESTS = {Call.HOLD, Call.EXTEND, Call.OPEN_PAYMENT}
SPANS = [timedelta(seconds=seconds) for seconds in (5, 20, 50, 130, 250, 400, 1500)]
REST = [timedelta(minutes=minutes) for minutes in (1, 3, 35, 45, 90, 90, 1500, 1500, 1500, 1500)]
LIFE_SECONDS = 60
LOOK_SECONDS = 0.03

DUE_JOBS = """
  SELECT count(*) FROM procrastinate_jobs
  WHERE status = 'doing' OR status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())
"""
DUE_ORDERS = "SELECT count(*) FROM shop_order WHERE next_check_at <= %s"
RESTLESS = """
  SELECT (SELECT count(*) FROM shop_order WHERE status IN ('PAYING', 'PAID'))
    + (SELECT count(*) FROM order_item
       WHERE state IN ('HOLDING', 'HELD', 'UNKNOWN', 'CANCEL_REQUESTED') OR needs_release)
    + (SELECT count(*) FROM refund WHERE status <> 'SUCCEEDED')
"""
# Time passes for the queue too, which has the database's clock.
AGE_WORKERS = "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'"
AGE_JOBS = "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo' AND scheduled_at > now()"


@dataclass
class Trial:
    """`passed` and `died` count what each fail-point saw, in every process but the test's own."""

    desk: Desk
    nursery: Nursery
    assortment: Sequence[OnSale]
    listener: socket
    random: Random
    passed: Counter[str] = field(default_factory=Counter)
    died: Counter[str] = field(default_factory=Counter)
    buyers: list[Buyer] = field(default_factory=list)

    async def run(self, purchases: int) -> None:
        entering = [self._buyer(story) for story in self._cast(purchases)]
        faults = [CALM, *self.random.sample(FAULTS, len(FAULTS))] * (1 + purchases // 150)
        server = self.nursery.server(self.listener)
        try:
            while faults or entering:
                fault = faults.pop() if faults else CALM
                # Those whom the fault concerns enter now.
                entering.sort(key=lambda buyer: buyer.story is Story.CONFIRMED_LATER and fault.at is not None)
                new = -(-len(entering) // (len(faults) + 1))
                self.buyers += [entering.pop() for _ in range(new)]
                await self._round(fault)
                if self.random.random() < 0.3:
                    server.end(SIGKILL)
                    server = self.nursery.server(self.listener)
            await self._come_to_rest()
        finally:
            server.end(SIGKILL)

    async def _round(self, fault: Fault) -> None:
        supplier = fault.at or self.random.choice(self.desk.sandbox.connections).connection_id
        await self._act()
        break_out(self.desk.sandbox, fault, supplier)
        if fault.frees_holds:
            self._free_holds(supplier)
        await self._act()
        self._work()
        self._pass_by(self.random.choice(SPANS))
        self._work()
        break_out(self.desk.sandbox, CALM, supplier)

    async def _come_to_rest(self) -> None:
        for span in REST:
            for buyer in self.buyers:
                if buyer.story in {Story.CANCELLED_AFTER, Story.CARD}:
                    await buyer.act()
            self._work()
            self._pass_by(span)
            self._work()
            if not self._count(RESTLESS):
                return

    async def _act(self) -> None:
        for buyer in self.random.sample(self.buyers, len(self.buyers)):
            await buyer.act()

    def _cast(self, purchases: int) -> list[Story]:
        cast = list(CAST) * -(-purchases // len(CAST))
        return self.random.sample(cast[:purchases], purchases)

    def _buyer(self, story: Story) -> Buyer:
        """He wants one or two things, and pays them in one currency."""
        fitting = [one for one in self.assortment if one.confirms_later is (story is Story.CONFIRMED_LATER)]
        first = self.random.choice(fitting)
        others = [one for one in fitting if _currency(one) == _currency(first) and one is not first]
        wants_more = others and (story is Story.CHANGES_HIS_MIND or self.random.random() < 0.4)
        return Buyer(story, [first, self.random.choice(others)] if wants_more else [first], self.desk, self._doom)

    async def _doom(self, deed: Callable[[Platform], Awaitable[None]], calls: Sequence[Call]) -> bool:
        """A request that dies where none has yet, and now and then where some have."""
        points = [point for point in POINTS if point.partition(".")[0] in set(calls)]
        wanted = [point for point in points if not self.died[point]]
        if not wanted and self.random.random() > 0.1:
            return False
        self._lived(self._ended(self.nursery.doing(deed, self.desk.time.ahead, ",".join(wanted or points))))
        return True

    def _work(self) -> None:
        """Workers, one after another, until one is left with nothing to do."""
        wanted = [point for point in POINTS if point.partition(".")[0] not in OF_REQUESTS and not self.died[point]]
        while True:
            self._execute(AGE_WORKERS)
            fail_at = ",".join(wanted) or self._somewhere()
            life = self._ended(self.nursery.worker(self.desk.time.ahead, fail_at))
            self._lived(life)
            if life.died_at is None:
                return
            wanted = [point for point in wanted if point != life.died_at]

    def _somewhere(self) -> str:
        if self.random.random() < 0.5:
            return ""
        return f"{self.random.choice(POINTS)}:{self.random.randint(1, 4)}"

    def _ended(self, life: Life) -> Life:
        deadline = monotonic() + LIFE_SECONDS
        while not wait([life.process.sentinel], LOOK_SECONDS):
            assert monotonic() < deadline, f"a process goes on and on: see {self.nursery.log}"
            if self._is_idle(life):
                life.end(SIGTERM)
                return life
        life.end()
        return life

    def _is_idle(self, life: Life) -> bool:
        """A worker never ends by itself; a request does."""
        if not life.is_worker:
            return False
        return not self._count(DUE_ORDERS, self.desk.time()) and not self._count(DUE_JOBS)

    def _lived(self, life: Life) -> None:
        self.passed += life.passed
        if life.died_at is not None:
            self.died[life.died_at] += 1

    def _pass_by(self, span: timedelta) -> None:
        self.desk.time.pass_by(seconds=span.total_seconds())
        self._execute(AGE_JOBS)

    def _free_holds(self, supplier: str) -> None:
        query = "SELECT booking_uuid FROM order_item WHERE state = %s AND connection_id = %s"
        for (booking_uuid,) in self.desk.rows(query, ItemState.HELD, supplier):
            free_a_hold(self.desk.sandbox, supplier, UUID(str(booking_uuid)))

    def _count(self, query: str, *values: object) -> int:
        return int(str(self.desk.rows(query, *values)[0][0]))

    def _execute(self, query: str) -> None:
        with psycopg.connect(database_url(Database.SHOP, self.desk.platform.settings)) as connection:
            connection.execute(query)


def _currency(one: OnSale) -> str:
    return one.slot.prices[0].currency
