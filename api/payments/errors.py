"""What Stripe can tell us, as errors.

PaymentError
├── PaymentsNotSetUp      no key or no webhook secret is set on this machine
├── StripeUnavailable     no usable answer: what was asked may have happened, so ask again with the same key
│   └── StripeMalformed   an answer that is not Stripe's: no JSON, a missing field, an unknown status
├── StripeRefused         an answer that will stay the same
│   └── AmountRefused     an amount that Stripe cannot take; nothing was sent
└── SignatureRefused      a webhook that Stripe did not sign, or long ago
"""

from api.errors import BadRequest, Unavailable
from core.errors import PaymentError


class PaymentsNotSetUp(PaymentError, Unavailable):
    """A setting without which nothing can be paid; its name is in the text."""


class StripeUnavailable(PaymentError):
    """No usable answer came. The same call with the same key may be repeated, and does nothing twice."""


class StripeMalformed(StripeUnavailable):
    """Stripe answered something that we do not understand; trying again at once does not help."""


class StripeRefused(PaymentError):
    """Stripe understood and said no. `code` is its word for why (`charge_already_refunded`), where it has one."""

    def __init__(self, message: str, code: str | None = None) -> None:
        super().__init__(message)
        self.code = code


class AmountRefused(StripeRefused):
    """Stripe takes no such amount of this currency."""


class SignatureRefused(PaymentError, BadRequest):
    """The body is not an event that Stripe signed lately."""

    title = "This is not from Stripe"
