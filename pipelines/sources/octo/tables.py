"""The raw tables of OCTO, dataset `octo`; rows.py and availability.py fill them, models/staging/octo reads them."""

from pipelines.raw_tables import DAY, DEGREES, FLAG, NUMBER, TEXT, TIME, RawTable

PRODUCT_KEY = ("connection_id", "provider_product_id", "locale")
DAY_KEY = ("connection_id", "provider_product_id", "provider_option_id", "local_date")

# A child row is current only while its content_hash is its product's: a product without media left has none to send
# that could replace the old ones.
CHILD = {
    "connection_id": TEXT,
    "provider_product_id": TEXT,
    "locale": TEXT,
    "content_hash": TEXT,
    "ordinal": NUMBER,
}
PRICE = {
    "currency": TEXT,
    "currency_precision": NUMBER,
    "original_minor": NUMBER,
    "retail_minor": NUMBER,
    "net_minor": NUMBER,
}
OPTION_DAY = {
    "connection_id": TEXT,
    "provider_product_id": TEXT,
    "provider_option_id": TEXT,
    "local_date": DAY,
}

SUPPLIERS = RawTable(
    "suppliers",
    {"connection_id": TEXT, "provider_supplier_id": TEXT, "name": TEXT, "website": TEXT, "fetched_at": TIME},
    key=("connection_id",),
)
CATALOGUE_READS = RawTable(
    "catalogue_reads",
    {
        "connection_id": TEXT,
        "locale": TEXT,
        "read_at": TIME,
        "product_count": NUMBER,
        "added": NUMBER,
        "changed": NUMBER,
        "deleted": NUMBER,
    },
    key=("connection_id", "locale", "read_at"),
)
PRODUCTS = RawTable(
    "products",
    {
        "connection_id": TEXT,
        "provider_product_id": TEXT,
        "locale": TEXT,
        "content_hash": TEXT,
        "payload": TEXT,
        "internal_name": TEXT,
        "reference": TEXT,
        "time_zone": TEXT,
        "availability_type": TEXT,
        "allow_freesale": FLAG,
        "instant_confirmation": FLAG,
        "instant_delivery": FLAG,
        "availability_required": FLAG,
        "delivery_formats": TEXT,
        "delivery_methods": TEXT,
        "redemption_method": TEXT,
        "title": TEXT,
        "short_description": TEXT,
        "description": TEXT,
        "default_currency": TEXT,
        "available_currencies": TEXT,
        "pricing_per": TEXT,
        "duration_minutes_from": NUMBER,
        "duration_minutes_to": NUMBER,
        "category_labels": TEXT,
        "fetched_at": TIME,
        "changed_at": TIME,
        "deleted_at": TIME,
    },
    key=PRODUCT_KEY,
)
OPTIONS = RawTable(
    "options",
    CHILD
    | {
        "provider_option_id": TEXT,
        "is_default": FLAG,
        "title": TEXT,
        "internal_name": TEXT,
        "reference": TEXT,
        "local_start_times": TEXT,
        "cancellation_cutoff": TEXT,
        "cancellation_cutoff_seconds": NUMBER,
        "min_units": NUMBER,
        "max_units": NUMBER,
        "required_contact_fields": TEXT,
    },
    key=(*PRODUCT_KEY, "provider_option_id"),
    parent_key=PRODUCT_KEY,
)
UNITS = RawTable(
    "units",
    CHILD
    | {
        "provider_option_id": TEXT,
        "provider_unit_id": TEXT,
        "type": TEXT,
        "title": TEXT,
        "internal_name": TEXT,
        "min_age": NUMBER,
        "max_age": NUMBER,
        "id_required": FLAG,
        "min_quantity": NUMBER,
        "max_quantity": NUMBER,
        "pax_count": NUMBER,
        "accompanied_by": TEXT,
    },
    key=(*PRODUCT_KEY, "provider_option_id", "provider_unit_id"),
    parent_key=PRODUCT_KEY,
)
LIST_PRICES = RawTable(
    "list_prices",
    CHILD | {"provider_option_id": TEXT, "provider_unit_id": TEXT} | PRICE,
    key=(*PRODUCT_KEY, "provider_option_id", "provider_unit_id", "currency"),
    parent_key=PRODUCT_KEY,
)
LOCATIONS = RawTable(
    "locations",
    CHILD
    | {
        "types": TEXT,
        "title": TEXT,
        "short_description": TEXT,
        "latitude": DEGREES,
        "longitude": DEGREES,
        "street_address": TEXT,
        "locality": TEXT,
        "region": TEXT,
        "postal_code": TEXT,
        "country": TEXT,
        "google_place_id": TEXT,
        "same_as": TEXT,
    },
    key=(*PRODUCT_KEY, "ordinal"),
    parent_key=PRODUCT_KEY,
)
FEATURES = RawTable(
    "features", CHILD | {"type": TEXT, "text": TEXT}, key=(*PRODUCT_KEY, "ordinal"), parent_key=PRODUCT_KEY
)
MEDIA = RawTable(
    "media",
    CHILD | {"src": TEXT, "type": TEXT, "rel": TEXT, "title": TEXT, "caption": TEXT, "copyright": TEXT},
    key=(*PRODUCT_KEY, "ordinal"),
    parent_key=PRODUCT_KEY,
)
CHILDREN = (OPTIONS, UNITS, LIST_PRICES, LOCATIONS, FEATURES, MEDIA)

CALENDAR_DAYS = RawTable(
    "calendar_days",
    OPTION_DAY
    | {
        "status": TEXT,
        "is_available": FLAG,
        "vacancies": NUMBER,
        "capacity": NUMBER,
        "opens_at": TEXT,
        "closes_at": TEXT,
        "fetched_at": TIME,
    },
    key=DAY_KEY,
)
CALENDAR_PRICES = RawTable(
    "calendar_prices",
    OPTION_DAY | {"provider_unit_id": TEXT} | PRICE | {"fetched_at": TIME},
    key=(*DAY_KEY, "provider_unit_id", "currency"),
)
SLOTS = RawTable(
    "slots",
    OPTION_DAY
    | {
        "provider_availability_id": TEXT,
        "starts_at_local": TEXT,
        "starts_at": TIME,
        "ends_at": TIME,
        "is_all_day": FLAG,
        "is_available": FLAG,
        "status": TEXT,
        "vacancies": NUMBER,
        "capacity": NUMBER,
        "max_units": NUMBER,
        "cutoff_at": TIME,
        "opens_at": TEXT,
        "closes_at": TEXT,
        "fetched_at": TIME,
    },
    key=(*DAY_KEY, "provider_availability_id"),
)
SLOT_PRICES = RawTable(
    "slot_prices",
    OPTION_DAY | {"provider_availability_id": TEXT, "provider_unit_id": TEXT} | PRICE | {"fetched_at": TIME},
    key=(*DAY_KEY, "provider_availability_id", "provider_unit_id", "currency"),
)
