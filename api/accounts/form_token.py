"""Proof that a form came from our page: one random value in a cookie and in the form, and an Origin that is ours."""

import secrets

from starlette.requests import Request
from starlette.responses import Response

from api.accounts.errors import FormNotOurs

COOKIE = "tiqzy_form"
LIFETIME_SECONDS = 60 * 60 * 12


def form_token(request: Request) -> str:
    """The value this browser already carries, so that two open tabs both work, else a new one."""
    return request.cookies.get(COOKIE) or secrets.token_urlsafe(24)


def remember_form_token(response: Response, token: str, *, is_secure: bool) -> None:
    response.set_cookie(COOKIE, token, max_age=LIFETIME_SECONDS, httponly=True, samesite="strict", secure=is_secure)


def check_form(request: Request, sent_token: str) -> None:
    """FormNotOurs unless cookie and field agree and the browser names no other origin than ours."""
    kept = request.cookies.get(COOKIE, "")
    if not kept or not secrets.compare_digest(kept.encode(), sent_token.encode()):
        raise FormNotOurs("Please send the form once more.")
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        raise FormNotOurs("Please send the form once more.")
