"""The sign-in page in its states: nobody yet, refused, signed in. request + view -> HTML"""

from starlette.requests import Request
from starlette.responses import Response

from api.accounts.errors import TooManyAttempts
from api.accounts.form_token import form_token, remember_form_token
from api.accounts.return_address import dashboards_origin, safe_return_address
from api.accounts.schemas import Me
from api.delivery.request_context import content_security_policy
from api.errors import StatusCoded
from api.pages.rendering import Pages
from core.settings import Environment, Settings


class Door:
    """Shows the page, and knows where to send people on."""

    def __init__(self, pages: Pages, settings: Settings) -> None:
        self._pages = pages
        self._settings = settings
        self.is_secure = settings.environment is Environment.PRODUCTION

    def page(
        self,
        request: Request,
        *,
        me: Me | None = None,
        refusal: StatusCoded | None = None,
        email: str = "",
        return_to: str = "",
    ) -> Response:
        """The page with a fresh form; its status is that of `refusal`, if there is one."""
        token = form_token(request)
        page = self._pages.platform_page(
            "accounts/sign_in.html",
            me=me,
            refusal=refusal,
            email=email,
            return_to=safe_return_address(return_to, request.url, self._settings) or "",
            form_token=token,
            dashboards_href=dashboards_origin(request.url, self._settings),
        )
        page.status_code = refusal.status_code if refusal else 200
        if isinstance(refusal, TooManyAttempts):
            page.headers["retry-after"] = str(refusal.wait_seconds)
        # Browsers hold a form's redirect to form-action too, and ours leads to the dashboards' origin.
        page.headers["content-security-policy"] = content_security_policy(
            dashboards_origin(request.url, self._settings)
        )
        remember_form_token(page, token, is_secure=self.is_secure)
        return page

    def next_address(self, request: Request, return_to: str) -> str:
        """Where somebody goes who has just signed in: back to where he came from, else to the dashboards."""
        asked = safe_return_address(return_to, request.url, self._settings)
        return asked or dashboards_origin(request.url, self._settings)
