/* Which place each product admits to. Two suppliers' products share one when they name the same Google place or the same page about it, else when their places have the same name in the same city. */
MODEL (
  name intermediate.int_catalog__places,
  kind FULL,
  owner catalog,
  cron '*/15 * * * *',
  grain product_id,
  audits (
    unique_values(columns := product_id),
    not_null(columns := (product_id, place_id))
  )
);

WITH named AS (
  SELECT
    p.product_id,
    l.city_id,
    l.country_code,
    COALESCE(l.title, p.title) AS name,
    l.google_place_id,
    l.same_as,
    COALESCE(l.city_id, l.country_code, p.product_id) || '|' || COALESCE(
      NULLIF(
        REGEXP_REPLACE(
          REGEXP_REPLACE(@SLUG(COALESCE(l.title, p.title)), '^the-', ''),
          '-(in-)?' || COALESCE(c.name_key, '$') || '$',
          ''
        ),
        ''
      ),
      p.product_id
    ) AS name_key
  FROM staging.stg_octo__products AS p
  LEFT JOIN intermediate.int_catalog__locations AS l
    ON l.product_id = p.product_id
  LEFT JOIN intermediate.int_catalog__cities AS c
    ON c.city_id = l.city_id
), links AS (
  SELECT
    n.product_id,
    'google:' || n.google_place_id AS link
  FROM named AS n
  WHERE
    NOT n.google_place_id IS NULL
  UNION
  SELECT
    n.product_id,
    'page:' || TRIM(SPLIT_PART(n.same_as, ',', part.ordinal)) AS link
  FROM named AS n
  CROSS JOIN (
    SELECT
      1 AS ordinal
    UNION ALL
    SELECT
      2 AS ordinal
    UNION ALL
    SELECT
      3 AS ordinal
  ) AS part
  WHERE
    TRIM(SPLIT_PART(n.same_as, ',', part.ordinal)) <> ''
), first_group AS (
  SELECT
    l.product_id,
    MIN(l.link) AS place_key
  FROM links AS l
  GROUP BY
    l.product_id
), link_group AS (
  SELECT
    l.link,
    MIN(f.place_key) AS place_key
  FROM links AS l
  JOIN first_group AS f
    ON f.product_id = l.product_id
  GROUP BY
    l.link
), linked AS (
  SELECT
    l.product_id,
    MIN(g.place_key) AS place_key
  FROM links AS l
  JOIN link_group AS g
    ON g.link = l.link
  GROUP BY
    l.product_id
), namesakes AS (
  SELECT
    n.name_key,
    MIN(l.place_key) AS place_key
  FROM named AS n
  JOIN linked AS l
    ON l.product_id = n.product_id
  GROUP BY
    n.name_key
)
SELECT
  n.product_id::TEXT AS product_id,
  (
    'plc_' || LEFT(MD5(COALESCE(l.place_key, s.place_key, n.name_key)), 16)
  )::TEXT AS place_id,
  n.name::TEXT AS name, /* as this product's supplier writes it */
  n.city_id::TEXT AS city_id,
  n.country_code::TEXT AS country_code
FROM named AS n
LEFT JOIN linked AS l
  ON l.product_id = n.product_id
LEFT JOIN namesakes AS s
  ON s.name_key = n.name_key
