"""Ids of things that are to have been made long ago: the same each time. what it is of + moment -> id"""

import hashlib
from datetime import datetime
from uuid import UUID

from core.domain.ids import Prefix


def past_id(prefix: Prefix, moment: datetime, *about: object) -> str:
    """As `new_id` would have made it then, so that ids still sort by when they were made."""
    return f"{prefix}_{past_uuid(moment, prefix, *about).hex}"


def past_uuid(moment: datetime, *about: object) -> UUID:
    """A UUIDv7 of that moment, whose random part follows from `about`."""
    digest = hashlib.sha256("\x1f".join(map(str, about)).encode()).hexdigest()
    milliseconds = int(moment.timestamp() * 1000)
    return UUID(f"{milliseconds:012x}7{digest[:3]}8{digest[3:18]}")
