"""What runners type goes the right way: sentences as data, a third of them unseen by the rules."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

import app
from bot.understanding import Understanding
from models.policy import POLICY, SHOWING, Role, allowed

DATA = Path(__file__).parent / "data"
MONDAY = date(2026, 11, 23)
LEAST = {"ja": 200, "en": 100}
ENOUGH = {
    False: 0.95,
    True: 0.7,
}  # of the sentences seen while writing the rules, and of the others
ONE_TAP = 0.85  # of the sentences not seen, at least
WAY_OUT = ("consult.ask",)  # offered with what is only guessed
ALWAYS = ("week.this_week", "tips.tip", "consult.ask")  # offered where nothing is understood


@dataclass(frozen=True)
class Sentence:
    """A sentence, whether the rules' author has seen it, and where it has to lead.

    `kind` is "does" (straight there), "offers" (a button that leads there, or there at once where
    that only shows) or "nothing" (nothing may be set in motion). `wanted` holds what may answer
    each wish.
    """

    text: str
    language: str
    kind: str
    wanted: tuple[frozenset[str], ...]
    unseen: bool
    who: str = ""  # may say it; empty: anybody


@dataclass(frozen=True)
class Outcome:
    """Where a sentence went: what answered it, and what was offered."""

    did: tuple[str, ...]
    offered: tuple[str, ...]

    def is_right(self, said: Sentence) -> bool:
        """Whether it went where it has to."""
        if said.kind == "nothing":
            return not self.did
        both = any(self._meets(wanted) for wanted in permutations(said.wanted))
        if said.kind == "does":
            return both
        at_once = both and self.did[0] in SHOWING
        return at_once or any(command in said.wanted[0] for command in self.offered)

    def _meets(self, wanted: Sequence[frozenset[str]]) -> bool:
        matched = zip(self.did, wanted, strict=False)
        return len(self.did) == len(wanted) and all(command in may for command, may in matched)

    def is_wrong_deed(self, said: Sentence) -> bool:
        """Whether it did something that was not asked for: kept, sent, deleted, changed."""
        wanted = frozenset().union(*said.wanted) if said.kind == "does" else frozenset()
        return any(command not in SHOWING and command not in wanted for command in self.did)


def sentences() -> Iterator[Sentence]:
    for language in LEAST:
        yield from sorted_by_wish(read(f"sentences_{language}.toml"), language, unseen=False)
        yield from sorted_by_wish(read("sentences_unseen_2.toml")[language], language, unseen=True)
    for row in read("sentences_unseen.toml")["sentence"]:
        kind = "offers" if row["to"] == "asks back" else "does"
        to = row["among"] if kind == "offers" else row["to"]
        wanted = tuple(
            frozenset([w] if isinstance(w, str) else w) for w in (to, row.get("also")) if w
        )
        yield Sentence(row["text"], row["lang"], kind, wanted, True, row["who"])


def sorted_by_wish(by_kind: dict[str, Any], language: str, *, unseen: bool) -> Iterator[Sentence]:
    for kind, by_wish in by_kind.items():
        for wish, texts in by_wish.items():
            wanted = tuple(frozenset(part.split(" | ")) for part in wish.split(" + "))
            yield from (Sentence(text, language, kind, wanted, unseen) for text in texts)


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text("utf-8"))


SENTENCES = list(sentences())


@pytest.fixture(scope="module")
def router():
    return app.router()


@pytest.fixture(scope="module")
def outcomes(router):
    understanding = Understanding(router)
    return {said: outcome(understanding, said) for said in SENTENCES}


def outcome(understanding, said):
    held = {Role.GUEST, Role(said.who)} if said.who else set(Role)
    understood = understanding.of(said.text, MONDAY, lambda c: bool(allowed(c) & held))
    routes = [*understood.choices, *(guess.route for guess in understood.guesses)]
    did = tuple(wish.route.command for wish in understood.wishes)
    offered = [route.command for route in routes] + list(WAY_OUT if understood.guesses else ())
    return Outcome(did, tuple(offered) or ALWAYS)


@pytest.mark.parametrize("unseen", [False, True], ids=["seen", "unseen"])
@pytest.mark.parametrize("language", LEAST)
def test_sentences_go_the_right_way(outcomes, language, unseen, record_property):
    said = [s for s in SENTENCES if (s.language, s.unseen) == (language, unseen)]
    missed = [s for s in said if not outcomes[s].is_right(s)]
    right = len(said) - len(missed)
    seen = "unseen while writing the rules" if unseen else "seen"
    words = f"{language}, {seen}: {right} of {len(said)} sentences go the right way"
    record_property("summary", f"understanding, {words} ({right / len(said):.1%})")
    assert right >= ENOUGH[unseen] * len(said), "\n".join(
        f"{s.text}: {outcomes[s]}" for s in missed
    )


def test_what_is_not_understood_at_once_is_among_what_is_offered(outcomes, record_property):
    said = [s for s in SENTENCES if s.unseen]
    led = [s for s in said if outcomes[s].is_right(s) or _is_offered(s, outcomes[s])]
    words = f"{len(led)} of {len(said)} unseen sentences get there at once or by one tap"
    record_property("summary", f"understanding, {words} ({len(led) / len(said):.1%})")
    assert len(led) >= ONE_TAP * len(said)


def _is_offered(said, went):
    return any(command in wanted for wanted in said.wanted for command in went.offered)


def test_no_sentence_does_what_was_not_asked_for(outcomes):
    wrong = [s for s, went in outcomes.items() if went.is_wrong_deed(s)]
    assert not wrong, "\n".join(f"{s.text}: {outcomes[s]}" for s in wrong)


def test_there_are_enough_sentences_over_every_feature(router):
    for language, least in LEAST.items():
        assert sum(s.language == language for s in SENTENCES) >= least
    texts = [s.text for s in SENTENCES]
    assert len(set(texts)) == len(texts)
    spoken = {f.name for f in router.features.values() if f.words or f.phrases}
    for language in LEAST:
        own = [s for s in SENTENCES if s.language == language]
        heard = {c.split(".")[0] for s in own for may in s.wanted for c in may}
        assert spoken - heard == set(), language


def test_only_what_there_is_is_wanted_or_said_to_show_only():
    wanted = {c for s in SENTENCES if s.kind != "nothing" for may in s.wanted for c in may}
    assert wanted <= set(POLICY)
    assert set(POLICY) >= SHOWING
