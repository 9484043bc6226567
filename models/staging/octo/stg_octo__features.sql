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
  ON p.connection_id = c.connection_id
  AND p.provider_product_id = c.provider_product_id
  AND p.locale = c.locale
  AND p.content_hash = c.content_hash
WHERE
  NOT NULLIF(TRIM(c.text), '') IS NULL
