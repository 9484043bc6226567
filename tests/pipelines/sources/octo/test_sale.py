"""A whole sale at the sandbox's supplier: hold, extend, confirm, cancel, and what may come between."""

from datetime import timedelta
from uuid import uuid4

import pytest

from core.domain.clock import utc_now
from core.domain.ports import AvailabilityStatus, BookingStatus, Contact, HoldRequest, OptionRef
from core.errors import ProviderRefused, ProviderUnavailable
from pipelines.sources.octo import transport
from pipelines.sources.octo.client import OctoClient
from pipelines.sources.octo.errors import HoldExpired, KeyRefused, OctoMalformed, SoldOut

SOON = utc_now().date() + timedelta(days=3)
ON_SALE = {AvailabilityStatus.AVAILABLE, AvailabilityStatus.LIMITED, AvailabilityStatus.FREESALE}
CONTACT = Contact("Ada Lovelace", "ada@buyer.example", country="GB")


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(transport, "_backoff", lambda _: 0)


@pytest.fixture(params=["canal", "meridian"])
def supplier_code(request):
    return request.param


@pytest.fixture
async def client(sandbox, supplier_code):
    async with OctoClient(sandbox.connection(supplier_code)) as octo:
        yield octo


@pytest.fixture
async def wanted(client):
    """Two adults, or the first unit there is, at the first slot that has room."""
    for payload in await client.catalogue("en"):
        product = payload.product()
        option = product.options[0]
        ref = OptionRef(payload.provider_product_id, option.id)
        for slot in await client.slots(ref, SOON, SOON + timedelta(days=7)):
            if slot.status in ON_SALE and (slot.vacancies is None or slot.vacancies > 4):
                units = (option.units[0].id,) * max(option.restrictions.min_units or 1, 2)
                return HoldRequest(uuid4(), ref, slot.provider_availability_id, units, expiration_minutes=15)
    pytest.fail("the sandbox sells nothing")


async def test_a_sale_from_hold_to_cancellation(client, wanted):
    held = await client.reserve(wanted)
    assert held.status is BookingStatus.ON_HOLD
    extended = await client.extend(wanted.booking_uuid, 20)
    assert extended.hold_expires_at > held.hold_expires_at
    sold = await client.confirm(wanted.booking_uuid, CONTACT, "ord_1")
    assert sold.status is BookingStatus.CONFIRMED
    assert sold.tickets
    assert sold.prices
    assert (await client.booking(wanted.booking_uuid)) == sold
    assert (await client.cancel(wanted.booking_uuid, "changed their mind")).status is BookingStatus.CANCELLED
    assert (await client.cancel(wanted.booking_uuid, "once more")).status is BookingStatus.CANCELLED


async def test_lost_replies_change_nothing(client, wanted, sandbox, supplier_code):
    sandbox.control(supplier_code, lose_reply_after_success=True)
    assert (await client.reserve(wanted)).status is BookingStatus.ON_HOLD
    sold = await client.confirm(wanted.booking_uuid, CONTACT, "ord_1")
    assert sold.status is BookingStatus.CONFIRMED
    assert (await client.cancel(wanted.booking_uuid, "changed their mind")).status is BookingStatus.CANCELLED


async def test_reserving_twice_holds_once(client, wanted):
    first = await client.reserve(wanted)
    assert (await client.reserve(wanted)).provider_booking_id == first.provider_booking_id


async def test_a_hold_that_ended_cannot_be_confirmed(client, wanted, sandbox):
    await client.reserve(wanted)
    sandbox.advance(3600 * 2)
    with pytest.raises(HoldExpired):
        await client.confirm(wanted.booking_uuid, CONTACT, "ord_1")


async def test_sold_out_is_a_refusal(client, wanted, sandbox, supplier_code):
    sandbox.control(supplier_code, sold_out=True)
    with pytest.raises(SoldOut):
        await client.reserve(wanted)
    assert await client.booking(wanted.booking_uuid) is None


async def test_a_supplier_that_is_down_is_unavailable(client, wanted, sandbox, supplier_code):
    sandbox.control(supplier_code, is_down=True)
    with pytest.raises(ProviderUnavailable):
        await client.reserve(wanted)


@pytest.mark.parametrize("lie", ["not_json", "schema", "prices"])
async def test_a_lie_is_not_believed(client, wanted, sandbox, supplier_code, lie):
    sandbox.control(supplier_code, lie=lie)
    with pytest.raises(OctoMalformed):
        await client.slots(wanted.option, SOON, SOON + timedelta(days=7))


async def test_a_wrong_key_is_refused(sandbox, supplier_code):
    connection = sandbox.connection(supplier_code).model_copy(update={"api_key": sandbox.connections[0].api_key})
    if supplier_code == "canal":
        connection = connection.model_copy(update={"api_key": sandbox.connections[1].api_key})
    async with OctoClient(connection) as client:
        with pytest.raises(KeyRefused) as refused:
            await client.catalogue("en")
    assert isinstance(refused.value, ProviderRefused)
