/* One row per venue or sight with something on sale, whichever suppliers sell it. */
MODEL (
  name catalog.dim_place,
  kind FULL,
  owner catalog,
  cron '*/15 * * * *',
  grain place_id,
  audits (
    unique_values(columns := (place_id, slug)),
    not_null(columns := (place_id, slug, name, kind))
  )
);

WITH told AS (
  SELECT
    n.place_id,
    n.product_id,
    n.name,
    n.city_id,
    n.country_code,
    l.latitude,
    l.longitude,
    l.street_address,
    l.local_name,
    c.cover_media_id,
    c.popularity,
    CASE
      WHEN p.category_labels LIKE '%museums%'
      THEN 'museum'
      WHEN p.category_labels LIKE '%theme-parks%'
      THEN 'theme-park'
      WHEN p.category_labels LIKE '%animals%'
      THEN 'zoo'
      WHEN p.category_labels LIKE '%boat-tours%'
      THEN 'boat-tour'
      WHEN p.category_labels LIKE '%tours%' OR p.category_labels LIKE '%day-trips%'
      THEN 'tour'
      WHEN p.category_labels LIKE '%history%'
      THEN 'monument'
      ELSE 'attraction'
    END AS kind
  FROM staging.stg_octo__products AS p
  JOIN intermediate.int_catalog__places AS n
    ON n.product_id = p.product_id
  JOIN intermediate.int_catalog__products AS c
    ON c.product_id = p.product_id
  LEFT JOIN intermediate.int_catalog__locations AS l
    ON l.product_id = p.product_id
), names AS (
  SELECT
    t.place_id,
    t.name,
    ROW_NUMBER() OVER (PARTITION BY t.place_id ORDER BY COUNT(*) DESC, LENGTH(t.name), t.name) AS preference
  FROM told AS t
  GROUP BY
    t.place_id,
    t.name
), kinds AS (
  SELECT
    t.place_id,
    t.kind,
    ROW_NUMBER() OVER (
      PARTITION BY t.place_id
      ORDER BY CASE WHEN t.kind = 'attraction' THEN 1 ELSE 0 END, COUNT(*) DESC, t.kind
    ) AS preference
  FROM told AS t
  GROUP BY
    t.place_id,
    t.kind
), facts AS (
  SELECT
    t.place_id,
    t.city_id,
    t.country_code,
    t.latitude,
    t.longitude,
    t.street_address,
    ROW_NUMBER() OVER (
      PARTITION BY t.place_id
      ORDER BY CASE WHEN t.city_id IS NULL THEN 1 ELSE 0 END, CASE WHEN t.latitude IS NULL THEN 1 ELSE 0 END, CASE WHEN t.street_address IS NULL THEN 1 ELSE 0 END, t.product_id
    ) AS preference
  FROM told AS t
), covers AS (
  SELECT
    t.place_id,
    t.cover_media_id,
    ROW_NUMBER() OVER (PARTITION BY t.place_id ORDER BY t.popularity DESC, t.product_id) AS preference
  FROM told AS t
  WHERE
    NOT t.cover_media_id IS NULL
), totals AS (
  SELECT
    t.place_id,
    MIN(t.local_name) AS local_name,
    COUNT(*) AS product_count
  FROM told AS t
  GROUP BY
    t.place_id
), slugs AS (
  SELECT
    n.place_id,
    CASE
      WHEN c.slug IS NULL OR @SLUG(n.name) LIKE '%' || c.name_key || '%'
      THEN COALESCE(NULLIF(@SLUG(n.name), ''), SUBSTRING(n.place_id, 5, 8))
      ELSE COALESCE(NULLIF(@SLUG(n.name), ''), SUBSTRING(n.place_id, 5, 8)) || '-' || c.slug
    END AS slug
  FROM names AS n
  JOIN facts AS f
    ON f.place_id = n.place_id AND f.preference = 1
  LEFT JOIN intermediate.int_catalog__cities AS c
    ON c.city_id = f.city_id
  WHERE
    n.preference = 1
)
SELECT
  n.place_id::TEXT AS place_id,
  CASE
    WHEN COUNT(*) OVER (PARTITION BY s.slug) = 1
    THEN s.slug
    ELSE s.slug || '-' || SUBSTRING(n.place_id, 5, 8)
  END::TEXT AS slug, /* rijksmuseum-amsterdam */
  f.city_id::TEXT AS city_id,
  f.country_code::TEXT AS country_code,
  n.name::TEXT AS name, /* as most of its products write it */
  t.local_name::TEXT AS local_name, /* what people there call it, where a supplier says */
  k.kind::TEXT AS kind, /* from OCTO's category labels */
  f.latitude::DOUBLE AS latitude,
  f.longitude::DOUBLE AS longitude,
  f.street_address::TEXT AS street_address,
  t.product_count::INT AS product_count,
  v.cover_media_id::TEXT AS cover_media_id /* of its most popular product */
FROM names AS n
JOIN slugs AS s
  ON s.place_id = n.place_id
JOIN kinds AS k
  ON k.place_id = n.place_id AND k.preference = 1
JOIN facts AS f
  ON f.place_id = n.place_id AND f.preference = 1
JOIN totals AS t
  ON t.place_id = n.place_id
LEFT JOIN covers AS v
  ON v.place_id = n.place_id AND v.preference = 1
WHERE
  n.preference = 1
