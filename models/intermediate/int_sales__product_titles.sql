/* What each product was last called, also one that is no longer on sale: its sales stay. English where there is any. */
MODEL (
  name intermediate.int_sales__product_titles,
  kind VIEW,
  owner sales,
  grain product_id
);

SELECT
  (
    'prd_' || LEFT(MD5(p.connection_id || ':' || p.provider_product_id), 16)
  )::TEXT AS product_id,
  COALESCE(NULLIF(TRIM(p.title), ''), p.internal_name, p.provider_product_id)::TEXT AS title
FROM octo.products AS p
QUALIFY
  ROW_NUMBER() OVER (
    PARTITION BY p.connection_id, p.provider_product_id
    ORDER BY CASE WHEN p.locale LIKE 'en%' THEN 0 ELSE 1 END, p.locale
  ) = 1
