"""One plain form for what is said politely, humbly, bluntly or shortly, in both languages.

「休ませていただきます」「休もうと思います」「お休みします」 all become 「休む」, "I can't" and
"i cannot" "i cant": a form to compare sentences in, not one to show to anybody.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from models.rules.reading import word_key

_ROWS = ("わいうえお", "かきくけこ", "がぎぐげご", "さしすせそ", "たちつてと",
         "なにぬねの", "ばびぶべぼ", "まみむめも", "らりるれろ")  # fmt: skip
_TO_A = {row[1]: row[0] for row in _ROWS}
_TO_U = {row[1]: row[2] for row in _ROWS}
_A_TO_I = {row[0]: row[1] for row in _ROWS}
_O_TO_U = {row[4]: row[2] for row in _ROWS}
_PAST = {"い": "った", "き": "いた", "ぎ": "いだ", "し": "した", "ち": "った", "に": "んだ",
         "び": "んだ", "み": "んだ", "り": "った"}  # fmt: skip
_GODAN_S = set("消話出返直貸押外戻探渡隠流治通移示足増減回起残試")  # 消します is 消す, no 消する
_UPPER = {"でき", "起き", "すぎ", "過ぎ", "落ち", "足り"}  # stems of できる, 起きる, …
_TE = {"て": "た", "で": "だ"}
_I = "いきぎしちにびみり"
_WISHING = "(?<=[きぎしちにびみりえけげせてでねべめれ食見寝出着])"  # not いたい, which may hurt
Change = str | Callable[[re.Match[str]], str]


def _masu(match: re.Match[str]) -> str:
    """Return the dictionary form: 休みます → 休む, 行けます → 行ける."""
    before, stem = match[1], match[2]
    if before + stem in _UPPER:
        return before + stem + "る"
    if stem == "し":
        return before + ("す" if before in _GODAN_S else "する")
    return before + _TO_U.get(stem, stem + "る")


def _masen(match: re.Match[str]) -> str:
    past = "なかった" if match[2] else "ない"
    if match[1] == "あり":
        return past
    stem = match[1][-1]
    kept = match[1] if match[1] in _UPPER or stem == "し" else ""
    return (kept or match[1][:-1] + _TO_A.get(stem, stem)) + past


def _mashita(match: re.Match[str]) -> str:
    before, stem = match[1], match[2]
    if before + stem in _UPPER:
        return before + stem + "た"
    past = "った" if before in ("行", "い") and stem == "き" else _PAST.get(stem, stem + "た")
    return before + past


def _volition(match: re.Match[str]) -> str:
    if match[1] == "しよ":
        return "する"
    return "る" if match[1] == "よ" else _O_TO_U[match[1]]


_CHANGES: tuple[tuple[str, Change], ...] = (
    (r"(?<=[ぁ-ん])[~〜]+|(?<=[まで])ー+(?=す)|(?<=す)ー+", ""),
    (r"['’‘`´]", ""),
    (r"\bi am\b", "im"),
    (r"\bi will\b", "ill"),
    (r"\bi have\b", "ive"),
    (r"\bcan ?not\b", "cant"),
    (r"\b(do|did|have|is|are|does|has)(?:es)? not\b", r"\1nt"),
    (r"\bwill not\b", "wont"),
    (r"\b(it|what|where|who|when|how|that|there) is\b", r"\1s"),
    (r"\bgonna\b", "going to"),
    (r"\b(?:u|ya)\b", "you"),
    (r"\b(?:tmrw?|tomm?or?row|2moro|tmoro)\b", "tomorrow"),
    (r"\b(?:today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)s\b ?", ""),
    (r"\b(?:the|a|an|really|just|so|very|actually|well|pls|plz|bit|my|our)\b ?", ""),
    (
        r"どうしても|ちょっと|急に|急遽|本当に|ほんと(?:う)?に|とても|すごく|めっちゃ|めちゃくちゃ|"
        r"やむを得ず|残念ながら|けっこう|かなり|いったん|なるべく",
        "",
    ),
    # いただく, ください, もらう: what one asks to be allowed is what one does
    (
        r"([わかがさたなばまら])せて(?:いただ|頂|もら|くだ|下)[ぁ-ん]*",
        lambda m: _A_TO_I[m[1]] + "ます",
    ),
    (r"お(\w)み(?:を)?(?:いただ|頂)[ぁ-ん]*", r"\1みます"),
    (r"お(\w)みします", r"\1みます"),
    (r"ことに(?:し|な)(?:ます|ました|た|りました|った|る)|ことにする", ""),
    (r"(しよ|よ|[こごそとのぼもろお])うと(?:思|おも)[いうっ][ぁ-ん]*", _volition),
    (r"(?<=[うくぐすつぬぶむるいた])(?:つもり|予定)(?:です|だ|でいます|でおります)?", ""),
    (r"(?<=[いるただ])みたい(?:です|だ)?", ""),
    (_WISHING + r"たい(?=$|[でとのんなけが])", "ます"),
    # ない in its many dresses
    (r"(?<=[けれせべめげ])んくな(?:った|りました|っちゃった|りそう)", "ない"),
    (r"なく(?:なり|なって|なっちゃ|なっ)(?:そうです|そう|ました|[ぁ-ん]*った|[ぁ-ん]*た)", "ない"),
    (r"な(?:さ|)そう(?:です|だ)?(?=$|[、。のなで])", "ない"),
    (r"(?<=[けれせてべめねげき])そう(?:に|も)(?:ない|ありません|ねえ|ねー)", "ない"),
    (r"(?<=い)(?:ねん|っちゃ|べ|ばい|わぁ)", ""),
    (r"(?<=[けれせべめげ])(?<!ませ)(?<![ーう]め)(?:へん|ん)(?=$|[、。わけのねよ])", "ない"),
    # くなる: what has become so is so
    (r"くなって(?:きて)?(?:きました|きた|ます|います|いる|る|しまいました|しまった)", "い"),
    (r"くな(?:りました|ります|った|る|っちゃった)", "い"),
    (r"(?<=い)(?:の|ん)(?:です|だ)", ""),
    # て and で forms
    (
        r"([てで])(?:しまい|しまっ|おき|おい|き|み)(?:ました|た)(?=$|[、。よねけが])",
        lambda m: _TE[m[1]],
    ),
    (r"ちゃ(?:いました|った)", "た"),
    (r"(?<=ん)(?:じゃいました|じゃった|どきました|どいた)", "だ"),
    (r"([てで])い?(?:ます|る)(?=$|[、。よねけがの])", r"\1る"),
    # ます, ました, ません
    (r"(あり|でき|起き|すぎ|過ぎ|落ち|足り|\w)ません(でした)?", _masen),
    (rf"(\w?)([{_I}えけげせてでねべめれ]|[^ぁ-ん\s])ました", _mashita),
    (rf"(\w?)([{_I}えけげせてでねべめれ]|[^ぁ-ん\s])ま(?:す|しょう)", _masu),
    (r"でした", "だった"),
    (r"(?:なん|ん|の)?で(?:す|ございます)(?=$|[、。よねけがかの])", ""),
    (r"(?<=[うくぐすつぬぶむるいた])ん(?:だ|すよ|っす)?(?=$|[、。よねけ])", ""),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern), change) for pattern, change in _CHANGES)
MOST_ENDINGS = 4  # 「んですけどね」
_ENDINGS = re.compile(
    r"(?:けれども|けれど|けども|けど|ので|から|っす|よね|よな|なあ|なぁ|わよ|んよ|くらい|ぐらい|ほど|"
    r"だった|で(?:い|行)く|に(?:する|なる|した)|とする|(?<=[^んの\s])で|(?<=[^ぁ-ん\s])だ|[よねわぞさがし])$"
)
_PARTICLES = re.compile(r"(?<=[^\s])[をの](?=[^\s])|\s+")
_STEM = re.compile(
    r"(?<=[^ぁ-ん\sa-z0-9])(?:し|せ|め|え|け|べ|れ|っ|い|ん|す)?[てでるすくむうつぶぐ]$"
)


def plain_form(text: str) -> str:
    """Return normalised text in plain form."""
    for pattern, change in _COMPILED:
        text = pattern.sub(change, text)
    return " ".join(text.split())


def plain_sentence(text: str) -> str:
    """Return a whole sentence in plain form, without the particles that end it."""
    plain = word_key(plain_form(text))
    for _ in range(MOST_ENDINGS):
        shorter = word_key(_ENDINGS.sub("", plain))
        if not shorter or shorter == plain:
            break
        plain = shorter
    return plain


def stem_form(plain: str) -> str:
    """Return a plain sentence as nouns and a stem: アカウントを削除する → あかうんと削除.

    Past and negated endings stay, for they say something else.
    """
    return _STEM.sub("", _PARTICLES.sub("", plain)) if not plain.isascii() else plain
