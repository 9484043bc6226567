"""Is the process alive, and can it show a shop? For load balancers and for the person who runs the platform."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from api.wiring import Platform, platform_of
from warehouse.errors import NoRelease

router = APIRouter(tags=["health"])


class Liveness(BaseModel):
    status: str = "alive"


class SourceReadiness(BaseModel):
    """When each kind of fact was last read from a connection; null where it never was."""

    catalogue_read_at: datetime | None
    days_read_at: datetime | None
    slots_read_at: datetime | None


class Readiness(BaseModel):
    """`problem` says in a sentence why a newer catalogue is not being read; the shop may be up all the same."""

    is_ready: bool
    catalogue_version: str | None
    published_at: datetime | None
    age_seconds: int | None = Field(description="Since the catalogue was published.")
    sources: dict[str, SourceReadiness]
    is_database_reachable: bool
    problem: str | None


@router.get("/healthz", summary="The process answers")
async def healthz() -> Liveness:
    return Liveness()


@router.get("/readyz", summary="The shop can be shown", responses={503: {"model": Readiness}})
async def readyz(response: Response, platform: Annotated[Platform, Depends(platform_of)]) -> Readiness:
    """503 before the first catalogue, or while the shop database is out of reach."""
    readiness = await _readiness(platform)
    response.status_code = 200 if readiness.is_ready else 503
    response.headers["cache-control"] = "no-store"
    return readiness


async def _readiness(platform: Platform) -> Readiness:
    is_reachable = await platform.shops.is_reachable()
    try:
        manifest = await run_in_threadpool(lambda: platform.reader.manifest)
    except NoRelease as error:
        return Readiness(
            is_ready=False,
            catalogue_version=None,
            published_at=None,
            age_seconds=None,
            sources={},
            is_database_reachable=is_reachable,
            problem=str(error),
        )
    return Readiness(
        is_ready=is_reachable,
        catalogue_version=manifest.version,
        published_at=manifest.published_at,
        age_seconds=int((platform.clock() - manifest.published_at).total_seconds()),
        sources={name: SourceReadiness(**age.model_dump()) for name, age in manifest.sources.items()},
        is_database_reachable=is_reachable,
        problem=platform.reader.last_problem,
    )
