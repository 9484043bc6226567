/* The name of every product that was ever sold, on sale or not. */
MODEL (
  name sales.dim_sold_product,
  kind FULL,
  owner sales,
  grain product_id,
  audits (unique_values(columns := product_id), not_null(columns := (product_id, title)))
);

WITH sold AS (
  SELECT
    i.product_id,
    ARG_MAX(i.place_id, i.sold_at) AS place_id,
    ARG_MAX(i.city_id, i.sold_at) AS city_id
  FROM sales.fct_order_item AS i
  GROUP BY
    i.product_id
)
SELECT
  s.product_id::TEXT AS product_id,
  COALESCE(t.title, s.product_id)::TEXT AS title, /* its id where no catalogue ever told one */
  s.place_id::TEXT AS place_id, /* as of its last sale */
  s.city_id::TEXT AS city_id /* as of its last sale */
FROM sold AS s
LEFT JOIN intermediate.int_sales__product_titles AS t
  ON t.product_id = s.product_id
