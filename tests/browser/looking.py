"""Looks at a page on every screen: axe-core's rules, and nothing wider than the screen. page -> complaints"""

from collections.abc import Iterator

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WIDTHS = (360, 390, 1280)
HEIGHT = 844
# All rules in the light; in the dark the one that colours can break.
RULES = {"light": {}, "dark": {"runOnly": ["color-contrast"]}}
JUDGE = """rules => axe.run({resultTypes: ["violations"], preload: false, ...rules}).then(done => done.violations)"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def complaints(page: Page, *, wider: str = WIDER) -> list[str]:
    """Of the page as it stands, at each width, light and dark."""
    return [f"{page.url} {found}" for found in dict.fromkeys(_found(page, wider))]


def _found(page: Page, wider: str) -> Iterator[str]:
    page.evaluate(AXE_SCRIPT)
    for scheme, rules in RULES.items():
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            if (by := page.evaluate(wider)) > 0:
                yield f"at {width}: {by} px too wide"
            for broken in page.evaluate(JUDGE, rules):
                for node in broken["nodes"]:
                    where = " ".join(map(str, node["target"]))
                    yield f"{scheme} {width} {broken['id']}: {where}: {node['failureSummary']}"
