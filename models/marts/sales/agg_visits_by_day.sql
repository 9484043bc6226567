/* Who comes when: tickets in force by the day of the visit. */
MODEL (
  name sales.agg_visits_by_day,
  kind FULL,
  owner sales,
  grain (reseller_id, local_date, product_id, city_id),
  audits (
    unique_combination_of_columns(columns := (reseller_id, local_date, product_id, city_id)),
    not_null(columns := (reseller_id, local_date, product_id)),
    visits_equal_items
  )
);

SELECT
  i.reseller_id::TEXT AS reseller_id,
  i.local_date::DATE AS local_date, /* of the visit, at the place */
  i.product_id::TEXT AS product_id,
  i.city_id::TEXT AS city_id,
  COUNT(*)::BIGINT AS order_item_count,
  SUM(i.ticket_count)::BIGINT AS ticket_count
FROM sales.fct_order_item AS i
WHERE
  i.state IN ('CONFIRMED', 'REDEEMED')
GROUP BY
  i.reseller_id,
  i.local_date,
  i.product_id,
  i.city_id
