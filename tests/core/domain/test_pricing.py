"""The offer a price rule makes, and the limits that no rule gets past."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.money import Money
from core.domain.pricing import (
    Discount,
    FeeTerms,
    FixedPrice,
    Free,
    FullPrice,
    ListedPrice,
    Markup,
    PriceRules,
    offer,
)

TERMS = FeeTerms(platform_fee_bps=300, payment_fee_bps=200)
CURRENCIES = {0: "JPY", 2: "EUR", 3: "KWD"}


def euros(minor: int) -> Money:
    return Money(minor, "EUR")


def listed(retail: int, net: int | None = None, *, original: int | None = None, is_fixed: bool = False) -> ListedPrice:
    told = euros(net) if net is not None else None
    return ListedPrice(euros(retail if original is None else original), euros(retail), told, is_retail_fixed=is_fixed)


minors = st.integers(0, 10**9)
fees = st.builds(FeeTerms, st.integers(0, 10_000), st.integers(0, 10_000))


@st.composite
def cases(draw):
    """A price and a rule, mostly of one currency."""
    precision = draw(st.sampled_from(sorted(CURRENCIES)))
    amounts = minors.map(lambda minor: Money(minor, CURRENCIES[precision], precision))
    price = ListedPrice(draw(amounts), draw(amounts), draw(st.none() | amounts), None, draw(st.booleans()))
    return price, draw(rules(precision))


def rules(precision: int):
    currency = st.sampled_from([CURRENCIES[precision]] * 4 + ["CZK"])
    amounts = st.builds(Money, st.integers(1, 10**9), currency, st.just(precision))
    return st.one_of(
        st.just(FullPrice()),
        st.just(Free()),
        st.builds(Markup, bps=st.integers(1, 50_000)),
        st.builds(Markup, amount=amounts),
        st.builds(Discount, bps=st.integers(1, 10_000)),
        st.builds(Discount, amount=amounts),
        st.builds(FixedPrice, amounts),
    )


@given(cases(), fees)
def test_every_unit_of_an_offer_is_somebodys_and_nobody_owes_a_negative_amount(case, terms):
    price, rule = case
    made = offer(price, rule, terms)
    costs = made.net + made.platform_fee + made.payment_fee
    assert made.asked + made.sponsored == costs + made.commission
    amounts = (made.asked, made.net, made.commission, made.platform_fee, made.payment_fee, made.sponsored)
    assert min(amount.minor for amount in (*amounts, made.discount, made.tax)) >= 0


@given(cases(), fees)
def test_a_shop_never_sells_at_a_loss_unless_the_reseller_sponsors_it(case, terms):
    price, rule = case
    made = offer(price, rule, terms)
    floor = made.net + made.platform_fee + made.payment_fee
    if isinstance(rule, Free):
        assert made.is_free
        assert (made.sponsored, made.commission.minor) == (floor, 0)
    else:
        assert floor <= made.asked
        assert made.sponsored.minor == 0


@given(cases(), fees)
def test_fees_never_lift_a_price_above_retail(case, terms):
    price, _ = case
    made = offer(price, FullPrice(), terms)
    assert made.asked == max(made.retail, made.net)


@given(cases(), fees)
def test_where_the_supplier_fixes_the_price_only_free_tickets_differ_from_it(case, terms):
    price, rule = case
    fixed = replace(price, is_retail_fixed=True)
    assert offer(fixed, rule, terms) == offer(fixed, rule if isinstance(rule, Free) else FullPrice(), terms)


@given(cases(), fees, minors)
def test_a_dearer_ticket_is_never_asked_less_for(case, terms, more):
    price, rule = case
    net = price.net or price.retail
    dearer = replace(price, retail=replace(price.retail, minor=price.retail.minor + more), net=net)
    assert offer(replace(price, net=net), rule, terms).asked <= offer(dearer, rule, terms).asked


@given(cases(), fees, st.integers(0, 1_000))
def test_several_tickets_are_so_many_times_one(case, terms, quantity):
    price, rule = case
    one = offer(price, rule, terms)
    many = one.times(quantity)
    assert many.asked == one.asked * quantity
    assert many.discount == one.discount * quantity
    costs = many.net + many.platform_fee + many.payment_fee
    assert many.asked + many.sponsored == costs + many.commission


@pytest.mark.parametrize(
    ("rule", "asked", "commission"),
    [
        (FullPrice(), 2000, 400),
        (Markup(bps=500), 2100, 500),
        (Markup(amount=euros(250)), 2250, 650),
        (Discount(bps=1000), 1800, 200),
        (Discount(amount=euros(150)), 1850, 250),
        (FixedPrice(euros(1999)), 1999, 399),
        (Discount(bps=9000), 1600, 0),
        (FixedPrice(euros(1)), 1600, 0),
    ],
)
def test_a_rule_asks_what_it_says_down_to_the_floor(rule, asked, commission):
    made = offer(listed(2000, 1500), rule, TERMS)
    assert (made.asked.minor, made.commission.minor) == (asked, commission)
    assert (made.platform_fee.minor, made.payment_fee.minor) == (60, 40)


def test_a_free_ticket_is_paid_by_the_reseller_without_a_payment_fee():
    made = offer(listed(2000, 1500), Free(), TERMS)
    assert (made.asked.minor, made.sponsored.minor, made.payment_fee.minor) == (0, 1560, 0)
    assert made.discount == euros(2000)


def test_what_the_supplier_gives_away_stays_free():
    for rule in (FullPrice(), Markup(amount=euros(100)), FixedPrice(euros(1500)), Discount(amount=euros(1)), Free()):
        assert offer(listed(0, 0), rule, TERMS).is_free


def test_nothing_is_earned_where_the_supplier_does_not_tell_its_net():
    made = offer(listed(2000), FullPrice(), TERMS)
    assert (made.net, made.commission.minor, made.platform_fee.minor, made.payment_fee.minor) == (euros(2000), 0, 0, 0)
    assert offer(listed(2000), Discount(bps=1000), TERMS).asked == euros(2000)


def test_fees_shrink_to_what_is_left_above_net():
    made = offer(listed(2000, 1950), FullPrice(), TERMS)
    assert (made.payment_fee.minor, made.platform_fee.minor, made.commission.minor) == (40, 10, 0)


def test_an_amount_of_another_currency_changes_nothing():
    for rule in (Markup(amount=Money(100, "CZK")), Discount(amount=Money(100, "EUR", 3)), FixedPrice(Money(1, "GBP"))):
        assert offer(listed(2000, 1500), rule, TERMS).asked == euros(2000)


def test_a_discount_is_told_only_where_less_than_the_list_price_is_asked():
    assert offer(listed(2250, 1900, original=2500), FullPrice(), TERMS).discount == euros(250)
    assert offer(listed(2000, 1500), Markup(bps=100), TERMS).discount == euros(0)
    assert not offer(listed(2100, original=2000), FullPrice(), TERMS).has_discount


def test_tax_is_told_as_the_supplier_tells_it():
    assert offer(replace(listed(2000, 1500), tax=euros(124)), FullPrice(), TERMS).tax == euros(124)
    assert offer(listed(2000, 1500), FullPrice(), TERMS).tax == euros(0)


def test_the_most_specific_rule_decides():
    rules = PriceRules(Discount(bps=1000), {"cty_1": Free()}, {"prd_1": FullPrice()})
    assert rules.rule_for(city_id="cty_1", product_id="prd_1") == FullPrice()
    assert rules.rule_for(city_id="cty_1", product_id="prd_2") == Free()
    assert rules.rule_for(city_id="cty_2", product_id="prd_2") == Discount(bps=1000)
    assert rules.rule_for(city_id=None, product_id="prd_2") == Discount(bps=1000)
    assert PriceRules().rule_for(city_id="cty_1", product_id="prd_1") == FullPrice()


@pytest.mark.parametrize(
    "make",
    [
        Markup,
        lambda: Markup(bps=100, amount=euros(100)),
        lambda: Markup(bps=0),
        lambda: Discount(amount=euros(-1)),
        lambda: Discount(bps=10_001),
        lambda: FixedPrice(euros(0)),
    ],
)
def test_a_rule_that_says_nothing_or_too_much_cannot_be_made(make):
    with pytest.raises(ValueError, match=r"price|discount"):
        make()
