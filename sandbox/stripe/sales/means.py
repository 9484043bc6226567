"""What a payment was made with, in Stripe's words. Card, bank, buyer -> PaymentMethod, details of a charge"""

from dataclasses import dataclass

from sandbox.stripe.account import Account
from sandbox.stripe.objects.base import Json
from sandbox.stripe.objects.payment import NO_ADDRESS, PaymentMethod
from sandbox.stripe.sales.cards import Card

BANK: Json = {"bank": "rabobank", "bic": "RABONL2U"}
CHECKS: Json = {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"}
# What a card has as a payment method alone.
OF_A_METHOD = ("display_brand", "generated_from", "networks", "three_d_secure_usage")
EXPIRES: Json = {"exp_month": 12, "exp_year": 2034}


@dataclass(frozen=True)
class Buyer:
    email: str
    name: str | None = None

    @property
    def billing_details(self) -> Json:
        return {"address": NO_ADDRESS, "email": self.email, "name": self.name, "phone": None, "tax_id": None}

    @property
    def customer_details(self) -> Json:
        return {
            "address": NO_ADDRESS,
            "business_name": None,
            "email": self.email,
            "individual_name": None,
            "name": self.name,
            "phone": None,
            "tax_exempt": "none",
            "tax_ids": [],
        }


def keep_card(account: Account, card: Card, buyer: Buyer) -> PaymentMethod:
    return _keep(account, buyer, "card", _card(account, card))


def keep_ideal(account: Account, buyer: Buyer) -> PaymentMethod:
    return _keep(account, buyer, "ideal", BANK)


def details(means: PaymentMethod) -> Json:
    """`payment_method_details` of a charge."""
    if means.type == "ideal":
        account_of_payer = {"iban_last4": "5264", "verified_name": means.billing_details["name"]}
        return {"ideal": {**BANK, **account_of_payer}, "type": "ideal"}
    known = {name: value for name, value in (means.card or {}).items() if name not in OF_A_METHOD}
    of_a_charge = {"installments": None, "mandate": None, "network": known["brand"], "three_d_secure": None}
    return {"card": {**known, **of_a_charge}, "type": "card"}


def _card(account: Account, card: Card) -> Json:
    return {
        "brand": card.brand,
        "checks": CHECKS,
        "country": "NL",
        "display_brand": card.brand,
        **EXPIRES,
        "fingerprint": f"{account.seed:04d}{card.number[-12:]}",
        "funding": "credit",
        "generated_from": None,
        "last4": card.last4,
        "networks": {"available": [card.brand], "preferred": None},
        "regulated_status": "unregulated",
        "three_d_secure_usage": {"supported": True},
        "wallet": None,
    }


def _keep(account: Account, buyer: Buyer, kind: str, about: Json) -> PaymentMethod:
    means = PaymentMethod(
        id=account.new_id("pm"),
        created=account.now(),
        billing_details=buyer.billing_details,
        card=about if kind == "card" else None,
        ideal=about if kind == "ideal" else None,
        type=kind,
    )
    account.store.put(means)
    return means
