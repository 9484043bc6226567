/* Countries by their ISO 3166-1 code. */
MODEL (
  name staging.stg_geonames__countries,
  kind VIEW,
  owner catalog,
  grain country_code
);

SELECT
  c.country_code::TEXT AS country_code,
  c.name::TEXT AS name,
  @SLUG(c.name)::TEXT AS slug
FROM geonames.countries AS c
