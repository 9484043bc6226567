"""A local day of a place as programs write it: `2026-12-24`, and no number of seconds. text -> date"""

import re
from datetime import date
from typing import Annotated, Final

from pydantic import BeforeValidator

_WRITTEN: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _written(value: object) -> object:
    """Pydantic would read `0` as the first of January 1970."""
    if isinstance(value, date) or (isinstance(value, str) and _WRITTEN.fullmatch(value)):
        return value
    raise ValueError("write the day as YYYY-MM-DD")


LocalDay = Annotated[date, BeforeValidator(_written)]
