/* Pictures and films of the products sold today. */
MODEL (
  name staging.stg_octo__media,
  kind VIEW,
  owner catalog,
  grain media_id
);

SELECT
  (
    'med_' || SUBSTRING(p.product_id, 5, 16) || LEFT(MD5(c.src), 12)
  )::TEXT AS media_id,
  p.product_id::TEXT AS product_id,
  MIN(c.ordinal)::INT AS ordinal,
  c.src::TEXT AS src,
  MIN(COALESCE(c.type, 'image/jpeg'))::TEXT AS type,
  MIN(c.rel)::TEXT AS rel, /* LOGO, COVER or GALLERY */
  MIN(c.title)::TEXT AS title,
  MIN(c.caption)::TEXT AS caption,
  MIN(c.copyright)::TEXT AS copyright
FROM octo.media AS c
JOIN staging.stg_octo__products AS p
  ON @IS_CURRENT(c, p)
WHERE
  NOT NULLIF(TRIM(c.src), '') IS NULL
GROUP BY
  p.product_id,
  c.src
