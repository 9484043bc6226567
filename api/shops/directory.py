"""Remembers shops for two seconds, so that a page costs no query. address -> Shop"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from api.shops.errors import ShopsUnreachable
from api.shops.shop import Shop, ShopAddress
from core.errors import DatabaseError

log = structlog.get_logger("api.shops")

FRESH_SECONDS: Final = 2.0
CAPACITY: Final = 10_000


@dataclass(slots=True)
class _Known:
    shop: Shop | None
    read_at: float


class ShopDirectory:
    """Shops by address. A change is seen within two seconds.

    While the database is out of reach a shop that was seen before goes on as it was: its catalogue does not need it.
    """

    def __init__(
        self,
        find: Callable[[ShopAddress, Shop | None], Awaitable[Shop | None]],
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._find = find
        self._monotonic = monotonic
        self._known: OrderedDict[ShopAddress, _Known] = OrderedDict()
        self._asking: dict[ShopAddress, asyncio.Task[Shop | None]] = {}

    async def shop(self, address: ShopAddress) -> Shop | None:
        """The shop, None where there is none; ShopsUnreachable when that cannot be told."""
        known = self._known.get(address)
        if known is not None and self._monotonic() - known.read_at < FRESH_SECONDS:
            return known.shop
        asking = self._asking.get(address)
        if asking is None:
            asking = self._asking[address] = asyncio.create_task(self._ask(address))
            asking.add_done_callback(lambda _: self._asking.pop(address, None))
        return await asyncio.shield(asking)

    async def _ask(self, address: ShopAddress) -> Shop | None:
        known = self._known[address].shop if address in self._known else None
        try:
            shop = await self._find(address, known)
        except (SQLAlchemyError, DatabaseError, OSError) as error:
            if known is None:
                raise ShopsUnreachable("The shop's own data cannot be read at the moment.") from error
            log.warning("shop database unreachable, shop goes on as last seen", shop_id=known.shop_id)
            shop = known
        self._known[address] = _Known(shop, self._monotonic())
        self._known.move_to_end(address)
        if len(self._known) > CAPACITY:
            self._known.popitem(last=False)
        return shop
