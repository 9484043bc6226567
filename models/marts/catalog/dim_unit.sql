/* One row per kind of ticket of an option. */
MODEL (
  name catalog.dim_unit,
  kind FULL,
  owner catalog,
  cron '*/15 * * * *',
  grain unit_id,
  audits (
    unique_values(columns := unit_id),
    not_null(columns := (unit_id, option_id, type)),
    option_is_known
  )
);

SELECT
  u.unit_id::TEXT AS unit_id,
  o.option_id::TEXT AS option_id,
  u.product_id::TEXT AS product_id,
  u.provider_unit_id::TEXT AS provider_unit_id,
  u.ordinal::INT AS ordinal,
  u.type::TEXT AS type, /* OCTO's: ADULT, CHILD... */
  u.title::TEXT AS title,
  u.min_age::INT AS min_age,
  u.max_age::INT AS max_age,
  u.min_quantity::INT AS min_quantity,
  u.max_quantity::INT AS max_quantity,
  u.pax_count::INT AS pax_count, /* people one ticket lets in */
  u.id_required::BOOLEAN AS id_required
FROM staging.stg_octo__units AS u
JOIN catalog.dim_option AS o
  ON o.product_id = u.product_id AND o.provider_option_id = u.provider_option_id
