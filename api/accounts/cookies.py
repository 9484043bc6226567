"""The cookie that carries a session."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

SESSION_COOKIE = "tiqzy_session"


def session_token(request: Request) -> str | None:
    return request.cookies.get(SESSION_COOKIE)


def set_session(response: Response, token: str, expires_at: datetime, *, is_secure: bool) -> None:
    """Out of reach of scripts and of other sites' forms; Lax, so that a link in an e-mail arrives signed in."""
    response.set_cookie(SESSION_COOKIE, token, expires=expires_at, httponly=True, samesite="lax", secure=is_secure)


def drop_session(response: Response, *, is_secure: bool) -> None:
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="lax", secure=is_secure)
