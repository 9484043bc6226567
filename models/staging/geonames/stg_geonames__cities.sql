/* Cities of 15,000 people or more. */
MODEL (
  name staging.stg_geonames__cities,
  kind VIEW,
  owner catalog,
  grain geoname_id
);

SELECT
  c.geoname_id::BIGINT AS geoname_id,
  c.name::TEXT AS name,
  @SLUG(c.name)::TEXT AS name_key, /* for comparing: no case, no accents */
  c.country_code::TEXT AS country_code,
  c.latitude::DOUBLE AS latitude,
  c.longitude::DOUBLE AS longitude,
  c.population::BIGINT AS population,
  c.time_zone::TEXT AS time_zone
FROM geonames.cities AS c
