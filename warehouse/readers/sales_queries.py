"""The dashboards' questions to published sales, as SQL. Each names the reseller but the last, which is of nobody."""

SELLER = "SELECT time_zone, first_sold_on FROM dim_reseller WHERE reseller_id = $reseller_id"

# Amounts of two currencies cannot be compared, so the most sold is the one with most bookings.
CURRENCIES = """
SELECT currency, currency_precision
FROM agg_sales_by_day WHERE reseller_id = $reseller_id
GROUP BY currency, currency_precision
ORDER BY sum(order_item_count) DESC, currency, currency_precision
"""

_SUMS = """
       coalesce(sum(order_item_count), 0)::BIGINT AS order_item_count,
       coalesce(sum(ticket_count), 0)::BIGINT AS ticket_count,
       coalesce(sum(refunded_ticket_count), 0)::BIGINT AS refunded_ticket_count,
       coalesce(sum(original_minor), 0)::BIGINT AS original_minor,
       coalesce(sum(discount_minor), 0)::BIGINT AS discount_minor,
       coalesce(sum(offer_minor), 0)::BIGINT AS offer_minor,
       coalesce(sum(refund_minor), 0)::BIGINT AS refund_minor,
       coalesce(sum(commission_kept_minor), 0)::BIGINT AS commission_kept_minor
"""

_OF_CURRENCY = """
WHERE s.reseller_id = $reseller_id AND s.business_date BETWEEN $first AND $last
  AND s.currency = $currency AND s.currency_precision = $currency_precision
"""

SOLD = f"SELECT {_SUMS} FROM agg_sales_by_day AS s {_OF_CURRENCY}"  # noqa: S608 - parts of this file

ORDER_COUNTS = """
SELECT coalesce(sum(order_count), 0)::BIGINT AS order_count,
       coalesce(sum(refunded_order_count), 0)::BIGINT AS refunded_order_count
FROM agg_orders_by_day
WHERE reseller_id = $reseller_id AND business_date BETWEEN $first AND $last AND currency = $currency
"""

# A day up to a moment: a whole day of last week is no measure for a morning.
_UNTIL = """
FROM fct_order_item AS s
WHERE s.reseller_id = $reseller_id AND s.business_date = $business_date AND s.sold_at < $moment
  AND s.currency = $currency AND s.currency_precision = $currency_precision
"""

SOLD_UNTIL = f"""
SELECT {_SUMS} FROM (
    SELECT 1 AS order_item_count, s.ticket_count, CASE WHEN s.is_refunded THEN s.ticket_count ELSE 0 END
           AS refunded_ticket_count, s.original_minor, s.discount_minor, s.offer_minor, s.refund_minor,
           s.commission_kept_minor
    {_UNTIL}
) AS items
"""  # noqa: S608 - parts of this file

ORDER_COUNTS_UNTIL = f"""
SELECT count(*) AS order_count, count(*) FILTER (is_wholly_refunded) AS refunded_order_count
FROM (SELECT s.order_id, bool_and(s.is_refunded) AS is_wholly_refunded {_UNTIL} GROUP BY s.order_id) AS orders
"""  # noqa: S608 - parts of this file

_SHARES = "ORDER BY sum(s.offer_minor) - sum(s.refund_minor) DESC, sum(s.ticket_count) DESC, 1"

BY_PRODUCT = f"""
SELECT s.product_id AS key, any_value(p.title) AS name, {_SUMS}
FROM agg_sales_by_day AS s LEFT JOIN dim_sold_product AS p USING (product_id)
{_OF_CURRENCY} GROUP BY s.product_id {_SHARES}
"""  # noqa: S608 - parts of this file

BY_CITY = f"""
SELECT coalesce(s.city_id, '') AS key, any_value(c.name) AS name, {_SUMS}
FROM agg_sales_by_day AS s LEFT JOIN dim_sold_city AS c USING (city_id)
{_OF_CURRENCY} GROUP BY coalesce(s.city_id, '') {_SHARES}
"""  # noqa: S608 - parts of this file

