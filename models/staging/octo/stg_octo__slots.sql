/* Bookable times to come, as last told: one that was moved to another day is only there. What has no id cannot be booked and is left out. */
MODEL (
  name staging.stg_octo__slots,
  kind VIEW,
  owner catalog,
  grain (connection_id, provider_product_id, provider_option_id, provider_availability_id)
);

SELECT
  c.connection_id::TEXT AS connection_id,
  c.provider_product_id::TEXT AS provider_product_id,
  c.provider_option_id::TEXT AS provider_option_id,
  c.local_date::DATE AS local_date, /* at the place */
  c.provider_availability_id::TEXT AS provider_availability_id,
  SUBSTRING(c.starts_at_local, 1, 19)::TIMESTAMP AS local_starts_at, /* the clock on the wall */
  c.starts_at::TIMESTAMPTZ AS starts_at,
  c.ends_at::TIMESTAMPTZ AS ends_at,
  COALESCE(c.is_all_day, FALSE)::BOOLEAN AS is_all_day,
  COALESCE(c.is_available, FALSE)::BOOLEAN AS is_available,
  COALESCE(c.status, 'CLOSED')::TEXT AS status,
  c.vacancies::INT AS vacancies, /* NULL where the supplier gives no number */
  c.capacity::INT AS capacity,
  c.max_units::INT AS max_units,
  c.cutoff_at::TIMESTAMPTZ AS cutoff_at, /* bookable until */
  c.opens_at::TEXT AS opens_at, /* HH:MM */
  c.closes_at::TEXT AS closes_at, /* HH:MM */
  c.fetched_at::TIMESTAMPTZ AS fetched_at
FROM octo.slots AS c
WHERE
  c.local_date >= CURRENT_DATE - 1 /* west of UTC it may still be yesterday */
  AND c.provider_availability_id <> ''
QUALIFY
  ROW_NUMBER() OVER (
    PARTITION BY c.connection_id, c.provider_product_id, c.provider_option_id, c.provider_availability_id
    ORDER BY c.fetched_at DESC, c.local_date DESC
  ) = 1
