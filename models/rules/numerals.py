"""Numbers written out: 三百, さんびゃく, three hundred, 一時間半, all turned into digits."""

from __future__ import annotations

import re

_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0}
_KANJI_TIMES = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_KANJI = re.compile("[〇零一二三四五六七八九十百千万]+")
_KANA = {
    **{"いち": 1, "いっ": 1, "に": 2, "さん": 3, "よん": 4, "し": 4, "ご": 5},
    **{"ろく": 6, "ろっ": 6, "なな": 7, "しち": 7, "はち": 8, "はっ": 8, "きゅう": 9, "く": 9},
}
_KANA_TIMES = {
    **{"じゅう": 10, "じゅっ": 10, "ひゃく": 100, "びゃく": 100, "ぴゃく": 100},
    **{"せん": 1000, "ぜん": 1000, "まん": 10000},
}
_KANA_ALONE = {word: value for word, value in _KANA.items() if not word.endswith("っ")}
_KANA_ALONE |= {"ぜろ": 0, "れい": 0, "じゅう": 10, "ひゃく": 100, "せん": 1000}
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "ten twenty thirty forty fifty sixty seventy eighty ninety"
_ENGLISH = {word: 10 * n for n, word in enumerate(_TENS.split(), 1)}
_ENGLISH |= {word: n for n, word in enumerate(_ONES.split())}
_ENGLISH_TIMES = {"hundred": 100, "thousand": 1000}


def _any(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_KANA_RUN = re.compile(
    rf"(?<![ぁ-ん])(?:(?:{_any(_KANA)})?(?:{_any(_KANA_TIMES)}))+(?:(?:{_any(_KANA)})(?![ぁ-ん]))?"
)
_KANA_PART = re.compile(f"{_any(_KANA)}|{_any(_KANA_TIMES)}")
_ONE = rf"(?:{_any(_ENGLISH)})"
_ENGLISH_RUN = re.compile(
    rf"\b(?:{_ONE}|a(?= (?:hundred|thousand)\b))"
    rf"(?:[ -](?:and )?(?:{_ONE}|hundred|thousand)\b)*(?![a-z])"
)
_HOURS = re.compile(
    r"([0-9]+(?:\.[0-9]+)?)\s*(?:時間|じかん|hours?|hrs?|h)\s*"
    r"(?:(半|はん|and a half)|(?:and )?([0-9]+)\s*(?:分|ふん|ぷん|minutes?|mins?|m)?)?(?![a-z])"
)
_POINT = re.compile(r"(?<=[0-9])(?:点|てん)(?=[0-9])")
_CLOCK = re.compile(r"(?<![0-9:])([0-9]):([0-5][0-9])(?![0-9:])")


def in_digits(plain: str) -> str:
    """Return normalised text with its written-out numbers in digits."""
    if plain in _KANA_ALONE:
        return str(_KANA_ALONE[plain])
    text = _KANJI.sub(lambda m: str(_added(list(m[0]), _DIGITS, _KANJI_TIMES)), plain)
    text = _POINT.sub(".", text)
    text = _KANA_RUN.sub(_kana_value, text)
    return _ENGLISH_RUN.sub(_english_value, text)


def hours_in_minutes(plain: str) -> str:
    """Return text in digits with 1時間半, 1h30 and 1:30 written as minutes."""
    return _CLOCK.sub(lambda m: str(int(m[1]) * 60 + int(m[2])), _HOURS.sub(_minutes, plain))


def _minutes(match: re.Match[str]) -> str:
    more = 30 if match[2] else int(match[3] or 0)
    return f"{float(match[1]) * 60 + more:g}"


def _kana_value(match: re.Match[str]) -> str:
    return str(_added(_KANA_PART.findall(match[0]), _KANA, _KANA_TIMES))


def _english_value(match: re.Match[str]) -> str:
    words = [w for w in re.split("[ -]", match[0]) if w not in {"a", "and"}]
    return str(_added(words, _ENGLISH, _ENGLISH_TIMES))


def _added(words: list[str], ones: dict[str, int], times: dict[str, int]) -> int:
    """Add up numerals: digits in a row are read by place, a multiplier takes what stands before."""
    total = section = waiting = 0
    for word in words:
        if word in ones:
            waiting = waiting * (10 if ones is _DIGITS else 1) + ones[word]
        elif times[word] >= 10000:
            total += max(section + waiting, 1) * times[word]
            section = waiting = 0
        else:
            section += max(waiting, 1) * times[word]
            waiting = 0
    return total + section + waiting
