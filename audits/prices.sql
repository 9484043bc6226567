AUDIT (
  name price_is_complete
);

/* Amounts, currency and precision are all there. */
SELECT
  price.product_id
FROM @this_model AS price
WHERE
  @IS_INCOMPLETE(price);

AUDIT (
  name price_is_plausible
);

/* Neither below zero nor as much as for a house. */
SELECT
  price.product_id
FROM @this_model AS price
WHERE
  @IS_IMPLAUSIBLE(price);

AUDIT (
  name net_never_above_retail
);

/* We would lose money on every sale. */
SELECT
  price.product_id
FROM @this_model AS price
WHERE
  @LOSES_MONEY(price);

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
