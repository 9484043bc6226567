"""Sales: their models, their audits and the release that the figures are read from."""
