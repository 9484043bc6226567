"""OCTO, the open standard for tours, activities and attractions; one connector for every supplier that speaks it."""
