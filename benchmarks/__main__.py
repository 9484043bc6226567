"""`make bench`: measure every figure, or ONLY one, print it and keep it in benchmarks/results.json."""

import argparse
import json
import sys
from functools import partial
from pathlib import Path

from benchmarks.dashboard import measure_dashboard
from benchmarks.guarantee import measure_guarantee
from benchmarks.idle import measure_idle
from benchmarks.large_sales import ITEMS
from benchmarks.ready import measure_ready
from benchmarks.sales_build import measure_sales_build
from benchmarks.storefront import measure_storefront

RESULTS = Path(__file__).parent / "results.json"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", default="", help="a figure, or what the names of several begin with")
    parser.add_argument("--items", type=int, default=ITEMS, help="order items where sales are many; fewer are a trial")
    given = parser.parse_args()
    # One measurement may give several figures; asking for one of them runs it.
    measurements = {
        ("ready_seconds", "ready_again_seconds"): measure_ready,
        ("idle_cpu_cores",): measure_idle,
        ("dashboard_kpi_cold_s",): measure_dashboard,
        ("publish_seconds", "page_uncached_p95_ms", "page_cached_vs_bare", "api_rss_mb"): measure_storefront,
        ("build_vs_sql",): partial(measure_sales_build, given.items),
        ("guarantee_runs", "guarantee_broken", "guarantee_differences", "guarantee_fail_points"): measure_guarantee,
    }
    wanted = {names: measure for names, measure in measurements.items() if _is_asked(names, given.only)}
    if not wanted:
        parser.error(f"there is no figure {given.only}")
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    for names, measure in wanted.items():
        results |= measure()
        for name in names:
            print(f"{name}: {results[name]}")
    if given.items == ITEMS:
        RESULTS.write_text(json.dumps(results, indent=2, sort_keys=True) + "\n")
    return 0


def _is_asked(names: tuple[str, ...], only: str) -> bool:
    return any(name.startswith(only) for name in names)


if __name__ == "__main__":
    sys.exit(main())
