"""Colours of a picture: the hour and season it shows. Draw -> Palette"""

from dataclasses import dataclass, fields

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Palette:
    """From the sky down to the ground; `stone` and `roof` are what buildings are made of in this light."""

    name: str
    sky_top: Colour
    sky_middle: Colour
    sky_low: Colour
    sun: Colour
    far: Colour
    middle: Colour
    near: Colour
    ground: Colour
    green: Colour
    stone: Colour
    roof: Colour
    accent: Colour
    window: Colour
    is_night: bool = False


def colour(code: str) -> Colour:
    """`0b6e6e` as red, green, blue."""
    return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)


def blend(first: Colour, second: Colour, share: float) -> Colour:
    """`share` of the second colour in the first."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def shade(base: Colour, amount: float) -> Colour:
    """Darker for a negative amount, lighter for a positive one; -1 is black and 1 white."""
    return blend(base, (255, 255, 255) if amount > 0 else (16, 18, 32), abs(amount))


def _palette(name: str, codes: str, *, is_night: bool = False) -> Palette:
    names = [field.name for field in fields(Palette) if field.name not in {"name", "is_night"}]
    colours = dict(zip(names, map(colour, codes.split()), strict=True))
    return Palette(name=name, is_night=is_night, **colours)


# Order of the codes: sky top, middle, low; sun; far, middle, near; ground; green; stone; roof; accent; window.
DAY = (
    _palette("spring", "4f9bd0 93c9e6 e6f2ec fff6dc a9c7d1 7fa7b2 4f7f80 b9c99a 5d9b62 efe2c6 c0674a e8795a 4a6a82"),
    _palette("summer", "1f82c8 66b7e4 d8eefa fffbe6 9dc3dc 6b9fc0 3b6f8c d9cfa4 3f8f5c f6e7cb c95b3c f2a33c 3f6580"),
    _palette("autumn", "4f93c4 a9cfe0 f7e6c8 fff2d2 b4b9b4 9a8a74 6f5a48 d2bb8c c9832f efdcb8 a8482e dd6429 4f6276"),
    _palette("winter", "7fa3c4 b9cfe0 eef2f5 ffffff bccbd8 93a8bb 62798f eaf0f4 6b8b86 e6e2da 8d6a64 c4574e 5d7390"),
    _palette("morning", "6f9fd0 b9cde6 fbdcc4 fff3df b6bfd6 8c9bbd 586a92 cdbfa6 6c9a72 f3dfc8 bd6753 ef8a6b 566a8c"),
)
LATE = (
    _palette("golden", "3c6ea3 e7a977 fcd9a0 fff2c4 c79a86 9a6f6c 5b4657 b98f66 6f7d45 f4cd98 a8452f f0803c 7a4f45"),
    _palette("rose", "544b87 d6839c fbc7a6 ffe9cf a2799f 745a88 453f66 94788a 55705f efc2ab 8b3f55 f2766b 5f4668"),
    _palette(
        "dusk",
        "20305f 6d5f97 f0a68c ffdcae 66648f 474b78 2a3157 57577a 3b5a5e cfa8a0 6f3c56 f59b5c ffd98a",
        is_night=True,
    ),
    _palette(
        "night",
        "0d1738 1f2f5f 49588f f3efd8 32426f 24325a 151f40 2c3a5e 24494b 9a9ab4 4b3e63 f2b85c ffdf94",
        is_night=True,
    ),
)


def pick(number: int, variant: int) -> Palette:
    """Covers mostly by day; the second picture late in the day, the third in another season."""
    if variant == 2:
        return LATE[number % len(LATE)]
    choices = (*DAY, *DAY, LATE[0], LATE[1])
    return choices[(number + variant * 3) % len(choices)]
