/* The supplier's lines about the products sold today. */
MODEL (
  name staging.stg_octo__features,
  kind VIEW,
  owner catalog,
  grain (product_id, ordinal)
);

SELECT
  p.product_id::TEXT AS product_id,
  c.ordinal::INT AS ordinal,
  COALESCE(c.type, 'OTHER')::TEXT AS type,
  TRIM(c.text)::TEXT AS text
FROM octo.features AS c
JOIN staging.stg_octo__products AS p
  ON @IS_CURRENT(c, p)
WHERE
  NOT NULLIF(TRIM(c.text), '') IS NULL
