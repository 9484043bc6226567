"""A shop's colours as CSS variables that keep WCAG AA contrast, in light and in dark. Branding -> CSS text."""

import re
from typing import Final

from api.shops.shop import Branding

AA_CONTRAST: Final = 4.5
LIGHT_SURFACE: Final = "#ffffff"
DARK_SURFACE: Final = "#16181d"
FALLBACK_COLOUR: Final = "#1f3a5f"
# Stacks of what systems bring along; the names are what a reseller chooses from.
FONTS: Final = {
    "sans": 'system-ui,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif',
    "serif": '"Iowan Old Style","Palatino Linotype","URW Palladio L","Noto Serif","Liberation Serif",Georgia,serif',
    "rounded": 'ui-rounded,Quicksand,Comfortaa,"Arial Rounded MT Bold",Calibri,"Noto Sans",sans-serif',
    "grotesque": 'Bahnschrift,"DIN Alternate","Franklin Gothic Medium","Liberation Sans Narrow",sans-serif',
}
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def theme_css(branding: Branding) -> str:
    """The shop's variables; whatever the colours, text on them and text in them stay readable."""
    primary, accent = safe_colour(branding.colour_primary), safe_colour(branding.colour_accent)
    font = FONTS.get(branding.font, FONTS["sans"])
    light = _variables(primary, accent, LIGHT_SURFACE)
    dark = _variables(primary, accent, DARK_SURFACE)
    return f":root{{--font-heading:{font};{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two `#rrggbb` colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(background: str) -> str:
    """White or black, whichever reads better on `background`: one of the two always reaches AA."""
    return max(("#ffffff", "#000000"), key=lambda text: contrast(text, background))


def readable_tint(colour: str, background: str) -> str:
    """`colour`, moved towards black or white just far enough to be read as text on `background`."""
    target = "#000000" if _luminance(background) > 0.18 else "#ffffff"  # noqa: PLR2004 - middle grey in linear light
    for step in range(21):
        tint = mix(colour, target, step / 20)
        if contrast(tint, background) >= AA_CONTRAST:
            return tint
    return target


def mix(one: str, other: str, share: float) -> str:
    """`share` of `other` in `one`."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _variables(primary: str, accent: str, surface: str) -> str:
    # The wash is made of the tint, or a dark brand would not be seen on a dark surface. Text in brand colour stands on
    # both, and the wash is the harder ground.
    tint = readable_tint(primary, surface)
    wash = mix(surface, tint, 0.12)
    values = {
        "brand": primary,
        "on-brand": readable_on(primary),
        "brand-deep": mix(primary, "#000000", 0.28),
        "accent": accent,
        "on-accent": readable_on(accent),
        "on-brand-deep": readable_on(mix(primary, "#000000", 0.28)),
        "brand-wash": wash,
        "brand-text": readable_tint(tint, wash),
    }
    return ";".join(f"--{name}:{value}" for name, value in values.items())


def safe_colour(text: str) -> str:
    """`text` where it is a colour; a page must not fail for one that is not."""
    return text.lower() if _HEX.fullmatch(text) else FALLBACK_COLOUR


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 - sRGB
