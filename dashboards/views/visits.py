"""Who comes today and tomorrow. visits -> HTML"""

import html
from collections.abc import Sequence
from datetime import date

from dashboards.views.amounts import Amounts
from warehouse.readers.sales_shapes import Visit

SHOWN = 3


def visits_html(visits: Sequence[Visit], days: Sequence[tuple[str, date]], amounts: Amounts) -> str:
    """One card for each named day, with its largest products."""
    cards = "".join(_card(word, [visit for visit in visits if visit.local_date == day], amounts) for word, day in days)
    return f"<section class='visits'>{cards}</section>"


def _card(word: str, visits: Sequence[Visit], amounts: Amounts) -> str:
    tickets = sum(visit.ticket_count for visit in visits)
    listed = "".join(
        f"<li>{amounts.count(visit.ticket_count)} &times; {html.escape(visit.title or 'Unknown')}</li>"
        for visit in visits[:SHOWN]
    )
    if len(visits) > SHOWN:
        listed += f"<li>and {len(visits) - SHOWN} more</li>"
    return (
        f"<details><summary><span>Visits {html.escape(word)}</span><b>{amounts.count(tickets)}</b></summary>"
        f"<p>Tickets that hold on this day, without cancelled ones.</p><ul>{listed}</ul></details>"
    )
