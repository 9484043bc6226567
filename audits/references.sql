AUDIT (
  name option_is_known
);

/* What hangs on an option that nobody can choose would never be shown, or be sold as something else. */
SELECT
  child.option_id
FROM @this_model AS child
LEFT JOIN catalog.dim_option AS parent
  ON parent.option_id = child.option_id
WHERE
  parent.option_id IS NULL;

AUDIT (
  name product_has_city,
  blocking FALSE
);

/* Without a city a product is kept but no shop can list it: worth a look, no reason to stop. */
SELECT
  product.product_id
FROM @this_model AS product
WHERE
  product.city_id IS NULL;

AUDIT (
  name availability_agrees_with_vacancies,
  blocking FALSE
);

/* For sale with nothing left is the supplier's mistake; the shop asks live before it sells. */
SELECT
  slot.slot_id
FROM @this_model AS slot
WHERE
  slot.is_available AND slot.vacancies <= 0
