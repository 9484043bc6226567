"""When the lake is tidied."""

from dagster_project.groups import Group, assets_in
from dagster_project.schedules import build_job, paced

maintenance_job = build_job("maintenance", assets_in(Group.MAINTENANCE), "Tidy the lake and forget old runs.")
maintenance_schedule = paced(
    maintenance_job,
    "10 2 * * *",
    reason="Nightly: a day leaves some hundred small files. At ten past two UTC shops are quiet from Lisbon to Athens, "
    "and no load is due before twenty past.",
)
