"""Says whose shop a request is for, before the page cache asks. host name and path -> scope["state"]["shop"]"""

import ipaddress
import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import StatusCoded, UnknownHost
from api.shops.directory import ShopDirectory
from api.shops.shop import Shop, ShopAddress

_NAMED_SHOP: Final = re.compile(r"/(?:s|v1/shops)/([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:/|$)")
_HOST: Final = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]+\]")

# Paths of the platform itself; on a shop's own host every other path is a page of that shop.
PLATFORM_PATHS: Final = (
    *("/static/", "/media/", "/v1/", "/webhooks/"),
    *("/healthz", "/readyz", "/favicon.ico", "/sign-in", "/sign-out"),
)


class PlatformHosts:
    """Host names under which the platform answers; a development machine also answers to its bare addresses."""

    def __init__(self, shop_url: str, *, is_production: bool) -> None:
        self._names = {urlsplit(shop_url).hostname} | (set() if is_production else {"localhost", "testserver"})
        self._are_addresses_welcome = not is_production

    def has(self, host: str) -> bool:
        return host in self._names or (self._are_addresses_welcome and _is_address(host))


class ShopResolver:
    """Puts `shop` (None where there is none) and `base_path` into the request's state.

    A shop's own host is rewritten to `/s/<slug>/...`, so that one set of routes serves both. What goes wrong is left in
    `shop_problem` for the application to answer, which knows how a page or a JSON answer looks.
    """

    def __init__(self, app: ASGIApp, *, directory: ShopDirectory, hosts: PlatformHosts) -> None:
        self._app = app
        self._directory = directory
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            state = scope.setdefault("state", {})
            state.update(shop=None, base_path="", shop_problem=None)
            try:
                await self._resolve(scope)
            except StatusCoded as problem:
                state["shop_problem"] = problem
        await self._app(scope, receive, send)

    async def _resolve(self, scope: Scope) -> None:
        host = _host_of(scope)
        named = _NAMED_SHOP.match(scope["path"])
        if self._hosts.has(host):
            if named:
                shop = await self._directory.shop(ShopAddress(slug=named.group(1)))
                scope["state"].update(shop=shop, base_path=f"/s/{named.group(1)}")
            return
        if scope["path"] in ("/healthz", "/readyz"):
            return
        shop = await self._directory.shop(ShopAddress(host=host)) if _HOST.fullmatch(host) else None
        if shop is None:
            raise UnknownHost("No shop has this host name.")
        self._enter(scope, shop)

    def _enter(self, scope: Scope, shop: Shop) -> None:
        named = _NAMED_SHOP.match(scope["path"])
        if named and named.group(1) != shop.slug:
            return  # one shop's host shows no other shop
        scope["state"]["shop"] = shop
        if not named and not _is_under(scope["path"], PLATFORM_PATHS):
            scope["path"] = f"/s/{shop.slug}{scope['path']}"
            scope["raw_path"] = scope["path"].encode()


def _host_of(scope: Scope) -> str:
    host = Headers(scope=scope).get("host", "").lower()
    return host if host.endswith("]") else re.sub(r":\d{1,5}$", "", host)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _is_under(path: str, prefixes: Iterable[str]) -> bool:
    return any(path == prefix or (prefix.endswith("/") and path.startswith(prefix)) for prefix in prefixes)
