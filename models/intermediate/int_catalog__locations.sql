/* Where each product admits to, and the city that place belongs to: the one it names, else the one that pulls most. */
MODEL (
  name intermediate.int_catalog__locations,
  kind FULL,
  owner catalog,
  cron '*/15 * * * *',
  grain product_id,
  audits (unique_values(columns := product_id), not_null(columns := product_id))
);

WITH main AS (
  SELECT
    l.product_id,
    l.title,
    l.local_name,
    l.latitude,
    l.longitude,
    l.street_address,
    @SLUG(l.locality) AS locality_key,
    UPPER(l.country) AS country_code,
    @SLUG(l.country) AS country_key,
    l.google_place_id,
    l.same_as,
    ROW_NUMBER() OVER (
      PARTITION BY l.product_id
      ORDER BY CASE
        WHEN l.types LIKE '%ADMISSION_INCLUDED%'
        THEN 0
        WHEN l.types LIKE '%POINT_OF_INTEREST%'
        THEN 1
        WHEN l.types LIKE '%START%'
        THEN 2
        ELSE 3
      END, l.ordinal
    ) AS preference
  FROM staging.stg_octo__locations AS l
), located AS (
  SELECT
    l.product_id,
    l.title,
    l.local_name,
    l.latitude,
    l.longitude,
    l.street_address,
    l.google_place_id,
    l.same_as,
    l.locality_key,
    c.country_code
  FROM main AS l
  LEFT JOIN staging.stg_geonames__countries AS c
    ON c.country_code = l.country_code OR c.slug = l.country_key
  WHERE
    l.preference = 1
), candidates AS (
  SELECT
    l.product_id,
    c.city_id,
    c.country_code,
    0 AS is_pulled,
    c.population::DOUBLE AS pull
  FROM located AS l
  JOIN intermediate.int_catalog__cities AS c
    ON c.name_key = l.locality_key AND c.country_code = l.country_code
  UNION ALL
  SELECT
    l.product_id,
    c.city_id,
    c.country_code,
    1 AS is_pulled,
    c.population / POWER(@DISTANCE_KM(l.latitude, l.longitude, c.latitude, c.longitude) + 1, 2) AS pull
  FROM located AS l
  JOIN intermediate.int_catalog__cities AS c
    ON c.latitude BETWEEN l.latitude - 0.4 AND l.latitude + 0.4 /* 0.4 degrees of latitude are 44 km */
    AND c.longitude BETWEEN l.longitude - 2 AND l.longitude + 2 /* at least 40 km up to 79 degrees north */
    AND @DISTANCE_KM(l.latitude, l.longitude, c.latitude, c.longitude) <= 40
), ranked AS (
  SELECT
    c.product_id,
    c.city_id,
    c.country_code,
    ROW_NUMBER() OVER (PARTITION BY c.product_id ORDER BY c.is_pulled, c.pull DESC, c.city_id) AS preference
  FROM candidates AS c
)
SELECT
  l.product_id::TEXT AS product_id,
  l.title::TEXT AS title,
  l.local_name::TEXT AS local_name, /* what people there call it; NULL where no supplier says */
  l.latitude::DOUBLE AS latitude,
  l.longitude::DOUBLE AS longitude,
  l.street_address::TEXT AS street_address,
  l.google_place_id::TEXT AS google_place_id,
  l.same_as::TEXT AS same_as,
  r.city_id::TEXT AS city_id, /* NULL where no city of that name and none within 40 km */
  COALESCE(r.country_code, l.country_code)::TEXT AS country_code
FROM located AS l
LEFT JOIN ranked AS r
  ON r.product_id = l.product_id AND r.preference = 1
