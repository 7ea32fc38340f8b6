"""What is told beside a wish: a reason that is a report of its own, or only what was eaten."""

from __future__ import annotations

import pytest

from models.attendance import Rsvp
from tests import bodies


@pytest.mark.parametrize(
    "said", ["けがしたので水曜は休みます", "違和感があるので休みます", "欠席 けが"]
)
def test_an_injury_told_as_a_reason_opens_its_report(world, aiko, said):
    heard = aiko.says(said)
    assert any("欠席で承りました" in one for one in heard)
    assert heard[-1].startswith("どこが痛みますか?")
    assert [row.answer for row in bodies.rows(world, Rsvp)] == ["no"]


def test_what_was_eaten_is_no_second_wish(aiko):
    assert len(aiko.says("朝ごはん食べた")) == 1
