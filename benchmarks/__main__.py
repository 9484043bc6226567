"""`make bench`: measure every figure, or ONLY one, print it and keep it in benchmarks/results.json."""

import argparse
import json
import sys
from pathlib import Path

from benchmarks.dashboard import measure_dashboard
from benchmarks.guarantee import measure_guarantee
from benchmarks.idle import measure_idle
from benchmarks.ready import measure_ready
from benchmarks.storefront import measure_storefront

RESULTS = Path(__file__).parent / "results.json"
# One measurement may give several figures; asking for one of them runs it.
MEASUREMENTS = {
    ("ready_seconds", "ready_again_seconds"): measure_ready,
    ("idle_cpu_cores",): measure_idle,
    ("dashboard_kpi_cold_s",): measure_dashboard,
    ("publish_seconds", "page_uncached_p95_ms", "page_cached_vs_bare", "api_rss_mb"): measure_storefront,
    ("guarantee_runs", "guarantee_broken", "guarantee_differences", "guarantee_fail_points"): measure_guarantee,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", help="a figure, or what the names of several begin with")
    only = parser.parse_args().only or ""
    if not any(name.startswith(only) for names in MEASUREMENTS for name in names):
        parser.error(f"there is no figure {only}")
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    for names, measure in MEASUREMENTS.items():
        if any(name.startswith(only) for name in names):
            results |= measure()
            for name in names:
                print(f"{name}: {results[name]}")
    RESULTS.write_text(json.dumps(results, indent=2, sort_keys=True) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
