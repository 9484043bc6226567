/* One row per bookable time to come, as it was when last read; a shop asks live before it sells. */
MODEL (
  name catalog.fct_slot,
  kind FULL,
  owner catalog,
  cron '*/15 * * * *',
  grain slot_id,
  audits (
    unique_values(columns := slot_id),
    not_null(columns := (slot_id, option_id, local_date, starts_at, ends_at, fetched_at)),
    option_is_known,
    availability_agrees_with_vacancies
  )
);

SELECT
  (
    'slt_' || SUBSTRING(p.product_id, 5, 16) || LEFT(MD5(s.provider_option_id || ':' || s.provider_availability_id), 16)
  )::TEXT AS slot_id,
  o.option_id::TEXT AS option_id,
  p.product_id::TEXT AS product_id,
  s.provider_availability_id::TEXT AS provider_availability_id, /* what the provider wants to hear when it is booked */
  s.local_date::DATE AS local_date, /* at the place */
  SUBSTRING(s.local_starts_at::TEXT, 12, 5)::TEXT AS local_start_time, /* HH:MM on the place's clock */
  SUBSTRING((
    s.local_starts_at + (
      s.ends_at - s.starts_at
    )
  )::TEXT, 12, 5)::TEXT AS local_end_time,
  s.starts_at::TIMESTAMPTZ AS starts_at,
  s.ends_at::TIMESTAMPTZ AS ends_at,
  s.is_all_day::BOOLEAN AS is_all_day,
  s.status::TEXT AS status, /* OCTO's: AVAILABLE, LIMITED, SOLD_OUT... */
  s.is_available::BOOLEAN AS is_available,
  s.vacancies::INT AS vacancies, /* NULL where the supplier gives no number */
  s.capacity::INT AS capacity,
  s.max_units::INT AS max_units,
  s.cutoff_at::TIMESTAMPTZ AS cutoff_at, /* bookable until */
  s.opens_at::TEXT AS opens_at,
  s.closes_at::TEXT AS closes_at,
  s.fetched_at::TIMESTAMPTZ AS fetched_at
FROM staging.stg_octo__slots AS s
JOIN catalog.dim_product AS p
  ON p.connection_id = s.connection_id
  AND p.provider_product_id = s.provider_product_id
JOIN catalog.dim_option AS o
  ON o.product_id = p.product_id AND o.provider_option_id = s.provider_option_id
