/* One row per country with something on sale. */
MODEL (
  name catalog.dim_country,
  kind FULL,
  owner catalog,
  cron '*/15 * * * *',
  grain country_code,
  audits (
    unique_values(columns := (country_code, slug)),
    not_null(columns := (country_code, slug, name))
  )
);

SELECT
  c.country_code::TEXT AS country_code, /* ISO 3166-1 alpha-2 */
  n.slug::TEXT AS slug,
  n.name::TEXT AS name,
  COUNT(*)::INT AS city_count,
  SUM(c.place_count)::INT AS place_count,
  SUM(c.product_count)::INT AS product_count
FROM catalog.dim_city AS c
JOIN staging.stg_geonames__countries AS n
  ON n.country_code = c.country_code
GROUP BY
  c.country_code,
  n.slug,
  n.name
