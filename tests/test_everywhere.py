"""Which tests meet PostgreSQL: whatever carries a promise does; of conversations, every fourth."""

from __future__ import annotations

import pytest

from tests.everywhere import ONE_IN, is_left_out


def names(module, many=400):
    return [f"tests/{module}.py::test_number_{n}[postgresql]" for n in range(many)]


@pytest.mark.parametrize("module", ["test_delivery", "test_safety", "test_restore", "test_quotas"])
def test_the_corridor_is_tried_whole(module):
    assert not any(map(is_left_out, names(module)))


@pytest.mark.parametrize("module", ["test_rsvp", "test_rsvp_weeks", "test_broadcast_later"])
def test_of_a_features_conversations_every_fourth_is(module):
    tried = sum(not is_left_out(name) for name in names(module))
    assert 0.7 < tried * ONE_IN / 400 < 1.3


def test_on_sqlite_all_are():
    assert not any(is_left_out(n.replace("postgresql", "sqlite")) for n in names("test_rsvp"))
