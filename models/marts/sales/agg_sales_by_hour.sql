/* The hours of a business day, by shop: what a reseller's day looks like so far. */
MODEL (
  name sales.agg_sales_by_hour,
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column business_date,
    partition_by_time_column FALSE
  ),
  owner sales,
  grain (reseller_id, business_date, business_hour, shop_id, currency),
  audits (
    unique_combination_of_columns(columns := (reseller_id, business_date, business_hour, shop_id, currency)),
    not_null(columns := (reseller_id, business_date, business_hour, shop_id, currency)),
    hours_equal_items
  )
);

SELECT
  i.reseller_id::TEXT AS reseller_id,
  i.business_date::DATE AS business_date, /* in the reseller's zone */
  i.business_hour::INT AS business_hour, /* 0 to 23 by the reseller's clock; some days lack one */
  i.shop_id::TEXT AS shop_id, /* the channel */
  i.currency::TEXT AS currency,
  COUNT(DISTINCT i.order_id)::BIGINT AS order_count, /* refunded ones included */
  SUM(i.ticket_count)::BIGINT AS ticket_count, /* refunded ones included */
  SUM(i.offer_minor)::BIGINT AS offer_minor, /* less refund_minor: net sales */
  SUM(i.refund_minor)::BIGINT AS refund_minor,
  SUM(i.commission_kept_minor)::BIGINT AS commission_kept_minor
FROM sales.fct_order_item AS i
WHERE
  i.business_date BETWEEN @start_date AND @end_date
GROUP BY
  i.reseller_id,
  i.business_date,
  i.business_hour,
  i.shop_id,
  i.currency
