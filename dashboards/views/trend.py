"""Net sales by day as a picture of a few hundred bytes. values by day -> HTML with an SVG of its own"""

import base64
import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.money import Money
from dashboards.periods import days_of
from dashboards.views.amounts import Amounts
from warehouse.readers.sales_shapes import Period, Share, SoldCurrency

HEIGHT = 64
STEP = 10
BAR = 7
# An image knows nothing of the page's colours; it does know whether the page is dark.
_SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' preserveAspectRatio='none'>"
    "<style>rect{{fill:#8b9bb4}}.now{{fill:#23395b}}@media(prefers-color-scheme:dark)"
    "{{rect{{fill:#5d6b7d}}.now{{fill:#f2b84b}}}}</style>{bars}</svg>"
)


@dataclass(frozen=True, slots=True)
class Trend:
    """Net sales of each day of a period; a day without any is zero."""

    period: Period
    values: tuple[Money, ...]

    @classmethod
    def of(cls, days: Sequence[Share], period: Period, currency: SoldCurrency) -> "Trend":
        sold = {day.key: day.sold.net_sales_minor for day in days}
        return cls(period, tuple(currency.money(sold.get(day.isoformat(), 0)) for day in days_of(period)))

    @property
    def best(self) -> tuple[date, Money]:
        """The day that sold most, the latest of several."""
        dated = list(zip(days_of(self.period), self.values, strict=True))
        return max(dated, key=lambda pair: (pair[1].minor, pair[0]))


def trend_html(trend: Trend, amounts: Amounts) -> str:
    """The last bar stands out: it is still growing."""
    first, last = amounts.day(trend.period.first), amounts.day(trend.period.last)
    best_day, best = trend.best
    words = f"Most on {amounts.day(best_day)}: {amounts.money(best)}"
    alternative = html.escape(f"Net sales by day from {first} to {last}. {words}.", quote=True)
    return (
        f"<figure class='trend'><figcaption><b>Net sales, last {len(trend.values)} days</b>"
        f"<span>{html.escape(words)}</span></figcaption>"
        f"<img alt='{alternative}' src='{_picture([value.minor for value in trend.values])}'>"
        f"<div><span>{first}</span><span>{last}</span></div></figure>"
    )


def _picture(values: Sequence[int]) -> str:
    most = max(*values, 1)
    bars = "".join(_bar(place, value, most, is_last=place == len(values) - 1) for place, value in enumerate(values))
    svg = _SVG.format(width=len(values) * STEP, height=HEIGHT, bars=bars)
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _bar(place: int, value: int, most: int, *, is_last: bool) -> str:
    """At least a line, so that a day without sales is seen to be one."""
    tall = max(1, HEIGHT * max(value, 0) // most)
    kind = " class='now'" if is_last else ""
    return f"<rect{kind} x='{place * STEP + 1}' y='{HEIGHT - tall}' width='{BAR}' height='{tall}'/>"
