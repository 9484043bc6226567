"""Dagster over pipelines and warehouse: when they run, what they made, what went wrong.

Three processes, started at the repository's root with DAGSTER_HOME set to what `python -m dagster_project.home` prints:

    dagster api grpc -m dagster_project.code_location -h 127.0.0.1 -p 3001
    dagster-webserver -w workspace.yaml -h 127.0.0.1 -p 3000
    dagster-daemon run -w workspace.yaml

Modules here cannot use `from __future__ import annotations`: Dagster reads the annotations of its functions.
"""
