/* Which city of the world a name means, on sale or not: the largest that bears it, by its own name before others. */
MODEL (
  name catalog.dim_city_name,
  kind FULL,
  owner catalog,
  cron '*/15 * * * *',
  grain name_key,
  audits (
    unique_values(columns := name_key)
  )
);

WITH names AS (
  SELECT
    c.city_id,
    LOWER(c.name) AS name_key,
    TRUE AS is_own
  FROM intermediate.int_catalog__cities AS c
  UNION ALL
  SELECT
    c.city_id,
    REPLACE(c.name_key, '-', ' ') AS name_key,
    TRUE AS is_own
  FROM intermediate.int_catalog__cities AS c
  UNION ALL
  SELECT
    'cty_' || o.geoname_id::TEXT AS city_id,
    LOWER(o.name) AS name_key,
    FALSE AS is_own
  FROM staging.stg_geonames__other_names AS o
), ranked AS (
  SELECT
    n.name_key,
    c.city_id,
    c.country_code,
    ROW_NUMBER() OVER (PARTITION BY n.name_key ORDER BY n.is_own DESC, c.population DESC, c.city_id) AS preference
  FROM names AS n
  JOIN intermediate.int_catalog__cities AS c
    ON c.city_id = n.city_id
)
SELECT
  r.name_key::TEXT AS name_key, /* lower case, as it is written and without accents */
  r.city_id::TEXT AS city_id,
  r.country_code::TEXT AS country_code
FROM ranked AS r
WHERE
  r.preference = 1 AND r.name_key <> ''
