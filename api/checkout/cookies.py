"""The cookie that opens a cart: the order's secret, for this shop's pages alone."""

from datetime import timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

CART_COOKIE: Final = "tiqzy_cart"
LIFETIME: Final = timedelta(days=7)
LONGEST_SECRET: Final = 64


def cart_secret(request: Request) -> str | None:
    secret = request.cookies.get(CART_COOKIE)
    return secret if secret and len(secret) <= LONGEST_SECRET else None


def set_cart(request: Request, response: Response, secret: str, *, is_secure: bool) -> None:
    """Lax: who comes back from the payment page has his cart again."""
    response.set_cookie(
        CART_COOKIE,
        secret,
        max_age=int(LIFETIME.total_seconds()),
        path=request.state.base_path or "/",
        httponly=True,
        samesite="lax",
        secure=is_secure,
    )
