"""Runs in this process: what a person at the terminal is told."""

import dagster as dg
import pytest

from dagster_project.runs import execute


@dg.asset
def cut_off():
    raise dg.DagsterExecutionInterruptedError


def test_a_run_that_somebody_interrupts_is_no_failed_run():
    definitions = dg.Definitions(assets=[cut_off], jobs=[dg.define_asset_job("cut")])
    with dg.DagsterInstance.ephemeral() as instance, pytest.raises(dg.DagsterExecutionInterruptedError):
        execute(definitions, "cut", instance, tags={})
