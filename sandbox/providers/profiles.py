"""The character of each supplier, as numbers: what it sells, on which terms, how long it holds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SupplierProfile:
    """Shares are percents of the products they could apply to."""

    code: str
    name: str
    short_description: str
    default_hold_minutes: int
    longest_hold_minutes: int
    commission_bps: tuple[int, int]
    commission_only_share: int
    combination_share: int
    takes_euro: bool
    has_option_per_language: bool
    sells_private: bool
    has_plain_ids: bool
    confirmation_delay_seconds: int


CANAL = SupplierProfile(
    code="canal",
    name="Canal Tickets",
    short_description="Entry tickets and boat tours, straight from the front desk of the places that sell them.",
    default_hold_minutes=30,
    longest_hold_minutes=60,
    commission_bps=(1500, 2500),
    commission_only_share=0,
    combination_share=16,
    takes_euro=False,
    has_option_per_language=False,
    sells_private=False,
    has_plain_ids=True,
    confirmation_delay_seconds=0,
)

MERIDIAN = SupplierProfile(
    code="meridian",
    name="Meridian Experiences",
    short_description="Guides, skippers and small groups: the slower way to see a city.",
    default_hold_minutes=20,
    longest_hold_minutes=30,
    commission_bps=(2000, 3000),
    commission_only_share=34,
    combination_share=0,
    takes_euro=True,
    has_option_per_language=True,
    sells_private=True,
    has_plain_ids=False,
    confirmation_delay_seconds=20,
)

PROFILES = {profile.code: profile for profile in (CANAL, MERIDIAN)}
