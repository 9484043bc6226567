/* Where the products sold today take place. */
MODEL (
  name staging.stg_octo__locations,
  kind VIEW,
  owner catalog,
  grain (product_id, ordinal)
);

SELECT
  p.product_id::TEXT AS product_id,
  c.ordinal::INT AS ordinal,
  COALESCE(c.types, '')::TEXT AS types, /* OCTO's roles, comma-joined: START, POINT_OF_INTEREST... */
  NULLIF(TRIM(c.title), '')::TEXT AS title,
  NULLIF(
    TRIM(
      REGEXP_EXTRACT(c.short_description, '(?i)locally,? (?:it is )?known as ([^.;]{1,60})(?:[.;]|$)', 1)
    ),
    ''
  )::TEXT AS local_name, /* OCTO has no field for it: where the supplier's line about the place says it */
  CASE WHEN c.latitude BETWEEN -90 AND 90 THEN c.latitude END::DOUBLE AS latitude,
  CASE WHEN c.longitude BETWEEN -180 AND 180 THEN c.longitude END::DOUBLE AS longitude,
  NULLIF(TRIM(c.street_address), '')::TEXT AS street_address,
  NULLIF(TRIM(c.locality), '')::TEXT AS locality,
  NULLIF(TRIM(c.country), '')::TEXT AS country, /* a code or a name, as the supplier writes it */
  NULLIF(TRIM(c.google_place_id), '')::TEXT AS google_place_id,
  NULLIF(TRIM(c.same_as), '')::TEXT AS same_as /* addresses of pages about it, comma-joined */
FROM octo.locations AS c
JOIN staging.stg_octo__products AS p
  ON @IS_CURRENT(c, p)
