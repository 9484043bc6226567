"""The past of the demo shops: sales that were never made, in rows like those of sales that were."""
