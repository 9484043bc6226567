/* Who stands behind each connection. */
MODEL (
  name staging.stg_octo__suppliers,
  kind VIEW,
  owner catalog,
  grain connection_id
);

SELECT
  s.connection_id::TEXT AS connection_id,
  NULLIF(TRIM(s.name), '')::TEXT AS supplier_name,
  s.fetched_at::TIMESTAMPTZ AS fetched_at
FROM octo.suppliers AS s
