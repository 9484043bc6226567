"""Two resellers with their people, and the application that they sign in to."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from httpx import ASGITransport, AsyncClient, Response

from api.app import Application
from api.wiring import build_platform
from core.settings import Settings
from tests.fixtures.accounts import PASSWORD, make_resellers

ORIGIN = "http://127.0.0.1"


class FakeClock:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, span: timedelta) -> None:
        self.now += span


@dataclass(frozen=True)
class Browser:
    """Somebody's browser at the sign-in page; keeps its cookies."""

    application: Application
    client: AsyncClient

    @property
    def session(self) -> str:
        return self.client.cookies["tiqzy_session"]

    async def sign_in(self, email: str = "owner@mira.example", password: str = PASSWORD, **fields: str) -> Response:
        await self.client.get("/sign-in")
        form = {"email": email, "password": password, "form_token": self.client.cookies.get("tiqzy_form", "")}
        return await self.client.post("/sign-in", data=form | fields)

    async def sign_out(self) -> Response:
        return await self.client.post("/sign-out", data={"form_token": self.client.cookies.get("tiqzy_form", "")})

    async def me(self) -> Response:
        return await self.client.get("/v1/me")

    async def is_known(self, session: str) -> bool:
        """Whether a browser that carries this session alone is let in."""
        async with client_of(self.application) as other:
            answer = await other.get("/v1/me", headers={"cookie": f"tiqzy_session={session}"})
        return answer.status_code == HTTPStatus.OK


def client_of(application: Application, origin: str = ORIGIN) -> AsyncClient:
    return AsyncClient(transport=ASGITransport(application), base_url=origin)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="module")
def resellers(new_platform, tmp_path_factory) -> Iterator[Settings]:
    """A platform's settings, with resellers in its database; a module's tests share them."""
    with new_platform(tmp_path_factory.mktemp("accounts") / "home") as made:
        make_resellers(made)
        yield made


@pytest.fixture
def application(resellers, clock) -> Application:
    return Application(build_platform(resellers, clock))


@pytest.fixture
async def browser(application) -> AsyncIterator[Browser]:
    async with application.platform.running(), client_of(application) as client:
        yield Browser(application, client)
