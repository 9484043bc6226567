"""Provider tables of the OCTO connections: catalogue, calendar days, slots."""
