"""Countries and cities of GeoNames, which places are matched to."""
