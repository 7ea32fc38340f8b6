"""Routes: found whatever their order, and refused at start-up where they contradict each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import permutations

import pytest

import app
from bot import route_faults
from bot.buttons import NotOurs, pack
from bot.feature import Feature, RouteFault
from bot.phrases import Phrasebook
from bot.questions import Number
from bot.router import Router
from bot.slots import standard_slots
from bot.texts import FeatureTexts
from models.policy import POLICY

TODAY = date(2026, 11, 25)
BOOK = Phrasebook(standard_slots({"knee": ["膝", "knee"]}), ["すみません"], ["教えて"])
ADVICE = {"advice": {"ja": ["水"], "en": ["water"]}}


def texts(name, words=None, phrases=None, say=None):
    return {name: FeatureTexts(name, words or {}, phrases or {}, say or {}, {}, {})}


def advice(turn): ...


def log(turn, ml): ...


def free(turn, text): ...


def hurts(turn, place): ...


def other(turn): ...


@dataclass(frozen=True)
class LogDrink:
    """A button."""

    ml: int


@pytest.fixture(autouse=True)
def policy(monkeypatch):
    """Let the table hold exactly what these small features offer, whatever it is."""
    monkeypatch.setattr(route_faults, "POLICY", rows := {})
    return rows


def build(policy, features, all_texts, *, allow=True):
    if allow:
        policy.update({command: None for f in features for command in f.commands()})
    return Router(features, all_texts, BOOK)


def feature(name, **routes):
    made = Feature(name)
    for kind, handlers in routes.items():
        for handler in handlers:
            getattr(made, kind)(handler)
    return made


def small(policy, order=(0, 1, 2)):
    parts = [
        (
            feature("drink", word=[advice], phrase=[log]),
            {"log": both("水{ml}", "water {ml}")},
            ADVICE,
        ),
        (feature("pain", phrase=[hurts]), {"hurts": both("{place}が痛い", "my {place} hurts")}, {}),
        (feature("ask", phrase=[free]), {"free": both("{text}が痛い", "my {text}")}, {}),
    ]
    chosen = [parts[n] for n in order]
    known = {k: v for f, p, w in chosen for k, v in texts(f.name, w, p).items()}
    return build(policy, [f for f, _, _ in chosen], known)


def both(ja, en):
    return {"ja": [ja], "en": [en]}


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
@pytest.mark.parametrize(
    ("said", "commands"),
    [
        ("水", ["drink.advice"]),
        ("ＷＡＴＥＲ!", ["drink.advice"]),
        ("すみません、水を教えて", []),
        ("水 教えて", ["drink.advice"]),
        ("水３００", ["drink.log"]),
        ("膝が痛い", ["pain.hurts"]),
        ("心が痛い", ["ask.free"]),
        ("my knee hurts", ["pain.hurts"]),
        ("おはよう", []),
        ("", []),
    ],
)
def test_the_same_route_is_found_in_any_order(policy, order, said, commands):
    found = small(policy, order).by_text(said, TODAY)
    assert [route.command for route in found] == commands


def test_what_fits_two_routes_gives_both(policy):
    names = ("one", "two", "three")
    features = [feature(n, phrase=[free if n == "three" else hurts]) for n in names]
    exact, loose = both("{place}です", "it is {place}"), both("{text}です", "it is {text}")
    known = texts("one", phrases={"hurts": exact}) | texts("two", phrases={"hurts": exact})
    router = build(policy, features, known | texts("three", phrases={"free": loose}))
    found = [route.command for route in router.by_text("膝です", TODAY)]
    assert found == ["one.hurts", "two.hurts"]  # a gap for any text yields to both
    assert [r.command for r in router.by_text("朝です", TODAY)] == ["three.free"]


def test_taps_come_back_typed(policy):
    on = Feature("drink")
    on.button(LogDrink)(advice)
    router = build(policy, [on], texts("drink"))
    route, tapped = router.by_button(pack(LogDrink(300)))
    assert (route.command, tapped) == ("drink.advice", LogDrink(300))
    name = pack(LogDrink(300)).split("?")[0]
    for data in ("", "x", name, f"{name}?ml=many", f"{name}?ml=1.5", f"{name}?ml", f"{name}?%00=1"):
        with pytest.raises(NotOurs):
            router.by_button(data)


def test_every_fault_is_named_at_once(policy):
    drink, rest = feature("drink", word=[advice, other]), feature("rest", word=[advice])
    rest.answer("minutes", Number(0, 9))(other)
    known = texts("drink", ADVICE | {"gone": both("x", "y")}) | texts("rest", ADVICE)
    known |= texts("orphan", {"w": both("あ", "a")})
    policy.update({"drink.advice": None, "drink.nobody": None})
    with pytest.raises(RouteFault) as fault:
        build(policy, [drink, rest], known, allow=False)
    assert set(str(fault.value).splitlines()) == {
        "«水» wakes drink.advice, rest.advice",
        "«water» wakes drink.advice, rest.advice",
        "texts/orphan.toml has waking words, but there is no feature orphan",
        "drink.other: no row in models/policy.toml",
        "rest.advice: no row in models/policy.toml",
        "rest.other: no row in models/policy.toml",
        "models/policy.toml: drink.nobody: no such handler",
        "drink.gone: a handler or its words are missing",
        "drink.other: a handler or its words are missing",
        "rest.minutes_again: there are no words to ask again",
    }


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("{weather}です", "there is no slot weather"),
        ("水", "drink.log does not take what «水» gives"),
        ("水{ml}を{minutes}", "drink.log does not take what «水{ml}を{minutes}» gives"),
    ],
)
def test_a_handler_takes_what_its_phrases_give(policy, source, fault):
    known = texts("drink", phrases={"log": both(source, "water {ml}")})
    with pytest.raises(RouteFault, match=fault.replace("{", r"\{")):
        build(policy, [feature("drink", phrase=[log])], known)


def test_missing_texts_two_names_and_two_clocks_are_named(policy):
    with pytest.raises(RouteFault, match=r"handlers/texts/drink\.toml is missing"):
        build(policy, [Feature("drink")], {})
    with pytest.raises(RouteFault, match="the name drink"):
        build(policy, [Feature("drink"), Feature("drink")], texts("drink"))
    one, two = Feature("one"), Feature("two")
    for on in (one, two):
        on.clock("session.drink")(advice)
    with pytest.raises(RouteFault, match=r"session\.drink wakes one, two"):
        build(policy, [one, two], texts("one") | texts("two"))
    with pytest.raises(RouteFault, match="wakes advice and other"):
        one.clock("session.drink")(other)


def test_the_product_has_one_row_a_command(monkeypatch):
    monkeypatch.setattr(route_faults, "POLICY", POLICY)
    commands = {command for on in app.features() for command in on.commands()}
    assert set(app.router().features)  # it starts: no fault
    assert commands == set(POLICY)
