"""What a third-party OCTO server really sent, older content dialect and all, loads as it is."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from core.domain.ports import BookingStatus, Contact, HoldRequest, OptionRef
from core.settings import ROOT
from pipelines.loads import Availability, load_availability, load_catalogue
from pipelines.sources.octo.client import OctoClient

FOLDER = ROOT.parent / "shared" / "specs" / "octo" / "fixtures"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the recorded exchanges are not in this checkout")

KINDS = ("opening_hours", "start_time")


def recorded(name: str) -> dict[str, Any]:
    return json.loads((Path(FOLDER) / f"{name}.json").read_text())


def answers(call: str):
    """What was answered for each product that was asked for; nothing for the others."""
    exchanges = [recorded(f"{call}-{kind}") for kind in KINDS]
    by_product = {one["request"]["body"]["productId"]: one["response"] for one in exchanges}
    return lambda body: (200, by_product.get(body["productId"], []))


@pytest.fixture
def replayed(supplier):
    supplier.replies = {
        "GET /supplier": (200, recorded("supplier")["response"]),
        "GET /products": (200, recorded("products")["response"]),
        "POST /availability/calendar": answers("availability-calendar"),
        "POST /availability": answers("availability"),
    }
    return supplier


def test_the_recorded_supplier_loads(replayed, lake_settings, rows):
    load_catalogue(replayed.connection, lake_settings)
    first = date(2026, 12, 3)
    for what in Availability:
        load_availability(replayed.connection, first, first + timedelta(days=2), what, lake_settings)
    assert len(rows("provider_product_id", "products")) == len(recorded("products")["response"])
    # Opening hours have no start times, whatever the recorded 00:00 says.
    assert set(rows("local_start_times", "options")) == {"", "12:00,14:00"}
    assert rows("DISTINCT locality, country, latitude", "locations") == [("name", "country", None)]
    assert "" in rows("provider_unit_id", "list_prices")
    assert rows("local_date", "calendar_prices") == []
    assert len(rows("local_date", "calendar_days")) == sum(
        len(recorded(f"availability-calendar-{kind}")["response"]) for kind in KINDS
    )
    assert len(rows("local_date", "slots")) == sum(len(recorded(f"availability-{kind}")["response"]) for kind in KINDS)


@pytest.mark.parametrize("kind", KINDS)
async def test_the_recorded_sale_is_understood(replayed, kind):
    reserve, confirm = recorded(f"booking-reserve-{kind}"), recorded(f"booking-confirm-{kind}")
    cancel = recorded(f"booking-cancel-{kind}")
    asked = reserve["request"]["body"]
    uuid = UUID(asked["uuid"])
    replayed.replies |= {
        "POST /bookings": (200, reserve["response"]),
        f"POST /bookings/{uuid}/confirm": (200, confirm["response"]),
        f"POST /bookings/{uuid}/cancel": (200, cancel["response"]),
    }
    units = tuple(item["unitId"] for item in asked["unitItems"])
    option = OptionRef(asked["productId"], asked["optionId"])
    async with OctoClient(replayed.connection) as client:
        held = await client.reserve(HoldRequest(uuid, option, asked["availabilityId"], units, 30))
        sold = await client.confirm(uuid, Contact("Test Visitor", "visitor@example.test"), "VOUCHER-0001")
        gone = await client.cancel(uuid, "test")
    assert held.status is BookingStatus.ON_HOLD
    assert held.hold_expires_at is not None
    assert sold.status is BookingStatus.CONFIRMED
    assert len([ticket for ticket in sold.tickets if ticket.provider_unit_id and ticket.format == "QRCODE"]) == len(
        units
    )
    assert gone.status in {BookingStatus.CANCELLED, BookingStatus.EXPIRED}
