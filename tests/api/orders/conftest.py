"""A buyer with the link of his order, at the desk's application; the sandbox's mailbox takes his mail."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from http import HTTPStatus

import pytest
from httpx import ASGITransport, AsyncClient, Response
from pydantic import SecretStr

from api.app import Application
from api.sale.shapes import OrderKey
from tests.fixtures.sales import Desk

ORIGIN = "http://localhost"


@dataclass
class Buyer:
    desk: Desk
    client: AsyncClient

    def secret(self, key: OrderKey) -> str:
        return str(self.desk.rows("SELECT secret FROM shop_order WHERE order_id = %s", key.order_id)[0][0])

    def address(self, key: OrderKey, part: str = "") -> str:
        return f"/s/desk/orders/{self.secret(key)}{part}"

    async def page(self, key: OrderKey, part: str = "", expected: int = HTTPStatus.OK) -> str:
        return (await self.get(key, part, expected)).text

    async def get(self, key: OrderKey, part: str = "", expected: int = HTTPStatus.OK) -> Response:
        answer = await self.client.get(self.address(key, part))
        assert answer.status_code == expected, answer.text
        return answer

    async def post(self, key: OrderKey, part: str, **headers: str) -> Response:
        sent = {"origin": ORIGIN} | headers
        return await self.client.post(self.address(key, part), headers=sent)

    async def order(self, key: OrderKey) -> dict[str, object]:
        """As a program gets it."""
        answer = await self.client.get("/v1/shops/desk/order", headers=self.bearer(key))
        assert answer.status_code == HTTPStatus.OK, answer.text
        return answer.json()

    def bearer(self, key: OrderKey) -> dict[str, str]:
        return {"authorization": f"Bearer {self.secret(key)}"}


@pytest.fixture(scope="module")
def desk_settings(desk_settings, desk_sandbox):
    return desk_settings.model_copy(update={"smtp_url": SecretStr(desk_sandbox.smtp_url)})


@pytest.fixture
async def buyer(desk) -> AsyncIterator[Buyer]:
    transport = ASGITransport(Application(desk.platform))
    async with AsyncClient(transport=transport, base_url=ORIGIN) as client:
        yield Buyer(desk, client)
