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
