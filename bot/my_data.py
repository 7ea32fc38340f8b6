"""A person's data as one page to read: a table for each kind, and the same as JSON inside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from html import escape
from typing import Any

from bot.turn import Turn
from models.disclosure import Record, Section

PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title>
<style>
body{{font:16px/1.6 sans-serif;color:#222;max-width:60rem;margin:1.5rem auto;padding:0 1rem}}
h1{{border-bottom:4px solid #C8402F;padding-bottom:.3rem}} h2{{margin-top:2rem}}
.rows{{overflow-x:auto}} table{{border-collapse:collapse;font-size:.9rem}}
th,td{{border:1px solid #E6E1DA;padding:.3rem .6rem;text-align:left;vertical-align:top}}
th{{background:#F7F4F0;white-space:nowrap}} td{{white-space:pre-wrap}}
</style></head><body><h1>{title}</h1><p>{lead}</p>
{sections}
<script type="application/json" id="data">{data}</script>
</body></html>
"""


def page(turn: Turn, sections: Sequence[Section]) -> bytes:
    """Return the page in the language of the turn, everything on it escaped."""
    shown = "\n".join(_section(turn, one) for one in sections)
    return PAGE.format(
        language=turn.language,
        title=escape(turn.say("page_title")),
        lead=escape(turn.say("page_lead", name=turn.person.name or "–", at=turn.now)),
        sections=shown,
        data=_json(turn, sections),
    ).encode()


def _section(turn: Turn, section: Section) -> str:
    title = escape(_named(turn, "table", section.name))
    deeds = f"<p>{escape(turn.say('deeds', n=section.deeds))}</p>" if section.deeds else ""
    return f"<h2>{title}</h2>{deeds}{_table(turn, section.records)}"


def _table(turn: Turn, records: Sequence[Record]) -> str:
    if not records:
        return ""
    head = _cells(turn, "th", (_named(turn, "column", name) for name in records[0]))
    rows = (_cells(turn, "td", record.values()) for record in records)
    return f'<div class="rows"><table>{head}{"".join(rows)}</table></div>'


def _cells(turn: Turn, tag: str, values: Iterable[Any]) -> str:
    cells = "".join(f"<{tag}>{escape(_value(turn, value))}</{tag}>" for value in values)
    return f"<tr>{cells}</tr>"


def _value(turn: Turn, value: Any) -> str:
    """Write a value the way people read it: local times, words for what is yes or no."""
    match value:
        case None | "":
            return "–"
        case bool():
            return turn.say("value_yes" if value else "value_no")
        case datetime():
            return f"{turn.local(value):%Y-%m-%d %H:%M}"
        case dict() | list():
            return json.dumps(value, ensure_ascii=False)
        case str():
            return _named(turn, "value", value)
    return str(value)


def _named(turn: Turn, kind: str, name: str) -> str:
    """Return our word for a table, a column or a value; what has none stands as it is."""
    key = f"{kind}_{name}"
    return turn.say(key) if key in turn.texts.say else name


def _json(turn: Turn, sections: Sequence[Section]) -> str:
    told = {one.name: {"records": list(one.records), "deeds": one.deeds} for one in sections}
    made = {"made_at": turn.now, "data": told}
    plain = json.dumps(made, ensure_ascii=False, indent=1, default=_plain)
    return plain.replace("<", "\\u003c")  # nothing a person typed can end the script


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
