"""What pages of figures show, as a person reads it."""

import html
import re

from tests.dashboards.conftest import everything_on

_CARD = re.compile(r"<summary><span>(.*?)</span><b>(.*?)</b>(.*?)</summary>")


def cards_on(script) -> dict[str, str]:
    """Each card's words by its label: `€60.00 +50 % from €40.00`."""
    return {label: _words(f"{value} {rest}") for label, value, rest in _CARD.findall(everything_on(script))}


def _words(text: str) -> str:
    return re.sub(" +", " ", html.unescape(re.sub(r"<[^>]*>|&nbsp;", " ", text))).strip()


def total_on(script) -> tuple[str, ...]:
    """Tickets and net sales below a table."""
    foot = re.search(r"<tfoot>(.*)</tfoot>", everything_on(script))
    assert foot
    return tuple(_words(cell) for cell in re.findall(r"<td>(.*?)</td>", foot.group(1)))
