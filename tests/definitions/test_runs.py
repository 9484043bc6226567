"""Runs in this process: what a person at the terminal is told."""

import signal

import dagster as dg
import pytest
from dagster import DagsterEventType

from dagster_project.runs import execute


@dg.asset
def cut_off():
    signal.raise_signal(signal.SIGINT)


@dg.asset
def whole():
    return None


def interrupted(asset, instance):
    definitions = dg.Definitions(assets=[asset], jobs=[dg.define_asset_job("cut")])
    with pytest.raises(dg.DagsterExecutionInterruptedError):
        execute(definitions, "cut", instance, tags={})


def test_a_run_that_somebody_interrupts_is_no_failed_run(instance):
    interrupted(cut_off, instance)


def test_an_interrupt_after_the_last_step_is_not_forgotten(instance, monkeypatch):
    store = instance.handle_new_event

    def store_and_interrupt(event, **given):
        if event.dagster_event and event.dagster_event.event_type is DagsterEventType.RUN_SUCCESS:
            signal.raise_signal(signal.SIGTERM)
        return store(event, **given)

    monkeypatch.setattr(instance, "handle_new_event", store_and_interrupt)
    interrupted(whole, instance)
