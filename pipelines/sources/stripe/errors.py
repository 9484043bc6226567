"""What Stripe can tell a load, as errors. None of them quotes what Stripe said, which may name a person.

StripeError
├── StripeUnavailable  no usable answer; the same load may succeed later
├── StripeRefused      an answer that will stay the same, such as to a wrong key
└── StripeMalformed    an answer that is not what Stripe promises
"""

from core.errors import PaymentError


class StripeError(PaymentError):
    """Root of the connector's errors."""


class StripeUnavailable(StripeError):
    """No usable answer; the same load may succeed later."""


class StripeRefused(StripeError):
    """Stripe understood and said no."""


class StripeMalformed(StripeError):
    """An answer that is not what Stripe promises."""
