"""How long `make run` takes until a visitor sees a shop. an empty home -> first run -> second run -> seconds"""

from benchmarks.platform import own_home, running


def measure_ready() -> dict[str, float]:
    """Seconds from the command to the first shop page: on an empty home, and on the home of an earlier run."""
    with own_home() as home:
        with running(home) as first:
            pass
        with running(home) as again:
            pass
    return {"ready_seconds": first.first_page_seconds, "ready_again_seconds": again.first_page_seconds}
