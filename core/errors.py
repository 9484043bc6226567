"""The tree of errors that callers may catch.

PlatformError
├── SettingsError      a setting is missing, malformed or a placeholder in production
├── ProviderError      a ticket provider refused, failed or answered nonsense (pipelines.sources.<provider>.errors)
│   ├── ProviderUnavailable   no usable answer: down, slow, over its limits; trying later may help
│   └── ProviderRefused       an answer that will stay the same: unknown product, bad key
│       ├── NoPlacesLeft         not enough places, or the sale has closed
│       ├── HoldEnded            the hold was over before the call came
│       └── CancellationRefused  too late to cancel
├── CatalogueError     a load, build or publish that must not reach a shop
├── DatabaseError      PostgreSQL cannot be started or reached
├── TenantError        a reseller or shop that does not exist, or is not the caller's
├── CheckoutError      a sale that cannot go on as asked
└── PaymentError       Stripe refused, failed or answered nonsense
"""


class PlatformError(Exception):
    """Root of every error the platform raises on purpose; its text is fit for the person who runs it."""


class SettingsError(PlatformError):
    """A setting is missing, malformed, or a placeholder in production."""


class ProviderError(PlatformError):
    """A ticket provider refused, failed or answered nonsense."""


class ProviderUnavailable(ProviderError):
    """No usable answer came; the same call may succeed later."""


class ProviderRefused(ProviderError):
    """The provider answered, and will answer the same again."""


class NoPlacesLeft(ProviderRefused):
    """Not enough places are left, or the slot's sale has closed."""


class HoldEnded(ProviderRefused):
    """The hold was over before it was confirmed or extended."""


class CancellationRefused(ProviderRefused):
    """The booking cannot be cancelled any more."""


class CatalogueError(PlatformError):
    """A load, build or publish that must not reach a shop."""


class DatabaseError(PlatformError):
    """PostgreSQL cannot be started or reached."""


class TenantError(PlatformError):
    """A reseller or shop that does not exist, or is not the caller's."""


class CheckoutError(PlatformError):
    """A sale that cannot go on as asked."""


class PaymentError(PlatformError):
    """Stripe refused, failed or answered nonsense."""
