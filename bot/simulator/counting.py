"""How LINE counts: UTF-16 units in texts, grapheme clusters in labels, bytes in Flex."""

import json
import unicodedata

JOINER = "\u200d"
# Marks that belong to the character before them without being combining in Unicode's tables:
# variation selectors are (category Mn), skin tones are symbols and so are named here.
SKIN_TONES = range(0x1F3FB, 0x1F400)
FLAG_LETTERS = range(0x1F1E6, 0x1F200)
TAGS = range(0xE0020, 0xE0080)


def utf16(text: str) -> int:
    """Count UTF-16 code units: an apple emoji is 2."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def graphemes(text: str) -> int:
    """Count what a person sees as characters.

    An approximation of Unicode's extended grapheme clusters that needs no table: marks, skin
    tones, joiners, tags, halves of flags and CR LF are joined. Conjoining Hangul jamo and Indic
    conjuncts are counted singly; Japanese and emoji come out right.
    """
    count, flag_open, before = 0, False, ""
    for character in text:
        flag = ord(character) in FLAG_LETTERS
        if not (_joins(before, character) or (flag and flag_open)):
            count += 1
            flag_open = flag
        else:
            flag_open = False
        before = character
    return count


def json_bytes(value: object) -> int:
    """Count the bytes of a value as compact JSON in UTF-8."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return len(text.encode("utf-8", "surrogatepass"))


def _joins(before: str, character: str) -> bool:
    if not before:
        return False
    if before == JOINER or before + character == "\r\n":
        return True
    point = ord(character)
    return (
        unicodedata.category(character) in ("Mn", "Me", "Mc")
        or character == JOINER
        or point in SKIN_TONES
        or point in TAGS
    )
