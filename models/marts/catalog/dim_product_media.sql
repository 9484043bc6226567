/* Pictures and films of a product, in the supplier's order. */
MODEL (
  name catalog.dim_product_media,
  kind FULL,
  owner catalog,
  cron '*/15 * * * *',
  grain media_id,
  audits (
    unique_values(columns := media_id),
    not_null(columns := (media_id, product_id, src))
  )
);

SELECT
  m.media_id::TEXT AS media_id,
  m.product_id::TEXT AS product_id,
  m.ordinal::INT AS ordinal,
  m.src::TEXT AS src, /* the supplier's address of it */
  m.type::TEXT AS type, /* media type, or external/youtube */
  m.rel::TEXT AS rel, /* LOGO, COVER or GALLERY */
  m.title::TEXT AS title,
  m.caption::TEXT AS caption,
  m.copyright::TEXT AS copyright /* must be shown beside it */
FROM staging.stg_octo__media AS m
