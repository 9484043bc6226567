/* Every city of the world that a place may belong to, with its address in a shop. */
MODEL (
  name intermediate.int_catalog__cities,
  kind FULL,
  owner catalog,
  cron '*/15 * * * *',
  grain city_id,
  audits (unique_values(columns := (city_id, slug)), not_null(columns := (city_id, slug)))
);

WITH ranked AS (
  SELECT
    c.geoname_id,
    c.name,
    c.name_key,
    c.country_code,
    c.latitude,
    c.longitude,
    c.population,
    c.time_zone,
    ROW_NUMBER() OVER (PARTITION BY c.name_key ORDER BY c.population DESC, c.geoname_id) AS world_rank,
    ROW_NUMBER() OVER (PARTITION BY c.name_key, c.country_code ORDER BY c.population DESC, c.geoname_id) AS country_rank
  FROM staging.stg_geonames__cities AS c
)
SELECT
  (
    'cty_' || c.geoname_id::TEXT
  )::TEXT AS city_id,
  CASE
    WHEN c.name_key = ''
    THEN LOWER(c.country_code) || '-' || c.geoname_id::TEXT
    WHEN c.world_rank = 1
    THEN c.name_key
    WHEN c.country_rank = 1
    THEN c.name_key || '-' || LOWER(c.country_code)
    ELSE c.name_key || '-' || LOWER(c.country_code) || '-' || c.geoname_id::TEXT
  END::TEXT AS slug, /* the largest city of a name has it alone: paris, paris-us */
  c.name_key::TEXT AS name_key,
  c.name::TEXT AS name,
  c.country_code::TEXT AS country_code,
  c.latitude::DOUBLE AS latitude,
  c.longitude::DOUBLE AS longitude,
  c.population::BIGINT AS population,
  c.time_zone::TEXT AS time_zone
FROM ranked AS c
