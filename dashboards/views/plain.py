"""Other people's words, on their way into Markdown."""

import re

_MARKS = re.compile(r"([\\`*_{}\[\]()#+!~$:<>|])")


def plain(words: str) -> str:
    """A name as it was written: no supplier's text becomes a link, a picture fetched from elsewhere, or a colour."""
    return _MARKS.sub(r"\\\1", words)
