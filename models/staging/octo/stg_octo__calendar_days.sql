/* Days to come of each option, as last told. */
MODEL (
  name staging.stg_octo__calendar_days,
  kind VIEW,
  owner catalog,
  grain (connection_id, provider_product_id, provider_option_id, local_date)
);

SELECT
  c.connection_id::TEXT AS connection_id,
  c.provider_product_id::TEXT AS provider_product_id,
  c.provider_option_id::TEXT AS provider_option_id,
  c.local_date::DATE AS local_date, /* at the place */
  COALESCE(c.status, 'CLOSED')::TEXT AS status,
  COALESCE(c.is_available, FALSE)::BOOLEAN AS is_available,
  c.vacancies::INT AS vacancies, /* NULL where the supplier gives no number */
  c.capacity::INT AS capacity,
  c.opens_at::TEXT AS opens_at, /* HH:MM */
  c.closes_at::TEXT AS closes_at, /* HH:MM */
  c.fetched_at::TIMESTAMPTZ AS fetched_at
FROM octo.calendar_days AS c
WHERE
  c.local_date >= CURRENT_DATE - 1 /* west of UTC it may still be yesterday */
