"""One batch of sales, as a run on Dagster's page. changed rows of the shop -> lake -> sales models -> a release"""

import time

import dagster as dg
import structlog

from core.settings import Settings
from dagster_project.defs.sales.assets import sales_assets
from dagster_project.defs.shop.assets import shop_tables
from dagster_project.models import models_of
from dagster_project.runs import execute, problems
from dagster_project.schedules import UNFINISHED
from warehouse.manifest import Dataset
from warehouse.sales import SalesBuilder

log = structlog.get_logger("dagster_project.stream")

JOB = "sales_stream"


class Batches:
    """Runs of the sales assets in this process, where dlt, SQLMesh and Dagster are loaded already."""

    def __init__(self, settings: Settings, instance: dg.DagsterInstance, builder: SalesBuilder) -> None:
        self._instance = instance
        self._definitions = by_change(settings, builder)

    def run(self) -> bool:
        """Load what changed, build the days it touched, publish; whether all went well. Dagster's page says why not."""
        began, worked = time.monotonic(), time.process_time()
        result = execute(self._definitions, JOB, self._instance, tags={})
        cost = {"seconds": round(time.monotonic() - began, 2), "cpu_seconds": round(time.process_time() - worked, 2)}
        if result.success:
            log.info("batch published", run_id=result.run_id, **cost)
        else:
            log.error("batch failed", run_id=result.run_id, reasons=problems(result), **cost)
        return result.success

    def close_abandoned(self) -> None:
        """Mark the run that a killed stream left behind as cancelled; call it when no other stream runs."""
        for run in self._instance.get_runs(dg.RunsFilter(job_name=JOB, statuses=UNFINISHED)):
            self._instance.report_run_canceled(run, message="The stream's process ended before this run did.")


def by_change(settings: Settings, builder: SalesBuilder) -> dg.Definitions:
    """The assets of shop and sales for runs that follow the shop's changes: no partition is asked for beforehand."""
    assets = [shop_tables, sales_assets(models_of(Dataset.SALES))]
    return dg.Definitions(
        assets=dg.map_asset_specs(lambda spec: spec.replace_attributes(partitions_def=None), assets),
        jobs=[dg.define_asset_job(JOB, dg.AssetSelection.all())],
        resources={"settings": settings, "sales_builder": builder},
        executor=dg.in_process_executor,
    )
