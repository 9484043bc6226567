/* One row per sold item: what was asked, what it costs, what went back, and what its reseller earns. A refund is in its sale's row. */
MODEL (
  name sales.fct_order_item,
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column business_date,
    partition_by_time_column FALSE
  ),
  owner sales,
  grain order_item_id,
  audits (
    unique_values(columns := order_item_id),
    not_null(
      columns := (
        order_item_id,
        order_id,
        reseller_id,
        shop_id,
        business_date,
        business_hour,
        product_id,
        currency,
        currency_precision
      )
    ),
    amounts_of_a_sale_agree,
    ledger_equals_items,
    ledger_of_an_order_is_zero,
    item_has_lines,
    order_is_sold_on_one_day
  )
);

WITH sold AS (
  SELECT
    i.order_item_id,
    i.order_id,
    i.order_reference,
    i.reseller_id,
    i.shop_id,
    i.business_date,
    i.business_hour,
    i.sold_at,
    i.product_id,
    i.option_id,
    i.place_id,
    i.city_id,
    i.country_code,
    i.connection_id,
    i.local_date,
    i.starts_at,
    i.state,
    i.currency,
    i.currency_precision
  FROM intermediate.int_sales__sold_items AS i
  WHERE
    i.business_date BETWEEN @start_date AND @end_date
    AND /* no clock is a day from UTC, and by this the lake knows which files to open */ i.sold_at >= @start_date::DATE::TIMESTAMPTZ - INTERVAL '1' DAY
    AND i.sold_at < @end_date::DATE::TIMESTAMPTZ + INTERVAL '2' DAY
), lines AS (
  SELECT
    l.order_item_id,
    SUM(l.quantity) AS ticket_count,
    SUM(l.original_minor) AS original_minor,
    SUM(l.retail_minor) AS retail_minor,
    SUM(l.net_minor) AS net_minor,
    SUM(l.offer_minor) AS offer_minor,
    SUM(l.sponsored_minor) AS sponsored_minor,
    SUM(l.discount_minor) AS discount_minor,
    SUM(l.commission_minor) AS commission_minor,
    SUM(l.platform_fee_minor) AS platform_fee_minor,
    SUM(l.payment_fee_minor) AS payment_fee_minor,
    SUM(l.tax_minor) AS tax_minor
  FROM sold AS s
  JOIN staging.stg_shop__order_lines AS l
    ON l.order_item_id = s.order_item_id
  GROUP BY
    l.order_item_id
), refunds AS (
  SELECT
    f.order_item_id,
    SUM(f.amount_minor) AS refund_minor,
    BOOL_OR(CAST(f.reason <> 'GOODWILL' AS BOOLEAN)) AS is_refunded
  FROM sold AS s
  JOIN staging.stg_shop__refunds AS f
    ON f.order_item_id = s.order_item_id
  GROUP BY
    f.order_item_id
), commissions AS (
  SELECT
    p.order_item_id,
    SUM(p.amount_minor) AS kept_minor,
    SUM(p.amount_minor) FILTER(WHERE
      p.account = 'COMMISSION_VISITED') AS visited_minor,
    SUM(p.amount_minor) FILTER(WHERE
      p.account = 'COMMISSION_PAID') AS paid_minor
  FROM sold AS s
  JOIN staging.stg_shop__ledger_postings AS p
    ON p.order_item_id = s.order_item_id
  WHERE
    p.account IN ('COMMISSION_BOOKED', 'COMMISSION_VISITED', 'COMMISSION_PAID')
  GROUP BY
    p.order_item_id
)
SELECT
  s.order_item_id::TEXT AS order_item_id,
  s.order_id::TEXT AS order_id,
  s.order_reference::TEXT AS order_reference, /* what buyer and reseller call the order */
  s.reseller_id::TEXT AS reseller_id,
  s.shop_id::TEXT AS shop_id, /* the channel */
  s.business_date::DATE AS business_date, /* of the sale, in the reseller's zone */
  s.business_hour::INT AS business_hour, /* the same clock; where it is set back, one hour is two */
  s.sold_at::TIMESTAMPTZ AS sold_at,
  s.product_id::TEXT AS product_id,
  s.option_id::TEXT AS option_id,
  s.place_id::TEXT AS place_id,
  s.city_id::TEXT AS city_id,
  s.country_code::TEXT AS country_code,
  s.connection_id::TEXT AS connection_id, /* at whom it is booked */
  s.local_date::DATE AS local_date, /* of the visit, at the place */
  s.starts_at::TIMESTAMPTZ AS starts_at, /* of the visit */
  s.state::TEXT AS state, /* of the booking */
  s.currency::TEXT AS currency, /* of every amount below */
  s.currency_precision::INT AS currency_precision, /* its digits after the point */
  COALESCE(l.ticket_count, 0)::BIGINT AS ticket_count, /* also of what was refunded */
  COALESCE(l.original_minor, 0)::BIGINT AS original_minor, /* list price */
  COALESCE(l.retail_minor, 0)::BIGINT AS retail_minor, /* the provider's suggested price */
  COALESCE(l.net_minor, 0)::BIGINT AS net_minor, /* what we owe the provider */
  COALESCE(l.offer_minor, 0)::BIGINT AS offer_minor, /* what the shop asked */
  COALESCE(l.sponsored_minor, 0)::BIGINT AS sponsored_minor, /* what the reseller pays for a ticket that is free */
  COALESCE(l.discount_minor, 0)::BIGINT AS discount_minor, /* original less offer */
  COALESCE(l.commission_minor, 0)::BIGINT AS commission_minor, /* agreed at the sale */
  COALESCE(l.platform_fee_minor, 0)::BIGINT AS platform_fee_minor, /* what we keep */
  COALESCE(l.payment_fee_minor, 0)::BIGINT AS payment_fee_minor, /* what Stripe keeps, as agreed at the sale */
  COALESCE(l.tax_minor, 0)::BIGINT AS tax_minor, /* the part of the net that goes to a tax office */
  COALESCE(f.refund_minor, 0)::BIGINT AS refund_minor, /* asked back of it, a gift of ours included */
  COALESCE(c.kept_minor, 0)::BIGINT AS commission_kept_minor, /* the ledger's: nothing after a refund */
  COALESCE(c.visited_minor, 0)::BIGINT AS commission_visited_minor, /* of it, earned by a visit and not yet paid */
  COALESCE(c.paid_minor, 0)::BIGINT AS commission_paid_minor, /* of it, paid to the reseller */
  COALESCE(f.is_refunded, FALSE)::BOOLEAN AS is_refunded /* the sale was undone; a gift leaves its tickets valid */
FROM sold AS s
LEFT JOIN lines AS l
  ON l.order_item_id = s.order_item_id
LEFT JOIN refunds AS f
  ON f.order_item_id = s.order_item_id
LEFT JOIN commissions AS c
  ON c.order_item_id = s.order_item_id
ORDER BY
  s.business_date,
  s.reseller_id,
  s.sold_at,
  s.order_item_id /* a day is then in few files, and so is a reseller's */
