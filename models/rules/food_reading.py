"""Reading what somebody ate, as people type it: 「おにぎり2個とバナナ」, "2 rice balls"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from models.rules.reading import word_key

CARBS = "carbs"  # the food of somebody who tells grams of carbohydrate themselves
_NUMBERS = {
    **{key: i for i, key in enumerate("一二三四五六七八九十", 1)},
    **{"ひとつ": 1, "ふたつ": 2, "みっつ": 3, "よっつ": 4, "いつつ": 5},
    **{"一つ": 1, "二つ": 2, "三つ": 3, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3},
    **{"four": 4, "five": 5, "six": 6, "half a": 0.5, "half an": 0.5, "half": 0.5, "半分の": 0.5},
    **{"a couple of": 2, "半分": 0.5, "はんぶん": 0.5, "半": 0.5},
}
_WORD = "|".join(re.escape(key) for key in sorted(_NUMBERS, key=len, reverse=True))
_DIGITS = r"[0-9]+(?:[.,][0-9]+)?(?:\s*[/⁄]\s*[0-9]+)?"
_COUNTERS = (
    "個|こ|ケ|つ|玉|たま|杯|はい|ぱい|膳|ぜん|枚|まい|切れ|きれ|切|本|ほん|ぽん|串|皿|人前|人分|箱|"
    "portions?|pieces?|servings?|pcs?|slices?|bowls?|cups?|glasses|glass|bottles?|sticks?|bars?"
)
_WEIGHT = "グラム|ぐらむ|g|grams?|ml|みりりっとる|みり|cc"
_UNIT = rf"(?:{_WEIGHT}|{_COUNTERS})"
_AMOUNT = rf"(?:{_DIGITS}|{_WORD})"
_LEAD = re.compile(
    r"^(?:(昨日|きのう|yesterday\b)|今日|きょう|today\b|さっき|いま|今|朝ご(?:飯|はん)|朝食|朝|昼ご(?:飯|はん)|昼食|お?昼|"
    r"夕ご(?:飯|はん)|夕食|夕飯|晩ご(?:飯|はん)|夜食|夜|間食|おやつ|補食|for (?:breakfast|lunch|"
    r"dinner|a snack)|breakfast\b|lunch\b|dinner\b|snack\b|i\b(?:'ve| have)?(?: just)?|just\b)"
    r"[はにのとも、,: ]*"
)
_ATE = re.compile(
    r"^(?:ate|had|eaten|eat|drank|log)\s+|"
    r"\s*[をもは]?\s*(?:食べ(?:まし)?た|たべ(?:まし)?た|(?:飲み|のみ)ました|(?:飲|の)んだ|"
    r"いただきました|食った|くった|食べ終わりました|完食)(?:よ|ー|んだ)?$|"
    r"\s+(?:yesterday|today|for (?:breakfast|lunch|dinner|a snack))$"
)
_JOIN = r"\s*(?:と|や|、|,|・|\+|&|\band\b|\bplus\b|\bwith\b|あと|それと|に|\s)\s*"


@dataclass(frozen=True)
class Bite:
    """So many portions of a food, or so many grams (mL) of it."""

    food: str
    amount: float
    is_weight: bool = False


@dataclass(frozen=True)
class Eaten:
    """What was eaten; `told` where an amount or a verb says that it was, not only a name."""

    bites: tuple[Bite, ...]
    told: bool
    yesterday: bool = False


@dataclass(frozen=True)
class Foods:
    """The names that can be read, and the reading of a whole text."""

    names: dict[str, str]
    _bite: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        known = self.names | dict.fromkeys(
            ("糖質", "炭水化物", "カーボ", "かーぼ", "carbs", "carb", "carbohydrate"), CARBS
        )
        object.__setattr__(self, "names", {word_key(name): food for name, food in known.items()})
        object.__setattr__(self, "_bite", re.compile(_bite(self.names)))

    def find(self, name: str) -> str | None:
        """Return the food that is called so."""
        return self.names.get(word_key(name))

    def read(self, text: str) -> Eaten | None:
        """Return what was eaten; None when any of it is no food or no sensible amount."""
        plain, yesterday, verb = _without_frame(word_key(text))
        bites: list[Bite] = []
        counted = verb
        while plain:
            match = self._bite.match(plain)
            bite = self._bite_of(match) if match else None
            if match is None or bite is None:
                return None
            counted |= bool(match["before"] or match["after"])
            bites.append(bite)
            plain = plain[match.end() :]
        return Eaten(tuple(bites), counted, yesterday) if bites else None

    def _bite_of(self, match: re.Match[str]) -> Bite | None:
        food = self.names[match["name"]]
        amount = _amount(match["before"] or match["after"], half=bool(match["more"]))
        unit = match["unit_before"] or match["unit_after"] or ""
        weight = re.fullmatch(_WEIGHT, unit) is not None
        if food == CARBS and not (match["before"] or match["after"]):
            return None
        return Bite(food, amount, weight or food == CARBS) if amount else None


def bare(text: str) -> str:
    """Return what was typed without 'for lunch', 'yesterday' and 'ate'."""
    return _without_frame(word_key(text))[0]


def nearest(name: str, similar: Iterable[tuple[str, str]]) -> list[str]:
    """Return the foods whose name, or that of something like them, stands in what was typed."""
    said = bare(name)
    hits = [(len(key), food) for word, food in similar if (key := word_key(word)) in said]
    return list(dict.fromkeys(food for _, food in sorted(hits, reverse=True)))


def _bite(names: dict[str, str]) -> str:
    name = "|".join(re.escape(one) for one in sorted(names, key=len, reverse=True))
    return (
        rf"(?:(?P<before>{_AMOUNT})\s*(?P<unit_before>{_UNIT})?\s*(?:of|の|x|×)?\s*)?"
        rf"(?P<name>{name})(?:\s*[はをがも:x×]?\s*)"
        rf"(?(before)|(?:(?:大さじ|おおさじ)?(?P<after>{_AMOUNT})\s*(?P<unit_after>{_UNIT})?(?P<more>半)?)?)"
        rf"(?:{_JOIN})*"
    )


def _without_frame(plain: str) -> tuple[str, bool, bool]:
    """Cut 'yesterday', 'for lunch' and 'ate' off; say whether it was yesterday, and told."""
    yesterday, verb = False, False
    while match := _LEAD.match(plain):
        yesterday |= match[1] is not None
        plain = plain[match.end() :]
    while match := _ATE.search(plain):
        yesterday |= "yesterday" in match[0]
        verb = True
        plain = (plain[: match.start()] + plain[match.end() :]).strip()
    return plain, yesterday, verb


def _amount(typed: str | None, *, half: bool) -> float:
    """Return an amount; 0 for what is none."""
    if typed is None:
        return 1.0
    if typed in _NUMBERS:
        return _NUMBERS[typed] + 0.5 * half
    whole, _, part = typed.replace(",", ".").replace("⁄", "/").partition("/")
    divisor = float(part) if part else 1.0
    return float(whole) / divisor + 0.5 * half if divisor else 0.0
