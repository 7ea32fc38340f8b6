"""The example sentences from which is learnt what people mean: text by command, two languages."""

from __future__ import annotations

import tomllib
from pathlib import Path

from models.content_files import CONTENT, ContentFaults
from models.policy import POLICY
from models.rules.reading import word_key


def load_examples(folder: Path = CONTENT / "examples") -> tuple[tuple[str, str], ...]:
    """Return (sentence, command) pairs; ContentFaults names every fault."""
    faults: list[str] = []
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        for command, texts in tomllib.loads(path.read_text("utf-8")).items():
            if command not in POLICY:
                faults.append(f"{path.name}: {command}: no such command")
            for text in texts:
                if found.setdefault(word_key(text), command) != command:
                    faults.append(f"{path.name}: {text!r} has two meanings")
    if faults:
        raise ContentFaults(faults)
    return tuple(found.items())
