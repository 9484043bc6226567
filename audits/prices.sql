AUDIT (
  name net_never_above_retail
);

/* We would lose money on every sale. */
SELECT
  price.retail_minor,
  price.net_minor
FROM @this_model AS price
WHERE
  price.net_minor > price.retail_minor;

AUDIT (
  name price_is_plausible
);

/* Nobody is paid for going in, and nobody pays as much as for a house. Some currencies count in thousands. */
SELECT
  price.retail_minor,
  price.currency
FROM @this_model AS price
WHERE
  price.retail_minor < 0
  OR price.original_minor < 0
  OR price.net_minor < 0
  OR price.retail_minor > POWER(10, price.currency_precision) * CASE
    WHEN price.currency IN (
      'CLP',
      'COP',
      'CRC',
      'GNF',
      'HUF',
      'IDR',
      'IRR',
      'ISK',
      'JPY',
      'KHR',
      'KRW',
      'LAK',
      'MMK',
      'PYG',
      'RWF',
      'TZS',
      'UGX',
      'UZS',
      'VND'
    )
    THEN 50000000
    ELSE 50000
  END;

AUDIT (
  name price_has_currency
);

/* An amount means nothing without its currency. */
SELECT
  price.retail_minor
FROM @this_model AS price
WHERE
  NOT price.retail_minor IS NULL
  AND (
    price.currency IS NULL
    OR LENGTH(price.currency) <> 3
    OR price.currency_precision IS NULL
    OR price.currency_precision < 0
  );

AUDIT (
  name from_price_is_sound
);

/* The price a product is announced with obeys the rules of every price. */
SELECT
  product.product_id
FROM @this_model AS product
WHERE
  product.from_net_minor > product.from_retail_minor
  OR product.from_retail_minor < 0
  OR product.from_original_minor < 0
  OR product.from_net_minor < 0
  OR (
    NOT product.from_retail_minor IS NULL
    AND (
      product.currency IS NULL OR product.currency_precision IS NULL
    )
  )
