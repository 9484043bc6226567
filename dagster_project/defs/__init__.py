"""One folder per domain: assets, checks, schedules; each body is one call into pipelines or warehouse."""
