"""My data: everything kept about a person, as a file that is given out once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot import my_data
from bot.cards import Note, card
from bot.feature import Feature
from bot.messages import Button, Link, Say, Text
from bot.turn import Answer, Turn
from models import disclosure, record, stored_file
from models.record import Audit
from models.stored_file import Content

FILE_NAME = "tasuki-my-data.html"

on = Feature("my_data")

DEED = "my data"
AUDITED = "disclosed"
PAUSE = timedelta(hours=24)
LIFE = timedelta(hours=24)
IN_A_BROWSER = "?openExternalBrowser=1"  # LINE's own browser saves no files


@dataclass(frozen=True)
class MakeFile:
    """Yes, write everything down for me."""

    token: str


@on.word
def ask(turn: Turn) -> Answer:
    """Say what will be in the file, and ask."""
    if refused := _refused(turn):
        return refused
    token = turn.confirmation(DEED)
    buttons: list[Button] = [turn.button("make_label", MakeFile(token)), Say(turn.say("leave"))]
    notes = [Note(turn.say("what")), Note(turn.say("careful"), strong=True)]
    return card(turn.say("title"), notes, buttons)


@on.button(MakeFile)
def made(turn: Turn, tapped: MakeFile) -> Answer:
    """Write the file and give its address, once."""
    if refused := _refused(turn):
        return refused
    if not turn.confirmed(tapped.token, DEED):
        return Text(turn.say("old"))
    sections = disclosure.gather(turn.db, turn.person)
    content = Content(my_data.page(turn, sections), "text/html", FILE_NAME, once=True)
    until = turn.now + LIFE
    token = stored_file.keep(turn.db, content, turn.person.key, turn.now, until)
    row = Audit(at=turn.now, person_id=turn.person.key, deed=AUDITED, people=1)
    record.audit(turn.db, row)
    link = Link(turn.say("link_label"), turn.file_url(token) + IN_A_BROWSER)
    notes = [Note(turn.say("ready", until=until)), Note(turn.say("yours_alone"), strong=True)]
    return card(turn.say("ready_title"), notes, [link])


def _refused(turn: Turn) -> Text | None:
    """Say why there is no file now: one a day, and none where we have no address."""
    if not turn.file_url(""):
        return Text(turn.say("no_address"))
    last = record.latest(turn.db, turn.person.key, AUDITED)
    if last is not None and last.at > turn.now - PAUSE:
        return Text(turn.say("once_a_day", after=last.at + PAUSE))
    return None
