"""The OCTO client against a server that is slow, wrong or loses replies."""

from datetime import UTC, datetime
from email.utils import format_datetime
from uuid import UUID

import pytest
import structlog

from core.domain.ports import AvailabilityStatus, BookingStatus, Contact, HoldRequest, OptionRef
from core.errors import ProviderRefused, ProviderUnavailable
from pipelines.sources.octo import transport
from pipelines.sources.octo.answers import price_of
from pipelines.sources.octo.client import OctoClient
from pipelines.sources.octo.errors import (
    HoldExpired,
    KeyRefused,
    NotCancellable,
    OctoMalformed,
    SoldOut,
    UnknownProduct,
)
from pipelines.sources.octo.schemas import TaxedPricing
from tests.pipelines.supplies import FIRST, LAST, price, product, sells, slot

UUID_ = UUID("11111111-1111-4111-8111-111111111111")
OPTION = OptionRef("tower", "DEFAULT")
HOLD = HoldRequest(UUID_, OPTION, slot(FIRST)["id"], ("adult", "adult"), expiration_minutes=30)
CONTACT = Contact("Ada Lovelace King", "ada@buyer.example", phone_number="+44 20 7946 0000")


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(transport, "_backoff", lambda _: 0)


@pytest.fixture
async def client(supplier):
    sells(supplier, product("tower"))
    async with OctoClient(supplier.connection) as octo:
        yield octo


def booking(status="ON_HOLD", **changes):
    ticket = {"redemptionMethod": "DIGITAL", "deliveryOptions": [{"deliveryFormat": "QRCODE", "deliveryValue": "T1"}]}
    item = {"uuid": "i", "unitId": "adult", "status": status, "ticket": None, "pricing": price(2000)}
    issued = {"ticket": ticket} if status == "CONFIRMED" else {}
    return {
        "id": "b1",
        "uuid": str(UUID_),
        "status": status,
        "supplierReference": "REF1",
        "utcExpiresAt": "2027-03-01T08:30:00Z",
        "productId": "tower",
        "optionId": "DEFAULT",
        "cancellable": True,
        "voucher": None,
        "unitItems": [item | issued, item | issued],
        "pricing": price(4000),
    } | changes


def once(first, then):
    """Answer one thing the first time and another ever after."""
    answers = iter([first])
    return lambda _: next(answers, then)


def refusal(code):
    return 400, {"error": code, "errorMessage": "no"}


LOST = (0, None)


async def test_it_asks_for_pricing_and_content_in_the_language_wanted(client, supplier):
    await client.catalogue("nl")
    _, _, headers = supplier.calls[-1]
    assert headers["Octo-Capabilities"] == "octo/pricing, octo/content"
    assert headers["Accept-Language"] == "nl"


async def test_slots_come_in_the_platform_s_words(client):
    first, *_ = await client.slots(OPTION, FIRST, LAST)
    assert (first.status, first.vacancies, first.starts_at.utcoffset().seconds) == (
        AvailabilityStatus.AVAILABLE,
        5,
        3600,
    )
    assert [(one.provider_unit_id, one.retail_minor) for one in first.prices] == [("adult", 2000), ("child", 1000)]


@pytest.mark.parametrize(
    ("taxes", "changes", "told"),
    [
        ([{"name": "VAT", "retail": 165, "original": 165, "net": 132}], {}, 132),
        ([{"name": "VAT", "retail": 165, "net": 132}, {"name": "City", "retail": 20, "net": 20}], {}, 152),
        ([{"name": "VAT", "retail": 165, "original": 165, "net": None}], {"net": None}, 165),
        ([{"name": "VAT", "retail": 165, "original": 165, "net": None}], {}, None),
        ([{"name": "VAT", "retail": 165, "net": 132}, {"name": "City", "retail": 20, "net": "much"}], {}, None),
        ([{"name": "VAT", "retail": 2, "net": 99_999}], {}, None),
        ([{"name": "VAT", "retail": 2, "net": -5}], {}, None),
        (["VAT"], {}, None),
        (None, {}, None),
        ([], {}, None),
    ],
    ids=["one", "two", "by commission", "untold", "one untold", "too much", "below zero", "no tax", "null", "none"],
)
def test_the_tax_within_what_we_owe_is_told_or_it_is_not(taxes, changes, told):
    sent = {key: value for key, value in price(2000, includedTaxes=taxes, **changes).items() if value is not None}
    assert price_of(TaxedPricing.model_validate(sent), None).tax_minor == told


