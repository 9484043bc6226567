"""Who is looking. browser cookie -> GET /v1/me of the API -> Visitor, asked anew at each rerun."""

import re
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

import httpx
import streamlit as st
from pydantic import BaseModel, ConfigDict, ValidationError

from core.settings import Settings, settings
from dashboards.menu import Audience
from warehouse.readers.shapes import CatalogScope

SESSION_COOKIE = "tiqzy_session"
PATIENCE_SECONDS = 3.0
# What the API makes; anything else could become a second header on its way there.
_TOKEN = re.compile(r"[\w-]{1,200}", re.ASCII)


class Shop(BaseModel):
    """A shop of the visitor's reseller, and what it chose to show: all cities of the countries, and the cities."""

    model_config = ConfigDict(frozen=True)

    shop_id: str
    slug: str
    name: str
    country_codes: frozenset[str]
    city_ids: frozenset[str]

    @property
    def scope(self) -> CatalogScope:
        return CatalogScope(self.country_codes, self.city_ids)


class Visitor(BaseModel):
    """Somebody signed in; the platform's own people have no reseller and no shops."""

    model_config = ConfigDict(frozen=True)

    email: str
    reseller_id: str | None
    reseller_name: str | None
    shops: tuple[Shop, ...]

    @property
    def audience(self) -> Audience:
        return Audience.RESELLER if self.reseller_id else Audience.PLATFORM

    @property
    def shop_names(self) -> dict[str, str]:
        return {shop.shop_id: shop.name for shop in self.shops}


class ApiUnreachable(Exception):
    """The API gives no usable answer, so nobody can be let in."""


def identify() -> Visitor | None:
    """The visitor of this rerun, None when not signed in; ApiUnreachable when nobody can tell."""
    token = st.context.cookies.get(SESSION_COOKIE, "")
    return _ask_api(token) if _TOKEN.fullmatch(token) else None


def sign_in_address() -> str:
    """The API's sign-in page, which afterwards comes back here."""
    here = urlsplit(st.context.url or _address(settings().dashboards_port))
    api = settings().shop_url or f"{here.scheme}://{here.hostname}:{settings().shop_port}"
    return f"{api}/sign-in?{urlencode({'return_to': here.geturl()})}"


def _ask_api(token: str) -> Visitor | None:
    try:
        answer = _client(_api_address(settings())).get("/v1/me", headers={"cookie": f"{SESSION_COOKIE}={token}"})
        if answer.status_code == HTTPStatus.UNAUTHORIZED:
            return None
        answer.raise_for_status()
        return Visitor.model_validate_json(answer.content)
    except (httpx.HTTPError, ValidationError) as error:
        raise ApiUnreachable(str(error)) from error


@st.cache_resource
def _client(address: str) -> httpx.Client:
    return httpx.Client(base_url=address, timeout=PATIENCE_SECONDS)


def _api_address(configured: Settings) -> str:
    return configured.shop_url or _address(configured.shop_port)


def _address(port: int) -> str:
    return f"http://127.0.0.1:{port}"
