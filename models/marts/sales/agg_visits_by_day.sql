/* Who comes when: tickets in force by the day of the visit. By the day of the sale too, so that a sale changes few rows: add them up. */
MODEL (
  name sales.agg_visits_by_day,
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column business_date,
    partition_by_time_column FALSE
  ),
  owner sales,
  grain (reseller_id, business_date, local_date, product_id, city_id),
  audits (
    unique_combination_of_columns(columns := (reseller_id, business_date, local_date, product_id, city_id)),
    not_null(columns := (reseller_id, business_date, local_date, product_id)),
    visits_equal_items
  )
);

SELECT
  i.reseller_id::TEXT AS reseller_id,
  i.business_date::DATE AS business_date, /* of the sale, in the reseller's zone */
  i.local_date::DATE AS local_date, /* of the visit, at the place */
  i.product_id::TEXT AS product_id,
  i.city_id::TEXT AS city_id,
  COUNT(*)::BIGINT AS order_item_count,
  SUM(i.ticket_count)::BIGINT AS ticket_count
FROM sales.fct_order_item AS i
WHERE
  i.state IN ('CONFIRMED', 'REDEEMED')
  AND i.business_date BETWEEN @start_date AND @end_date
GROUP BY
  i.reseller_id,
  i.business_date,
  i.local_date,
  i.product_id,
  i.city_id
