"""Constants of the OCTO connector; what differs between connections is in core.settings.ConnectionSettings."""

SOURCE = "octo"

CAPABILITIES = ("octo/pricing", "octo/content")

# A provider that is slower than this is down to us: a buyer waits behind some of these calls.
CONNECT_TIMEOUT_SECONDS = 5.0
READ_TIMEOUT_SECONDS = 20.0
# A server that drips resets the timeout above with each byte.
CALL_TIMEOUT_SECONDS = 60.0

# OCTO names no limit; eight at once kept every server we know of below its own.
MAX_CALLS_AT_ONCE = 8

ATTEMPTS = 3
FIRST_WAIT_SECONDS = 0.25
LONGEST_WAIT_SECONDS = 10.0

# The largest catalogue seen is 20 MB; more than this is a mistake or an attack.
MAX_RESPONSE_BYTES = 64 * 1024 * 1024

# A full read that lost more of the known products than this is taken for a truncated one.
LARGEST_DROP = 0.3
# So many may well close for all the days asked about.
FEW_PRODUCTS = 3

# Part of every content hash: raise it when rows.py maps a payload differently, and all products load again.
MAPPING_VERSION = 1