async def test_a_server_of_the_older_dialect_lists_its_supplier(client, supplier):
    supplier.replies["GET /suppliers"] = (200, [supplier.replies.pop("GET /supplier")[1]])
    assert (await client.supplier()).name == "Scripted"


@pytest.mark.parametrize("trouble", [LOST, (500, {}), (503, {}), (429, {}), refusal("INTERNAL_SERVER_ERROR")])
async def test_a_read_is_tried_again(client, supplier, trouble):
    supplier.replies["POST /availability"] = once(trouble, (200, [slot(FIRST)]))
    assert len(await client.slots(OPTION, FIRST, LAST)) == 1


async def test_a_server_that_stays_down_is_unavailable(client, supplier):
    supplier.replies["POST /availability"] = (503, {})
    with pytest.raises(ProviderUnavailable, match="slots: 503"):
        await client.slots(OPTION, FIRST, LAST)
    assert supplier.asked("POST /availability") == 3


@pytest.mark.parametrize(
    ("reply", "error"),
    [(refusal("INVALID_PRODUCT_ID"), UnknownProduct), ((403, {}), KeyRefused), (refusal("NEW_CODE"), ProviderRefused)],
)
async def test_a_refusal_is_final(client, supplier, reply, error):
    supplier.replies["POST /availability"] = reply
    with pytest.raises(error):
        await client.slots(OPTION, FIRST, LAST)
    assert supplier.asked("POST /availability") == 1


@pytest.mark.parametrize("answer", [b"<!doctype html>", [{"id": "x"}], [slot(FIRST, available="yes")]])
async def test_an_answer_that_is_not_octo_is_not_believed(client, supplier, answer):
    supplier.replies["POST /availability"] = (200, answer)
    with pytest.raises(OctoMalformed):
        await client.slots(OPTION, FIRST, LAST)


async def test_a_reply_without_end_is_cut_off(client, supplier, monkeypatch):
    monkeypatch.setattr(transport, "MAX_RESPONSE_BYTES", 100)
    supplier.replies["POST /availability"] = (200, [slot(FIRST)])
    with pytest.raises(OctoMalformed, match="100 bytes"):
        await client.slots(OPTION, FIRST, LAST)


def test_retry_after_is_seconds_or_a_date():
    now = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
    assert transport._seconds("7", now) == 7  # noqa: SLF001 - a header is easier to check than a wait
    assert transport._seconds(format_datetime(now.replace(second=9), usegmt=True), now) == 9  # noqa: SLF001
    assert transport._seconds("soon", now) is None  # noqa: SLF001


async def test_a_lost_reservation_is_found_and_not_sent_again(client, supplier):
    supplier.replies["POST /bookings"] = LOST
    supplier.replies[f"GET /bookings/{UUID_}"] = (200, booking())
    held = await client.reserve(HOLD)
    assert (held.status, held.supplier_reference) == (BookingStatus.ON_HOLD, "REF1")
    assert supplier.asked("POST /bookings") == 1


async def test_a_reservation_that_never_arrived_is_sent_again(client, supplier):
    supplier.replies["POST /bookings"] = once(LOST, (200, booking()))
    supplier.replies[f"GET /bookings/{UUID_}"] = refusal("INVALID_BOOKING_UUID")
    assert (await client.reserve(HOLD)).booking_uuid == UUID_
    assert supplier.asked("POST /bookings") == 2


