"""The cookie that carries a session."""

from starlette.requests import Request
from starlette.responses import Response

from api.accounts.service import SESSION_LIFETIME

SESSION_COOKIE = "tiqzy_session"


def session_token(request: Request) -> str | None:
    return request.cookies.get(SESSION_COOKIE)


def set_session(response: Response, token: str, *, is_secure: bool) -> None:
    """Out of reach of scripts and of other sites' forms; Lax, so that a link in an e-mail arrives signed in."""
    lifetime = int(SESSION_LIFETIME.total_seconds())
    response.set_cookie(SESSION_COOKIE, token, max_age=lifetime, httponly=True, samesite="lax", secure=is_secure)


def drop_session(response: Response, *, is_secure: bool) -> None:
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="lax", secure=is_secure)
