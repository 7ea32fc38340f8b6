"""Each mutant still has what it breaks, and each test that must notice it is there (cheaply)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.mutants import MUTANTS

ROOT = Path(__file__).parents[1]
ASKED_FOR = {
    "no retry key",
    "a fresh key per attempt",
    "no unique occurrence key",
    "marked before sending",
    "no lease fence",
    "409 taken as failure",
    "200 before the commit",
    "no event dedupe",
    "retry after 23 h",
    "push after a doubtful reply",
    "plan in one big transaction",
}


def test_every_mutant_is_there():
    assert set(MUTANTS) == ASKED_FOR


@pytest.mark.parametrize("mutant", MUTANTS.values(), ids=MUTANTS.keys())
def test_what_it_breaks_and_who_notices_are_there(mutant):
    real = getattr(mutant.owner, mutant.attribute)
    assert mutant.replacement(real) != real
    assert mutant.caught_by
    for node in mutant.caught_by:
        path, name = node.split("[")[0].split("::")
        tree = ast.parse((ROOT / path).read_text())
        assert name in {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}
