"""Reading what people type: one normal form for text, and numbers that are really numbers."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_ENDS = " 。、.,!?…~〜ー♪"


def normalise(text: str) -> str:
    """Return `text` in the one form that words and phrases are compared in.

    NFKC (full-width to half-width), lower case, katakana folded to hiragana, control
    characters, zero-width marks and lone surrogates dropped, white space folded.
    """
    kept = "".join(" " if c.isspace() else c for c in text if _is_readable(c))
    folded = unicodedata.normalize("NFKC", kept).casefold().translate(_HIRAGANA)
    return " ".join(folded.split())


def word_key(text: str) -> str:
    """Return the normal form without the marks that people end a sentence with."""
    return normalise(text).strip(_ENDS)


def number(text: str) -> Decimal | None:
    """Return the one plain number in `text`, or None where there is none or more than one.

    Accepts full-width digits and a decimal point or comma ("６２．５", "62,5 kg"); a comma before
    three digits groups thousands ("1,000 ml"). Refuses signs, exponents, `1_000`, `nan` and digits
    of other scripts, which `float()` would take.
    """
    plain = _THOUSANDS.sub("", normalise(text))
    found = _NUMBER.findall(plain)
    rest = _NUMBER.sub("", plain)
    if len(found) != 1 or re.search(r"[-−_+^]|nan|inf|\d", rest):
        return None
    return Decimal(found[0].replace(",", "."))


def read_code(text: str) -> str | None:
    """Return a typed code in capitals without spaces and hyphens, or None where there is none."""
    plain = re.sub(r"[\s‐-―−ー-]", "", normalise(text))
    return plain.upper() if re.fullmatch(r"[a-z0-9]{6,32}", plain) else None


def readable(text: str) -> str:
    """Return `text` without what no database and no phone takes: NUL, controls, lone surrogates."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})


def _is_readable(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
