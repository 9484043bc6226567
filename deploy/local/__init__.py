"""`make run`: PostgreSQL, sandbox, first load, shop, dashboards and Dagster on this machine, watched until Ctrl-C.

preflight -> database -> processes and first load -> watching -> clean stop
"""