# A shop's name is its owner's business: whoever asks knows it from the API.
BY_SHOP = f"""
SELECT s.shop_id AS key, NULL AS name, {_SUMS}
FROM agg_sales_by_day AS s {_OF_CURRENCY} GROUP BY s.shop_id {_SHARES}
"""  # noqa: S608 - parts of this file

BY_DAY = f"""
SELECT strftime(s.business_date, '%Y-%m-%d') AS key, NULL AS name, {_SUMS}
FROM agg_sales_by_day AS s {_OF_CURRENCY} GROUP BY s.business_date ORDER BY s.business_date
"""  # noqa: S608 - parts of this file

BY_HOUR = """
SELECT business_hour::INT AS business_hour, sum(ticket_count)::BIGINT AS ticket_count,
       sum(offer_minor)::BIGINT AS offer_minor
FROM agg_sales_by_hour
WHERE reseller_id = $reseller_id AND business_date BETWEEN $first AND $last AND currency = $currency
GROUP BY business_hour ORDER BY business_hour
"""

ROWS = f"""
SELECT s.business_date, s.shop_id, s.product_id, p.title AS product_title, s.city_id, c.name AS city_name,
       s.country_code, s.order_item_count, s.ticket_count, s.refunded_ticket_count, s.original_minor,
       s.discount_minor, s.offer_minor, s.refund_minor, s.commission_kept_minor
FROM agg_sales_by_day AS s
LEFT JOIN dim_sold_product AS p USING (product_id) LEFT JOIN dim_sold_city AS c ON c.city_id = s.city_id
{_OF_CURRENCY} ORDER BY s.business_date, s.shop_id, s.product_id
"""  # noqa: S608 - parts of this file

VISITS = """
SELECT v.local_date, v.product_id, any_value(p.title) AS title, sum(v.ticket_count)::BIGINT AS ticket_count
FROM agg_visits_by_day AS v LEFT JOIN dim_sold_product AS p USING (product_id)
WHERE v.reseller_id = $reseller_id AND v.local_date BETWEEN $first AND $last
GROUP BY v.local_date, v.product_id
ORDER BY v.local_date, sum(v.ticket_count) DESC, v.product_id
"""

ORDERS = """
SELECT order_id, any_value(order_reference) AS order_reference, any_value(shop_id) AS shop_id,
       min(sold_at) AS sold_at, any_value(currency) AS currency,
       any_value(currency_precision)::INT AS currency_precision, sum(offer_minor)::BIGINT AS offer_minor,
       sum(refund_minor)::BIGINT AS refund_minor, sum(commission_kept_minor)::BIGINT AS commission_kept_minor,
       count(*) OVER () AS total
FROM fct_order_item
WHERE reseller_id = $reseller_id
  AND CASE WHEN $reference = '' THEN business_date BETWEEN $first AND $last
           ELSE starts_with(upper(order_reference), upper($reference)) END
GROUP BY order_id
HAVING len($states) = 0 OR bool_or(list_contains($states, state))
ORDER BY min(sold_at) DESC, order_id
LIMIT $page_size OFFSET $skipped
"""

ORDER_ITEMS = """
SELECT i.order_id, i.product_id, p.title, c.name AS city_name, i.local_date, i.state, i.ticket_count, i.is_refunded
FROM fct_order_item AS i
LEFT JOIN dim_sold_product AS p USING (product_id) LEFT JOIN dim_sold_city AS c ON c.city_id = i.city_id
WHERE i.reseller_id = $reseller_id AND list_contains($order_ids, i.order_id)
ORDER BY i.sold_at, i.order_item_id
"""

CITY_DEMAND = """
SELECT city_id, slug, name, country_code, latitude, longitude, population, search_count, empty_search_count,
       visit_count, order_item_count, ticket_count, place_count, product_count, slot_count
FROM agg_city
ORDER BY visit_count + search_count DESC, name
"""
