"""Reading what people type: one normal form for text, and numbers that are really numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from models.rules.numerals import hours_in_minutes, in_digits

_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_ENDS = " 。、.,!?…~〜ー♪"
_PICTURES = {"So", "Sk", "Mn", "Me"}  # emoji, their shades and joiners
_PART_OF_OTHERS = {  # ですね, すこし, やりかた, かたい, あくび, あした
    "すね": "(?<![でまっ])すね",
    "こし": "(?<![すう])こし(?![ょゃゅ])",
    "かた": "(?<![しいえけ])(?<!やり)かた(?![ちづく])(?!い(?!た))",
    "くび": "(?<!あ)くび",
    "あし": "あし(?!た)",
}
LONGEST_ANSWER = 60  # characters of an answer that is a number


def normalise(text: str) -> str:
    """Return `text` in the one form that words and phrases are compared in.

    NFKC (full-width to half-width), lower case, katakana folded to hiragana, control
    characters, zero-width marks and lone surrogates dropped, white space folded.
    """
    kept = "".join(" " if c.isspace() else c for c in text if _is_readable(c))
    folded = unicodedata.normalize("NFKC", kept).casefold().translate(_HIRAGANA)
    return " ".join(folded.split())


def word_key(text: str) -> str:
    """Return the normal form without the marks and emoji that people put around a sentence."""
    plain = normalise(text).strip(_ENDS)
    start, end = 0, len(plain)
    while end > start and _is_mark(plain[end - 1]):
        end -= 1
    while start < end and _is_mark(plain[start]):
        start += 1
    return plain[start:end]


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


def plain_number(text: str, around: Iterable[str], *, minutes: bool = False) -> Decimal | None:
    """Return the number that a text is: nothing but words of `around` may stand beside it.

    「７くらいです」「三百」「about seven」 are numbers, 「名簿 サブ3」「3日前から」 are not.
    With `minutes`, 1時間半 and 1:30 are 90.
    """
    plain = in_digits(word_key(text))
    if len(plain) > LONGEST_ANSWER:
        return None
    bare = without(hours_in_minutes(plain) if minutes else plain, around)
    beside = _NUMBER.sub(" ", _THOUSANDS.sub("", bare))
    return None if beside.strip(_ENDS) else number(bare)


def without(plain: str, words: Iterable[str]) -> str:
    """Return normalised text without these words; a Latin one goes only where it stands alone."""
    return _beside(tuple(words)).sub(" ", plain).strip(_ENDS)


@lru_cache(maxsize=64)
def _beside(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what matches any of the words; a Latin one only where it stands alone."""
    known = sorted({normalise(word) for word in words}, key=len, reverse=True)
    return re.compile("|".join(_standing_alone(word) for word in known) or "(?!)")


def _standing_alone(word: str) -> str:
    before = "(?<![a-z])" if re.match("[a-z]", word) else "(?<![0-9.])" if word[0].isdigit() else ""
    after = "(?![a-z])" if re.search("[a-z]$", word) else ""
    return before + re.escape(word) + after


def as_a_word(name: str) -> str:
    """Return the pattern of a normalised name, which leaves out other words that it is part of."""
    return _PART_OF_OTHERS.get(name) or re.escape(name)


def _is_mark(char: str) -> bool:
    return char in _ENDS or unicodedata.category(char) in _PICTURES


def read_code(text: str) -> str | None:
    """Return a typed code in capitals without spaces and hyphens, or None where there is none."""
    plain = re.sub(r"[\s‐-―−ー-]", "", normalise(text))
    return plain.upper() if re.fullmatch(r"[a-z0-9]{6,32}", plain) else None


def readable(text: str) -> str:
    """Return `text` without what no database and no phone takes: NUL, controls, lone surrogates."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})


def _is_readable(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
