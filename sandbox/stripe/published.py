"""What Stripe publishes about itself: version, limits and delays that the sandbox keeps to."""

# The version stripe-python 16.1 pins; a test compares the two.
API_VERSION = "2026-10-28.endive"
DOCUMENTATION = "https://docs.stripe.com"

MINUTE, HOUR, DAY = 60, 3_600, 86_400
SESSION_SECONDS_SHORTEST = 30 * MINUTE
SESSION_SECONDS_LONGEST = 24 * HOUR
# A card's authorisation is given back when nobody captures it.
AUTHORISATION_SECONDS = 7 * DAY
EVENT_SECONDS = 30 * DAY
KEY_SECONDS = 24 * HOUR
# A sale may be paid out from the third midnight on.
AVAILABLE_DAYS = 3
# Stripe doubles its waits over three days; a development server that was down an hour should still hear everything.
RETRY_SECONDS = (5, 30, 2 * MINUTE, 10 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, DAY, DAY)
