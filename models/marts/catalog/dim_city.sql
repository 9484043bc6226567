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
    l.city_id,
    COUNT(*) AS place_count,
    SUM(l.product_count) AS product_count
  FROM catalog.dim_place AS l
  WHERE
    NOT l.city_id IS NULL
  GROUP BY
    l.city_id
), covers AS (
  SELECT
    l.city_id,
    p.cover_media_id,
    ROW_NUMBER() OVER (PARTITION BY l.city_id ORDER BY p.popularity DESC, p.product_id) AS preference
  FROM intermediate.int_catalog__products AS p
  JOIN intermediate.int_catalog__places AS n
    ON n.product_id = p.product_id
  JOIN catalog.dim_place AS l
    ON l.place_id = n.place_id
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
