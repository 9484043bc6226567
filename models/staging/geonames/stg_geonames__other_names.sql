/* What large cities are called elsewhere: Wien, Londres. */
MODEL (
  name staging.stg_geonames__other_names,
  kind VIEW,
  owner catalog,
  grain (geoname_id, name)
);

SELECT DISTINCT
  c.geoname_id::BIGINT AS geoname_id,
  n.name::TEXT AS name
FROM geonames.cities AS c
CROSS JOIN UNNEST(STR_SPLIT(c.alternate_names, ',')) AS n(name)
WHERE
  c.population >= 100000
