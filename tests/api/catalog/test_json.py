"""The catalogue as programs read it."""

import pytest
from openapi_core import OpenAPI


async def test_a_list_of_products_is_paged_and_priced(visitor):
    page = (await visitor.get("/v1/shops/canal-house/products?city=amsterdam&sort=price&page=2")).json()
    assert (page["total"], page["page"], page["page_count"]) == (30, 2, 2)
    assert len(page["items"]) == 6
    price = page["items"][0]["from_price"]
    assert price == {"offer_minor": 1025, "original_minor": 1925, "currency": "EUR", "currency_precision": 2}


async def test_a_product_has_its_options_units_and_texts(visitor):
    product = (await visitor.get("/v1/shops/canal-house/products/prd_30")).json()
    assert product["options"][0]["units"][0]["type"] == "ADULT"
    assert product["features"] == [{"type": "INCLUSION", "text": "Entry & a map"}]
    assert product["categories"] == ["museums", "skip-line"]


async def test_a_calendar_has_a_state_and_a_price_for_each_day_known(visitor, world):
    answer = await visitor.get(f"/v1/shops/canal-house/products/prd_2/calendar?from={world.day}&to={world.day}")
    (day,) = answer.json()
    assert (day["day"], day["state"], day["from_price"]["offer_minor"]) == (world.day.isoformat(), "available", 1950)


@pytest.mark.parametrize(
    "malformed", ["products?page=0", "products?sort=colour", "products/prd_2/calendar?from=soon&to=later", "places"]
)
async def test_only_a_malformed_request_is_answered_422(visitor, malformed):
    answer = await visitor.get(f"/v1/shops/canal-house/{malformed}", 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/malformed-request"


async def test_an_error_is_a_problem_document_with_the_id_of_its_request(visitor):
    answer = await visitor.get("/v1/shops/nobody", 404, x_request_id="my-own-request-id")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "/problems/shop-not-found",
        "title": "There is no shop at this address",
        "status": 404,
        "detail": "No shop is called nobody.",
        "request_id": "my-own-request-id",
    }


async def test_the_contract_is_valid_openapi_and_documents_its_errors(visitor):
    document = (await visitor.get("/v1/openapi.json")).json()
    OpenAPI.from_dict(document)
    operations = [
        operation
        for path, item in document["paths"].items()
        if path.startswith("/v1/shops")
        for operation in item.values()
    ]
    assert len(operations) > 10
    for operation in operations:
        assert operation["summary"]
        assert {"404", "422", "503"} <= operation["responses"].keys()
        assert "application/problem+json" in operation["responses"]["422"]["content"]
