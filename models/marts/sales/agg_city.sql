/* Demand against supply, by city, of the last 30 days. For analysts: it has every reseller's buyers in it, and none's name. */
MODEL (
  name sales.agg_city,
  kind FULL,
  owner sales,
  grain city_id,
  audits (
    unique_values(columns := (city_id, slug)),
    not_null(columns := (city_id, slug, name, country_code))
  )
);

WITH products AS (
  SELECT
    p.city_id,
    COUNT(DISTINCT p.place_id) AS place_count,
    COUNT(*) AS product_count
  FROM catalog.dim_product AS p
  WHERE
    NOT p.city_id IS NULL
  GROUP BY
    p.city_id
), slots_by_product AS (
  SELECT
    s.product_id,
    COUNT(*) AS slot_count
  FROM catalog.fct_slot AS s
  WHERE
    s.is_available AND s.local_date BETWEEN CURRENT_DATE AND CURRENT_DATE + 29
  GROUP BY
    s.product_id
), slots AS (
  SELECT
    p.city_id,
    SUM(s.slot_count) AS slot_count
  FROM slots_by_product AS s
  JOIN catalog.dim_product AS p
    ON p.product_id = s.product_id
  GROUP BY
    p.city_id
), demand AS (
  SELECT
    COALESCE(NULLIF(d.city_id, ''), p.city_id) AS city_id,
    SUM(d.seen_count) FILTER(WHERE
      d.kind IN ('SEARCH', 'EMPTY_SEARCH')) AS search_count,
    SUM(d.seen_count) FILTER(WHERE
      d.kind = 'EMPTY_SEARCH') AS empty_search_count,
    SUM(d.seen_count) FILTER(WHERE
      d.kind IN ('VISIT_CITY', 'VISIT_PRODUCT')) AS visit_count
  FROM staging.stg_shop__demand AS d
  LEFT JOIN catalog.dim_product AS p
    ON p.product_id = d.product_id
  WHERE
    d.counted_hour >= CURRENT_DATE::TIMESTAMPTZ - INTERVAL '29' DAY
  GROUP BY
    COALESCE(NULLIF(d.city_id, ''), p.city_id)
), bought AS (
  SELECT
    d.city_id,
    SUM(d.order_item_count - d.refunded_item_count) AS order_item_count,
    SUM(d.ticket_count - d.refunded_ticket_count) AS ticket_count
  FROM sales.agg_sales_by_day AS d
  WHERE
    d.business_date >= CURRENT_DATE - 29
  GROUP BY
    d.city_id
)
SELECT
  c.city_id::TEXT AS city_id,
  c.slug::TEXT AS slug,
  c.name::TEXT AS name,
  c.country_code::TEXT AS country_code,
  c.latitude::DOUBLE AS latitude,
  c.longitude::DOUBLE AS longitude,
  c.population::BIGINT AS population,
  COALESCE(d.search_count, 0)::BIGINT AS search_count, /* empty ones included */
  COALESCE(d.empty_search_count, 0)::BIGINT AS empty_search_count, /* that found nothing */
  COALESCE(d.visit_count, 0)::BIGINT AS visit_count, /* of the city's and its products' pages */
  COALESCE(b.order_item_count, 0)::BIGINT AS order_item_count, /* refunded ones left out */
  COALESCE(b.ticket_count, 0)::BIGINT AS ticket_count, /* refunded ones left out */
  COALESCE(p.place_count, 0)::BIGINT AS place_count, /* with something on sale now */
  COALESCE(p.product_count, 0)::BIGINT AS product_count, /* on sale now */
  COALESCE(s.slot_count, 0)::BIGINT AS slot_count /* bookable in the 30 days to come */
FROM intermediate.int_catalog__cities AS c
LEFT JOIN products AS p
  ON p.city_id = c.city_id
LEFT JOIN slots AS s
  ON s.city_id = c.city_id
LEFT JOIN demand AS d
  ON d.city_id = c.city_id
LEFT JOIN bought AS b
  ON b.city_id = c.city_id
WHERE
  NOT COALESCE(p.city_id, d.city_id, b.city_id) IS NULL
