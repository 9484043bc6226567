"""Everything Dagster knows of the platform. settings + defs/ -> assets, jobs, schedules; freshness applied once"""

import dagster as dg

from core.settings import Settings
from dagster_project.defs.catalog import assets as catalog
from dagster_project.defs.catalog import schedules as catalog_schedules
from dagster_project.defs.geography import assets as geography
from dagster_project.defs.geography import schedules as geography_schedules
from dagster_project.defs.maintenance import assets as maintenance
from dagster_project.defs.maintenance import schedules as maintenance_schedules
from dagster_project.defs.octo import assets as octo
from dagster_project.defs.octo import schedules as octo_schedules
from dagster_project.defs.sales import assets as sales
from dagster_project.defs.sales import checks as sales_checks
from dagster_project.defs.sales import schedules as sales_schedules
from dagster_project.defs.sales.builder import opened_in_the_run
from dagster_project.defs.shop import assets as shop
from dagster_project.defs.stripe import assets as stripe
from dagster_project.defs.stripe import schedules as stripe_schedules
from dagster_project.freshness import with_freshness
from dagster_project.models import models_of
from warehouse.manifest import Dataset


def platform_definitions(settings: Settings) -> dg.Definitions:
    """Everything Dagster knows of the platform; reads the SQL of the models and opens no database."""
    assets = [
        octo.catalogue_asset(settings.connections),
        octo.calendar_asset(settings.connections),
        octo.slots_asset(settings.connections),
        geography.geonames,
        *catalog.catalog_assets(models_of(Dataset.CATALOG)),
        shop.shop_tables,
        stripe.stripe_tables,
        sales.sales_assets(models_of(Dataset.SALES)),
        maintenance.lake_upkeep,
        maintenance.runs_upkeep,
    ]
    return dg.Definitions(
        assets=dg.map_asset_specs(with_freshness, assets),
        asset_checks=[sales_checks.holds_every_sale],
        schedules=[
            octo_schedules.catalogue_schedule,
            octo_schedules.calendar_schedule,
            octo_schedules.slots_schedule,
            geography_schedules.geography_schedule,
            stripe_schedules.stripe_schedule,
            maintenance_schedules.maintenance_schedule,
        ],
        jobs=[
            catalog_schedules.publish_job,
            octo_schedules.catalogue_job,
            octo_schedules.calendar_job,
            octo_schedules.slots_job,
            geography_schedules.geography_job,
            maintenance_schedules.maintenance_job,
            stripe_schedules.stripe_job,
            sales_schedules.sales_job,
            sales_schedules.publish_sales_job,
        ],
        resources={"settings": settings, "sales_builder": opened_in_the_run(settings)},
        # Starting another process costs more than our steps do, and a build hands its report to the release.
        executor=dg.in_process_executor,
    )