@pytest.mark.parametrize("answer", [(500, {}), refusal("INVALID_BOOKING_UUID"), refusal("UNPROCESSABLE_ENTITY")])
async def test_a_replayed_reservation_that_the_server_refuses_is_still_ours(client, supplier, answer):
    supplier.replies["POST /bookings"] = answer
    supplier.replies[f"GET /bookings/{UUID_}"] = (200, booking())
    assert (await client.reserve(HOLD)).status is BookingStatus.ON_HOLD


async def test_sold_out_is_sold_out(client, supplier):
    supplier.replies["POST /bookings"] = refusal("UNPROCESSABLE_ENTITY")
    supplier.replies[f"GET /bookings/{UUID_}"] = refusal("INVALID_BOOKING_UUID")
    with pytest.raises(SoldOut):
        await client.reserve(HOLD)
    assert await client.booking(UUID_) is None


async def test_a_lost_confirmation_is_found_with_its_tickets(client, supplier):
    supplier.replies[f"POST /bookings/{UUID_}/confirm"] = LOST
    supplier.replies[f"GET /bookings/{UUID_}"] = (200, booking("CONFIRMED"))
    sold = await client.confirm(UUID_, CONTACT, "ord_1")
    assert [ticket.value for ticket in sold.tickets] == ["T1", "T1"]
    assert sum(one.retail_minor for one in sold.prices) == 4000


async def test_a_lost_confirmation_that_did_not_arrive_is_sent_again(client, supplier):
    supplier.replies[f"POST /bookings/{UUID_}/confirm"] = once(LOST, (200, booking("CONFIRMED")))
    supplier.replies[f"GET /bookings/{UUID_}"] = (200, booking())
    assert (await client.confirm(UUID_, CONTACT, "ord_1")).status is BookingStatus.CONFIRMED


@pytest.mark.parametrize("status", ["EXPIRED", "ON_HOLD"])
async def test_confirming_a_hold_that_ended_says_so(client, supplier, status):
    supplier.replies[f"POST /bookings/{UUID_}/confirm"] = refusal("INVALID_BOOKING_UUID")
    supplier.replies[f"GET /bookings/{UUID_}"] = (200, booking(status))
    with pytest.raises(HoldExpired):
        await client.confirm(UUID_, CONTACT, "ord_1")


@pytest.mark.parametrize("status", ["CANCELLED", "EXPIRED"])
async def test_cancelling_twice_succeeds(client, supplier, status):
    supplier.replies[f"POST /bookings/{UUID_}/cancel"] = refusal("INVALID_BOOKING_UUID")
    supplier.replies[f"GET /bookings/{UUID_}"] = (200, booking(status))
    assert (await client.cancel(UUID_, "changed their mind")).status == status


async def test_cancelling_after_the_cutoff_says_so(client, supplier):
    supplier.replies[f"POST /bookings/{UUID_}/cancel"] = refusal("UNPROCESSABLE_ENTITY")
    supplier.replies[f"GET /bookings/{UUID_}"] = (200, booking("CONFIRMED", cancellable=False))
    with pytest.raises(NotCancellable):
        await client.cancel(UUID_, "changed their mind")


async def test_neither_the_key_nor_the_buyer_is_logged(client, supplier):
    supplier.replies[f"POST /bookings/{UUID_}/confirm"] = refusal("BAD_REQUEST")
    supplier.replies[f"GET /bookings/{UUID_}"] = (200, booking())
    with structlog.testing.capture_logs() as logs, pytest.raises(ProviderRefused) as refused:
        await client.confirm(UUID_, CONTACT, "ord_1")
    said = f"{logs} {refused.value}"
    assert [entry["operation"] for entry in logs] == ["confirm", "booking"]
    assert {"connection", "latency_ms", "status"} <= set(logs[0])
    for secret in ("key-of-a-test", "Lovelace", "ada@", "7946"):
        assert secret not in said
