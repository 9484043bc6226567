/* What each reseller sold on a business day, by shop, product and city. A refund counts on the day of its sale. */
MODEL (
  name sales.agg_sales_by_day,
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column business_date,
    partition_by_time_column FALSE
  ),
  owner sales,
  grain (
    reseller_id,
    business_date,
    shop_id,
    product_id,
    city_id,
    country_code,
    currency,
    currency_precision
  ),
  audits (
    unique_combination_of_columns(
      columns := (
        reseller_id,
        business_date,
        shop_id,
        product_id,
        city_id,
        country_code,
        currency,
        currency_precision
      )
    ),
    not_null(columns := (reseller_id, business_date, shop_id, product_id, currency)),
    days_equal_items
  )
);

SELECT
  i.reseller_id::TEXT AS reseller_id,
  i.business_date::DATE AS business_date, /* in the reseller's zone */
  i.shop_id::TEXT AS shop_id, /* the channel */
  i.product_id::TEXT AS product_id,
  i.city_id::TEXT AS city_id,
  i.country_code::TEXT AS country_code,
  i.currency::TEXT AS currency,
  i.currency_precision::INT AS currency_precision,
  COUNT(*)::BIGINT AS order_item_count,
  SUM(i.ticket_count)::BIGINT AS ticket_count, /* refunded ones included */
  COUNT(*) FILTER(WHERE
    i.is_refunded)::BIGINT AS refunded_item_count,
  COALESCE(SUM(i.ticket_count) FILTER(WHERE
    i.is_refunded), 0)::BIGINT AS refunded_ticket_count,
  SUM(i.original_minor)::BIGINT AS original_minor,
  SUM(i.retail_minor)::BIGINT AS retail_minor,
  SUM(i.net_minor)::BIGINT AS net_minor,
  SUM(i.offer_minor)::BIGINT AS offer_minor, /* less refund_minor: net sales */
  SUM(i.discount_minor)::BIGINT AS discount_minor,
  SUM(i.commission_minor)::BIGINT AS commission_minor, /* agreed at the sale */
  SUM(i.commission_kept_minor)::BIGINT AS commission_kept_minor, /* the ledger's: less what refunds took back */
  SUM(i.platform_fee_minor)::BIGINT AS platform_fee_minor,
  SUM(i.payment_fee_minor)::BIGINT AS payment_fee_minor,
  SUM(i.tax_minor)::BIGINT AS tax_minor,
  SUM(i.sponsored_minor)::BIGINT AS sponsored_minor,
  SUM(i.refund_minor)::BIGINT AS refund_minor /* asked back, whenever that was */
FROM sales.fct_order_item AS i
WHERE
  i.business_date BETWEEN @start_date AND @end_date
GROUP BY
  i.reseller_id,
  i.business_date,
  i.shop_id,
  i.product_id,
  i.city_id,
  i.country_code,
  i.currency,
  i.currency_precision
