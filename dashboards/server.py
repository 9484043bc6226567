"""The dashboards over HTTP: Streamlit behind a layer that makes its first screen light. `python -m dashboards`"""

import argparse
import logging
from pathlib import Path
from typing import Final

import streamlit as st
import uvicorn
from starlette.middleware import Middleware

from core.settings import settings
from dashboards.bundles import Bundles

SCRIPT: Final = Path(__file__).with_name("app.py")
LOOPBACK: Final = "127.0.0.1"
# Websockets stay open as long as their pages do; a restart does not wait for them.
STOP_SECONDS: Final = 2


def create_app() -> st.App:
    """One process is one dashboard: sessions live in memory."""
    return st.App(SCRIPT, middleware=[Middleware(Bundles)])


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m dashboards", description=__doc__)
    parser.add_argument("--host", default=LOOPBACK)
    parser.add_argument("--port", type=int, default=settings().dashboards_port)
    chosen = parser.parse_args(arguments)
    # Streamlit gives it a handler once it has started, whatever uvicorn was told.
    logging.getLogger("uvicorn.access").disabled = True
    uvicorn.run(
        create_app(),
        host=chosen.host,
        port=chosen.port,
        log_config=None,
        ws="websockets-sansio",
        timeout_graceful_shutdown=STOP_SECONDS,
    )
