"""What a phone shows until Streamlit has started. Streamlit's index.html -> the same with a first screen in it"""

from pathlib import Path
from typing import Final

TITLE: Final = "Tiqzy"
_SCREEN: Final = Path(__file__).with_suffix(".html")
_ROOT: Final = '<div id="root">'


def shell(index: str) -> str:
    """React clears its root before it draws, so what stands there is gone once there is something better."""
    if _ROOT not in index:
        raise ValueError("this Streamlit's page has no root: dashboards/shell.py was made for another version")
    return index.replace("<title>Streamlit</title>", f"<title>{TITLE}</title>").replace(
        _ROOT, _ROOT + _SCREEN.read_text()
    )
