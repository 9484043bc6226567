"""Errors as answers: problem+json (RFC 9457) for programs, a page for a person elsewhere. exceptions -> responses"""

import re
from http import HTTPStatus
from typing import Any, Final

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Match

from api.delivery.private_paths import loggable
from api.errors import StatusCoded
from api.wiring import renderer

log = structlog.get_logger("api.problems")

PROBLEM_TYPE: Final = "application/problem+json"
_METHODS: Final = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
# What any endpoint answers to a request that it cannot read.
_IMPROPER: Final = {
    400: "The request cannot be understood",
    413: "The body is too large",
    414: "The address is too long",
    422: "The request is malformed",
}


class Problem(BaseModel):
    """What went wrong, as RFC 9457 has it: `type` names the kind for programs, `detail` tells a person."""

    type: str = Field(examples=["/problems/shop-not-found"])
    title: str = Field(examples=["There is no shop at this address"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["No shop is called canal-hous."])
    request_id: str = Field(description="Also in the X-Request-ID header; name it when you write to us.")


def documented(*errors: type[StatusCoded]) -> dict[int | str, dict[str, Any]]:
    """For `responses=` of a JSON endpoint: what it may answer besides success, and to what is no proper request."""
    of_status = {status: [title] for status, title in _IMPROPER.items()}
    for error in errors:
        of_status.setdefault(error.status_code, []).append(error.title)
    return {
        status: {
            "description": "; ".join(titles),
            "content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, titles in of_status.items()
    }


def install(app: FastAPI) -> None:
    """Every exception that may leave an endpoint has one of these answers."""
    app.add_exception_handler(StatusCoded, _status_coded)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def _status_coded(request: Request, error: Exception) -> Response:
    assert isinstance(error, StatusCoded)  # noqa: S101 - starlette routes by type
    headers = {"retry-after": str(error.retry_after_seconds)} if error.retry_after_seconds else {}
    kind = re.sub(r"(?<!^)(?=[A-Z])", "-", type(error).__name__).lower()
    return _answer(request, error.status_code, kind=kind, title=error.title, detail=str(error), headers=headers)


def _malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    if not _is_for_programs(request):
        return _answer(request, 404, kind="not-found", title="Not found", detail="There is no such page.")
    wrong = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
    return _answer(request, 422, kind="malformed-request", title="The request is malformed", detail=wrong)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    phrase = HTTPStatus(error.status_code).phrase
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(_allowed_methods(request))
    detail = "There is no such page." if error.status_code == HTTPStatus.NOT_FOUND else error.detail
    return _answer(
        request,
        error.status_code,
        kind=_kind_of(error.status_code),
        title=phrase.capitalize(),
        detail=detail,
        headers=headers,
    )


def _allowed_methods(request: Request) -> list[str]:
    """Of all routes of the address: the framework names those of the first alone."""
    asked = {name: value for name, value in request.scope.items() if name not in ("endpoint", "route", "path_params")}
    wishes = ((method, {**asked, "method": method}) for method in _METHODS)
    return [name for name, wish in wishes if any(one.matches(wish)[0] is Match.FULL for one in request.app.routes)]


def _unexpected(request: Request, error: Exception) -> Response:
    log.error("unexpected error", path=loggable(request.url.path), exc_info=error)
    detail = "This is our fault, and it has been noted."
    return _answer(request, 500, kind="internal-error", title="Something went wrong", detail=detail)


def refusal(path: str, status: int, detail: str) -> Response:
    """Of a request that no endpoint has seen: a problem for programs, bare words for anybody else."""
    if not _is_program_path(path):
        return PlainTextResponse(detail, status)
    return _problem(status, kind=_kind_of(status), title=_IMPROPER[status], detail=detail)


def _answer(
    request: Request, status: int, *, kind: str, title: str, detail: str, headers: dict[str, str] | None = None
) -> Response:
    if _is_for_programs(request):
        return _problem(status, kind=kind, title=title, detail=detail, headers=headers)
    page = renderer(request).problem_page(
        request, status, title=title, detail=detail, refresh_seconds=int((headers or {}).get("retry-after", 0))
    )
    page.headers.update(headers or {})
    return page


def _problem(status: int, *, kind: str, title: str, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    request_id = str(structlog.contextvars.get_contextvars().get("request_id", ""))
    problem = Problem(type=f"/problems/{kind}", title=title, status=status, detail=detail, request_id=request_id)
    all_headers = {"cache-control": "no-store", **(headers or {})}
    return JSONResponse(problem.model_dump(), status, all_headers, media_type=PROBLEM_TYPE)


def _kind_of(status: int) -> str:
    return HTTPStatus(status).phrase.lower().replace(" ", "-")


def _is_for_programs(request: Request) -> bool:
    return _is_program_path(request.url.path)


def _is_program_path(path: str) -> bool:
    return path.startswith(("/v1/", "/webhooks/"))
