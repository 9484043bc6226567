/* One row per connection that was ever read: who it is, and how old each kind of fact is. */
MODEL (
  name catalog.dim_connection,
  kind FULL,
  owner catalog,
  cron '*/15 * * * *',
  grain connection_id,
  audits (
    unique_values(columns := connection_id),
    not_null(columns := (connection_id, provider))
  )
);

WITH read_at AS (
  SELECT
    s.connection_id,
    s.supplier_name,
    NULL::TIMESTAMPTZ AS catalogue_read_at,
    NULL::TIMESTAMPTZ AS days_read_at,
    NULL::TIMESTAMPTZ AS slots_read_at
  FROM staging.stg_octo__suppliers AS s
  UNION ALL
  SELECT
    r.connection_id,
    NULL::TEXT AS supplier_name,
    r.catalogue_read_at,
    NULL::TIMESTAMPTZ AS days_read_at,
    NULL::TIMESTAMPTZ AS slots_read_at
  FROM staging.stg_octo__catalogue_reads AS r
  UNION ALL
  SELECT
    d.connection_id,
    NULL::TEXT AS supplier_name,
    NULL::TIMESTAMPTZ AS catalogue_read_at,
    MAX(d.fetched_at) AS days_read_at,
    NULL::TIMESTAMPTZ AS slots_read_at
  FROM staging.stg_octo__calendar_days AS d
  GROUP BY
    d.connection_id
  UNION ALL
  SELECT
    s.connection_id,
    NULL::TEXT AS supplier_name,
    NULL::TIMESTAMPTZ AS catalogue_read_at,
    NULL::TIMESTAMPTZ AS days_read_at,
    MAX(s.fetched_at) AS slots_read_at
  FROM staging.stg_octo__slots AS s
  GROUP BY
    s.connection_id
)
SELECT
  r.connection_id::TEXT AS connection_id,
  'octo'::TEXT AS provider,
  MAX(r.supplier_name)::TEXT AS supplier_name,
  MAX(r.catalogue_read_at)::TIMESTAMPTZ AS catalogue_read_at, /* of the last full read */
  MAX(r.days_read_at)::TIMESTAMPTZ AS days_read_at,
  MAX(r.slots_read_at)::TIMESTAMPTZ AS slots_read_at
FROM read_at AS r
GROUP BY
  r.connection_id
