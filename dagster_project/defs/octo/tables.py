"""The tables each OCTO load writes, and what one row of them is."""

from pipelines.sources.octo import tables as octo

CATALOGUE = {
    octo.SUPPLIERS: "One row per connection: the supplier as it names itself.",
    octo.PRODUCTS: "One row per product and locale, with the payload it came in; one that is gone has deleted_at.",
    octo.OPTIONS: "One row per way to take a product, such as with or without a guide.",
    octo.UNITS: "One row per kind of visitor an option is sold to.",
    octo.LIST_PRICES: "One row per unit and currency: what the supplier asks from.",
    octo.LOCATIONS: "One row per place that a product names.",
    octo.FEATURES: "One row per inclusion, exclusion, rule or other remark on a product.",
    octo.MEDIA: "One row per picture or film of a product.",
    octo.CATALOGUE_READS: "One row per full read of a catalogue, with what it changed.",
}
CALENDAR = {
    octo.CALENDAR_DAYS: "One row per option and local day: whether it is open, and how many places are left.",
    octo.CALENDAR_PRICES: "One row per option, local day and unit: the lowest price of that day.",
}
SLOTS = {
    octo.SLOTS: "One row per bookable time; a day without one has no row.",
    octo.SLOT_PRICES: "One row per bookable time and unit.",
}
