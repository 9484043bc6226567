/* Units of the options sold today. */
MODEL (
  name staging.stg_octo__units,
  kind VIEW,
  owner catalog,
  grain unit_id
);

SELECT
  (
    'unt_' || SUBSTRING(p.product_id, 5, 16) || LEFT(MD5(c.provider_option_id || ':' || c.provider_unit_id), 12)
  )::TEXT AS unit_id,
  p.product_id::TEXT AS product_id,
  c.provider_option_id::TEXT AS provider_option_id,
  c.provider_unit_id::TEXT AS provider_unit_id,
  c.ordinal::INT AS ordinal,
  COALESCE(c.type, 'OTHER')::TEXT AS type, /* OCTO's: ADULT, CHILD... */
  COALESCE(NULLIF(TRIM(c.title), ''), c.internal_name, c.type)::TEXT AS title,
  c.min_age::INT AS min_age,
  c.max_age::INT AS max_age,
  c.min_quantity::INT AS min_quantity,
  c.max_quantity::INT AS max_quantity,
  c.pax_count::INT AS pax_count, /* people one ticket lets in */
  COALESCE(c.id_required, FALSE)::BOOLEAN AS id_required
FROM octo.units AS c
JOIN staging.stg_octo__products AS p
  ON @IS_CURRENT(c, p)
