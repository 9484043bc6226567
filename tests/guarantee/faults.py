"""What goes wrong around a sale, for a while: at the suppliers, at Stripe."""

from dataclasses import dataclass, field

from tests.fixtures.sandbox import SUPPLIERS, RunningSandbox

Switches = dict[str, object]

CALM_SUPPLIER: Switches = {
    "is_down": False,
    "latency_seconds": 0,
    "error_rate": 0,
    "lose_reply_after_success": False,
    "sold_out": False,
    "price_change_percent": 0,
    "lie": "",
}
CALM_STRIPE: Switches = {
    "is_down": False,
    "latency_seconds": 0,
    "error_rate": 0,
    "lose_reply_after_success": False,
    "decline_everything": False,
    "refunds_fail_after_seconds": 0,
    "webhooks": "",
}


@dataclass(frozen=True)
class Fault:
    """`frees_holds` is a supplier that lets go of what it promised to hold; `at` is who it is, else any."""

    name: str
    supplier: Switches = field(default_factory=dict)
    stripe: Switches = field(default_factory=dict)
    frees_holds: bool = False
    at: str | None = None


CALM = Fault("calm")
FAULTS = (
    Fault("a supplier's replies are lost", {"lose_reply_after_success": True}),
    Fault("Stripe's replies are lost", stripe={"lose_reply_after_success": True}),
    # Also refuses what it had not yet confirmed.
    Fault("sold out", {"sold_out": True}, at="meridian"),
    Fault("holds end before their time", frees_holds=True),
    Fault("a supplier is down", {"is_down": True}),
    Fault("refunds fail after they succeeded", {"sold_out": True}, {"refunds_fail_after_seconds": 3600}, True),
    Fault("webhooks never come", stripe={"webhooks": "never"}),
    Fault("the price rises after the hold", {"price_change_percent": 15}, frees_holds=True),
    Fault("Stripe is down", stripe={"is_down": True}),
    Fault("webhooks come twice, calls fail", {"error_rate": 0.4}, {"webhooks": "doubled", "error_rate": 0.4}),
    Fault("everything is slow", {"latency_seconds": 0.05}, {"latency_seconds": 0.05}),
    Fault("cards are declined, events are out of order", stripe={"decline_everything": True, "webhooks": "reordered"}),
    Fault("a supplier talks nonsense", {"lie": "not_json"}),
    Fault("nobody's replies arrive", {"lose_reply_after_success": True}, {"lose_reply_after_success": True}),
)


def break_out(sandbox: RunningSandbox, fault: Fault, at: str) -> None:
    """Everything as it should be, but for the fault, which is at one supplier."""
    for supplier in SUPPLIERS:
        sandbox.control(supplier, **(CALM_SUPPLIER | (fault.supplier if supplier == at else {})))
    sandbox.control("stripe", **(CALM_STRIPE | fault.stripe))
