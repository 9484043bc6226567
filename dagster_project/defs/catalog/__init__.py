"""The catalogue: its models, their audits and the release that shops show."""
