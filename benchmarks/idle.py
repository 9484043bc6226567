"""What a platform costs that nobody visits. make run, loaded -> five minutes -> cores in use, on average"""

import time

from api.seed import DAYS_A_MONTH
from benchmarks.platform import own_home, running
from deploy.local.services import MONTHS_OF_HISTORY

# The last sales of the past reach the figures meanwhile.
SETTLING_SECONDS = 120
MEASURED_SECONDS = 300
EVERYTHING_LOADED = "published with all days"
EVERYTHING_SOLD = f"Sales of the last {int(MONTHS_OF_HISTORY * DAYS_A_MONTH)} days are there"


def measure_idle() -> dict[str, float]:
    with own_home() as home, running(home) as platform:
        platform.wait_until_said(EVERYTHING_LOADED)
        # A first start makes the demo shops' past behind everything else, once.
        platform.wait_until_said(EVERYTHING_SOLD)
        time.sleep(SETTLING_SECONDS)
        before = platform.cpu_seconds()
        time.sleep(MEASURED_SECONDS)
        return {"idle_cpu_cores": round((platform.cpu_seconds() - before) / MEASURED_SECONDS, 3)}
