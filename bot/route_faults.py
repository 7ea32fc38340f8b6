"""What is wrong with the features taken together, found at start-up and named all at once."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.feature import Feature, Handler, RouteFault
from bot.phrases import Phrasebook, UnknownSlotError
from bot.texts import CORRIDOR, FeatureTexts
from models.policy import POLICY
from models.rules.reading import word_key

Texts = Mapping[str, FeatureTexts]


def refuse_any(features: Sequence[Feature], texts: Texts, book: Phrasebook) -> None:
    """Raise RouteFault with every fault there is."""
    mute = [feature.name for feature in features if feature.name not in texts]
    if mute:
        raise RouteFault("\n".join(f"handlers/texts/{name}.toml is missing" for name in mute))
    found = [
        *_claimed_twice(features, texts),
        *_orphans(features, texts),
        *_against_policy(features),
        *(fault for feature in features for fault in _unpaired(feature, texts[feature.name])),
        *(fault for f in features for fault in _misfits(f, texts[f.name], book)),
    ]
    if found:
        raise RouteFault("\n".join(found))


def _claimed_twice(features: Sequence[Feature], texts: Texts) -> Iterator[str]:
    claims: dict[str, dict[str, None]] = {}
    for feature in features:
        claims.setdefault(f"the name {feature.name}", {})[str(id(feature))] = None
        for kind in feature.clocks:
            claims.setdefault(f"the occurrence {kind}", {})[feature.name] = None
        for name in feature.words:
            for word in texts[feature.name].waking_words(name):
                claims.setdefault(f"«{word_key(word)}»", {})[f"{feature.name}.{name}"] = None
    for claim, claimants in claims.items():
        if len(claimants) > 1:
            yield f"{claim} wakes {', '.join(claimants)}"


def _orphans(features: Sequence[Feature], texts: Texts) -> Iterator[str]:
    """Words that stand in a file no feature belongs to would wake nobody."""
    known = {feature.name for feature in features} | {CORRIDOR}
    for name in sorted(set(texts) - known):
        if texts[name].words or texts[name].phrases:
            yield f"texts/{name}.toml has waking words, but there is no feature {name}"


def _against_policy(features: Iterable[Feature]) -> Iterator[str]:
    commands = {command for feature in features for command in feature.commands()}
    for command in sorted(commands - set(POLICY)):
        yield f"{command}: no row in models/policy.toml"
    for command in sorted(set(POLICY) - commands):
        yield f"models/policy.toml: {command}: no such handler"


def _unpaired(feature: Feature, texts: FeatureTexts) -> Iterator[str]:
    pairs = ((texts.words, feature.words), (texts.phrases, feature.phrases))
    for said, handled in pairs:
        for name in sorted(set(said) ^ set(handled)):
            yield f"{feature.name}.{name}: a handler or its words are missing"
    for question, (_, expected) in feature.answers.items():
        again = f"{question.split('.')[1]}_again"
        if not expected.open_ended and again not in texts.say:
            yield f"{feature.name}.{again}: there are no words to ask again"


def _misfits(feature: Feature, texts: FeatureTexts, book: Phrasebook) -> Iterator[str]:
    """A handler takes exactly what its phrases' slots give."""
    for name, handler in feature.phrases.items():
        for source in texts.waking_phrases(name):
            try:
                slots = set(book.compile(source).slots)
            except UnknownSlotError as unknown:
                yield f"{feature.name}.{name}: «{source}»: {unknown}"
                continue
            if not _takes(handler, slots):
                yield f"{feature.name}.{name} does not take what «{source}» gives"


def _takes(handler: Handler, slots: set[str]) -> bool:
    parameters = list(inspect.signature(handler).parameters.values())[1:]  # after the turn
    if any(p.kind is p.VAR_KEYWORD for p in parameters):
        return True
    needed = {p.name for p in parameters if p.default is p.empty}
    return needed <= slots <= {p.name for p in parameters}
