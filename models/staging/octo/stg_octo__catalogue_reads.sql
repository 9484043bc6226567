/* When each connection's whole catalogue was last read. */
MODEL (
  name staging.stg_octo__catalogue_reads,
  kind VIEW,
  owner catalog,
  grain connection_id
);

SELECT
  r.connection_id::TEXT AS connection_id,
  MAX(r.read_at)::TIMESTAMPTZ AS catalogue_read_at
FROM octo.catalogue_reads AS r
GROUP BY
  r.connection_id
