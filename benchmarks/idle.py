"""What a platform costs that nobody visits. make run, loaded -> five minutes -> cores in use, on average"""

import time

from benchmarks.platform import own_home, running

SETTLING_SECONDS = 60
MEASURED_SECONDS = 300
EVERYTHING_LOADED = "published with all days"


def measure_idle() -> dict[str, float]:
    with own_home() as home, running(home) as platform:
        platform.wait_until_said(EVERYTHING_LOADED)
        time.sleep(SETTLING_SECONDS)
        before = platform.cpu_seconds()
        time.sleep(MEASURED_SECONDS)
        return {"idle_cpu_cores": round((platform.cpu_seconds() - before) / MEASURED_SECONDS, 3)}
