/* Everything calculated about a product: what it costs, how it is cancelled, what it looks like, how sought after it is. */
MODEL (
  name intermediate.int_catalog__products,
  kind FULL,
  owner catalog,
  cron '*/15 * * * *',
  grain product_id,
  audits (unique_values(columns := product_id), not_null(columns := product_id))
);

WITH cancellation AS (
  SELECT
    o.product_id,
    CASE
      WHEN COUNT(*) = COUNT(o.cancellation_cutoff_seconds)
      THEN MAX(o.cancellation_cutoff_seconds)
    END AS cutoff_seconds
  FROM staging.stg_octo__options AS o
  GROUP BY
    o.product_id
), pictures AS (
  SELECT
    m.product_id,
    m.media_id,
    ROW_NUMBER() OVER (
      PARTITION BY m.product_id
      ORDER BY CASE WHEN m.rel = 'COVER' THEN 0 ELSE 1 END, m.ordinal, m.media_id
    ) AS preference
  FROM staging.stg_octo__media AS m
  WHERE
    m.type LIKE 'image/%' AND COALESCE(m.rel, 'GALLERY') <> 'LOGO'
), demand AS (
  SELECT
    d.connection_id,
    d.provider_product_id,
    SUM(GREATEST(d.capacity - d.vacancies, 0)) AS sold_count
  FROM staging.stg_octo__calendar_days AS d
  WHERE
    d.local_date < CURRENT_DATE + 30
  GROUP BY
    d.connection_id,
    d.provider_product_id
)
SELECT
  p.product_id::TEXT AS product_id,
  f.currency::TEXT AS currency,
  f.currency_precision::INT AS currency_precision,
  f.original_minor::BIGINT AS from_original_minor,
  f.retail_minor::BIGINT AS from_retail_minor,
  f.net_minor::BIGINT AS from_net_minor,
  c.cutoff_seconds::BIGINT AS cancellation_cutoff_seconds, /* the strictest option's; NULL if any cannot be cancelled */
  i.media_id::TEXT AS cover_media_id,
  COALESCE(d.sold_count, 0)::INT AS popularity, /* tickets already gone for the next 30 days */
  GREATEST(p.fetched_at, r.catalogue_read_at)::TIMESTAMPTZ AS fetched_at /* a full read confirms what it did not change */
FROM staging.stg_octo__products AS p
LEFT JOIN intermediate.int_catalog__from_prices AS f
  ON f.product_id = p.product_id
LEFT JOIN cancellation AS c
  ON c.product_id = p.product_id
LEFT JOIN pictures AS i
  ON i.product_id = p.product_id AND i.preference = 1
LEFT JOIN demand AS d
  ON d.connection_id = p.connection_id
  AND d.provider_product_id = p.provider_product_id
LEFT JOIN staging.stg_octo__catalogue_reads AS r
  ON r.connection_id = p.connection_id
