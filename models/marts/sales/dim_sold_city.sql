/* The name of every city in which something was ever sold. */
MODEL (
  name sales.dim_sold_city,
  kind FULL,
  owner sales,
  grain city_id,
  audits (unique_values(columns := city_id), not_null(columns := (city_id, name)))
);

WITH sold AS (
  SELECT
    d.city_id,
    MAX(d.country_code) AS country_code
  FROM sales.agg_sales_by_day AS d
  WHERE
    NOT d.city_id IS NULL
  GROUP BY
    d.city_id
)
SELECT
  s.city_id::TEXT AS city_id,
  COALESCE(c.name, s.city_id)::TEXT AS name, /* its id where no catalogue ever told one */
  COALESCE(c.country_code, s.country_code)::TEXT AS country_code
FROM sold AS s
LEFT JOIN intermediate.int_catalog__cities AS c
  ON c.city_id = s.city_id
