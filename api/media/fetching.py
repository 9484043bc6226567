"""Fetches a provider's picture for us. address from the catalogue -> bytes, at most 12 MB

The address comes from a provider, so it is not trusted: only http(s), only hosts that resolve to public addresses or
are a configured connection's own origin, and the connection is made to the very address that was checked.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Iterable
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx

from api.media.errors import PictureUnavailable

LARGEST_BYTES: Final = 12 * 1024 * 1024
TIMEOUT: Final = httpx.Timeout(8.0, connect=3.0)
MOST_REDIRECTS: Final = 3
_PORTS: Final = {"http": 80, "https": 443}


class PictureFetcher:
    """`own_origins` are `scheme://host[:port]` of our connections, whose addresses the operator vouched for."""

    def __init__(self, own_origins: Iterable[str], *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._own_origins = frozenset(own_origins)
        # No proxy and no environment: what was checked is what is connected to.
        self._http = httpx.AsyncClient(timeout=TIMEOUT, transport=transport, trust_env=False, follow_redirects=False)

    async def close(self) -> None:
        await self._http.aclose()

    async def fetch(self, src: str) -> bytes:
        """The picture's bytes; PictureUnavailable says why not."""
        try:
            async with asyncio.timeout(TIMEOUT.read):
                return await self._followed(src)
        except (httpx.HTTPError, OSError, TimeoutError, UnicodeError) as error:
            raise PictureUnavailable("The supplier's picture cannot be fetched.") from error

    async def _followed(self, src: str) -> bytes:
        for _ in range(MOST_REDIRECTS + 1):
            request = await self._request(src)
            response = await self._http.send(request, stream=True)
            try:
                if response.is_redirect:
                    src = urljoin(src, response.headers.get("location", ""))
                    continue
                return await _body(response)
            finally:
                await response.aclose()
        raise PictureUnavailable("The supplier's picture redirects too often.")

    async def _request(self, src: str) -> httpx.Request:
        parts = urlsplit(src)
        if parts.scheme not in _PORTS or not parts.hostname or parts.username:
            raise PictureUnavailable("The supplier's picture has an address we do not open.")
        headers = {"accept": "image/webp,image/png,image/jpeg", "host": parts.netloc}
        if _origin(src) in self._own_origins:
            return self._http.build_request("GET", src, headers=headers)
        address = await _public_address(parts.hostname, parts.port or _PORTS[parts.scheme])
        pinned = httpx.URL(src).copy_with(host=address)
        return self._http.build_request("GET", pinned, headers=headers, extensions={"sni_hostname": parts.hostname})


async def _public_address(host: str, port: int) -> str:
    """One address of `host`; PictureUnavailable unless every one of them is public."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(item[4][0]) for item in found]
    if not addresses or not all(ipaddress.ip_address(address).is_global for address in addresses):
        raise PictureUnavailable("The supplier's picture points into a private network.")
    return addresses[0]


async def _body(response: httpx.Response) -> bytes:
    if response.status_code != httpx.codes.OK:
        raise PictureUnavailable(f"The supplier answers {response.status_code} for its picture.")
    if not response.headers.get("content-type", "").lower().startswith("image/"):
        raise PictureUnavailable("The supplier's picture is not a picture.")
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > LARGEST_BYTES:
            raise PictureUnavailable("The supplier's picture is too large.")
    return bytes(body)


def _origin(src: str) -> str:
    parts = urlsplit(src)
    return f"{parts.scheme}://{parts.netloc}".lower()
