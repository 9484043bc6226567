/* How many orders each shop took on a business day: an order of two cities is one here, and one in each city elsewhere. */
MODEL (
  name sales.agg_orders_by_day,
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column business_date,
    partition_by_time_column FALSE
  ),
  owner sales,
  grain (reseller_id, business_date, shop_id, currency),
  audits (
    unique_combination_of_columns(columns := (reseller_id, business_date, shop_id, currency)),
    not_null(columns := (reseller_id, business_date, shop_id, currency)),
    orders_equal_items
  )
);

WITH orders AS (
  SELECT
    i.reseller_id,
    i.business_date,
    i.shop_id,
    i.currency,
    i.order_id,
    BOOL_AND(i.is_refunded::BOOLEAN) AS is_refunded
  FROM sales.fct_order_item AS i
  WHERE
    i.business_date BETWEEN @start_date AND @end_date
  GROUP BY
    i.reseller_id,
    i.business_date,
    i.shop_id,
    i.currency,
    i.order_id
)
SELECT
  o.reseller_id::TEXT AS reseller_id,
  o.business_date::DATE AS business_date, /* in the reseller's zone */
  o.shop_id::TEXT AS shop_id, /* the channel */
  o.currency::TEXT AS currency,
  COUNT(*)::BIGINT AS order_count, /* refunded ones included */
  COUNT(*) FILTER(WHERE
    o.is_refunded)::BIGINT AS refunded_order_count /* every item of it */
FROM orders AS o
GROUP BY
  o.reseller_id,
  o.business_date,
  o.shop_id,
  o.currency
