"""Readable names for addresses and for comparing, in SQL that every engine has."""

import unicodedata

from sqlglot import exp, parse_one
from sqlmesh import macro

# Latin letters whose plain form Unicode does not know by itself.
PLAIN_BY_HAND = dict(zip("ßæøœłđðþħ\N{LATIN SMALL LETTER DOTLESS I}", "saoolddthi", strict=True))


def _plain_letters() -> dict[str, str]:
    """Accented lower-case Latin letters and the one each is written with in an address: é -> e."""
    plain = dict(PLAIN_BY_HAND)
    for code in (*range(0xDF, 0x250), *range(0x1E00, 0x1F00)):
        letter = chr(code)
        base = unicodedata.normalize("NFD", letter)[0]
        if letter.islower() and base != letter and base.isascii():
            plain[letter] = base
    return plain


PLAIN = _plain_letters()


@macro()
def slug(_evaluator: object, text: exp.Expression) -> exp.Expression:
    """`Musée d'Orsay` -> `musee-d-orsay`; empty for a text without a Latin letter or digit, NULL for NULL."""
    plain = f"TRANSLATE(LOWER({text.sql('duckdb')}), '{''.join(PLAIN)}', '{''.join(PLAIN.values())}')"
    return parse_one(f"TRIM(REGEXP_REPLACE({plain}, '[^a-z0-9]+', '-', 'g'), '-')", dialect="duckdb")
