/* One row per city with something on sale. */
MODEL (
  name catalog.dim_city,
  kind FULL,
  owner catalog,
  cron '*/15 * * * *',
  grain city_id,
  audits (
    unique_values(columns := (city_id, slug)),
    not_null(columns := (city_id, slug, name, country_code, time_zone))
  )
);

WITH counts AS (
  SELECT
    p.city_id,
    COUNT(DISTINCT p.place_id) AS place_count,
    COUNT(*) AS product_count
  FROM catalog.dim_product AS p
  WHERE
    NOT p.city_id IS NULL
  GROUP BY
    p.city_id
), covers AS (
  SELECT
    p.city_id,
    p.cover_media_id,
    ROW_NUMBER() OVER (PARTITION BY p.city_id ORDER BY p.popularity DESC, p.product_id) AS preference
  FROM catalog.dim_product AS p
  WHERE
    NOT p.cover_media_id IS NULL
)
SELECT
  c.city_id::TEXT AS city_id,
  c.slug::TEXT AS slug,
  c.country_code::TEXT AS country_code,
  c.name::TEXT AS name,
  c.latitude::DOUBLE AS latitude,
  c.longitude::DOUBLE AS longitude,
  c.time_zone::TEXT AS time_zone, /* IANA */
  c.population::BIGINT AS population,
  n.place_count::INT AS place_count,
  n.product_count::INT AS product_count,
  v.cover_media_id::TEXT AS cover_media_id /* of its most popular product */
FROM counts AS n
JOIN intermediate.int_catalog__cities AS c
  ON c.city_id = n.city_id
LEFT JOIN covers AS v
  ON v.city_id = n.city_id AND v.preference = 1
