"""A reseller may choose any colour; people must still be able to read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages.assets import STYLE_SHEETS, minified
from api.pages.theme import AA_CONTRAST, DARK_SURFACE, LIGHT_SURFACE, contrast, readable_on, theme_css
from api.shops.shop import Branding

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


def variables(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{6})", css))


@given(primary=COLOURS, accent=COLOURS)
def test_text_is_readable_in_light_and_dark_whatever_the_colours(primary, accent):
    css = theme_css(Branding(primary, accent, "sans", has_logo=False))
    light, dark = css.split("@media")
    for surface, values in ((LIGHT_SURFACE, variables(light)), (DARK_SURFACE, variables(dark))):
        assert contrast(values["brand-text"], surface) >= AA_CONTRAST
        assert contrast(values["brand-text"], values["brand-wash"]) >= AA_CONTRAST
        assert contrast(values["on-brand"], values["brand"]) >= AA_CONTRAST
        assert contrast(values["on-brand-deep"], values["brand-deep"]) >= AA_CONTRAST
        assert contrast(values["on-accent"], values["accent"]) >= AA_CONTRAST


@pytest.mark.parametrize("typed", ["red", "#12", "#123456;}body{display:none", ""])
def test_what_is_no_colour_is_not_written_into_a_style(typed):
    css = theme_css(Branding(typed, typed, typed, has_logo=False))
    assert "red;" not in css
    assert "display" not in css


def test_black_on_white_has_the_highest_contrast_there_is():
    assert round(contrast("#000000", "#ffffff")) == 21
    assert readable_on("#ffd23f") == "#000000"


def test_styles_lose_comments_and_space_and_nothing_else():
    assert minified("/* why */\na {\n  color: red;\n  margin: 0 auto;\n}\n") == "a{color: red;margin: 0 auto;}"
    assert STYLE_SHEETS
