"""Sign-in page, signing in and out, and who is signed in."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.accounts.cookies import drop_session, session_token, set_session
from api.accounts.door import Door
from api.accounts.errors import FormNotOurs, NotSignedIn, SignInRefused, TooManyAttempts
from api.accounts.form_token import check_form
from api.accounts.schemas import Me
from api.accounts.service import AccountService, Credentials
from api.problems import documented
from api.wiring import account_service, door

router = APIRouter()


Accounts = Annotated[AccountService, Depends(account_service)]
SignInDoor = Annotated[Door, Depends(door)]
Text = Annotated[str, Form()]


@router.get("/sign-in", include_in_schema=False)
async def sign_in_page(
    request: Request, accounts: Accounts, at: SignInDoor, return_to: Annotated[str, Query()] = ""
) -> Response:
    try:
        me = await accounts.me(session_token(request))
    except NotSignedIn:
        return at.page(request, return_to=return_to)
    return at.page(request, me=me)


@router.post("/sign-in", include_in_schema=False)
async def sign_in(  # noqa: PLR0913 - one parameter for each field of the form
    request: Request,
    accounts: Accounts,
    at: SignInDoor,
    *,
    email: Text = "",
    password: Text = "",
    return_to: Text = "",
    form_token: Text = "",
) -> Response:
    address = request.client.host if request.client else "unknown"
    try:
        check_form(request, form_token)
        token = await accounts.sign_in(Credentials(email, password, address), replaces=session_token(request))
    except (FormNotOurs, SignInRefused, TooManyAttempts) as refusal:
        return at.page(request, refusal=refusal, email=email, return_to=return_to)
    response = RedirectResponse(at.next_address(request, return_to), HTTPStatus.SEE_OTHER)
    set_session(response, token, is_secure=at.is_secure)
    return response


@router.post("/sign-out", include_in_schema=False)
async def sign_out(request: Request, accounts: Accounts, at: SignInDoor, *, form_token: Text = "") -> Response:
    try:
        check_form(request, form_token)
    except FormNotOurs as refusal:
        return at.page(request, refusal=refusal)
    token = session_token(request)
    if token:
        await accounts.sign_out(token)
    response = RedirectResponse("/sign-in", HTTPStatus.SEE_OTHER)
    drop_session(response, is_secure=at.is_secure)
    return response


@router.get("/v1/me", tags=["accounts"], summary="Who is signed in", responses=documented(NotSignedIn))
async def me(request: Request, response: Response, accounts: Accounts) -> Me:
    """The account of the `tiqzy_session` cookie, with its reseller's shops; 401 without a session."""
    response.headers["cache-control"] = "private, no-store"
    return await accounts.me(session_token(request))
