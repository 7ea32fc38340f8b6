"""What tests of alerts share: refusing, and looking at what was raised and told."""

from __future__ import annotations

from sqlalchemy import text
from sqlmodel import select

from models.alert import Alert
from tests.posting import drain

TITLE = "届いていないかもしれない連絡があります"
KEY = "race.safety:1:0:must-knows"
UNACCOUNTED = """
SELECT count(*) FROM outbox WHERE priority = 0
AND state NOT IN ('pending', 'accepted')
AND (state <> 'cancelled' OR recipient IN (SELECT line_id FROM person WHERE NOT reachable))
AND NOT EXISTS (SELECT 1 FROM alert
  WHERE alert.key = 'outbox:' || replace(CAST(outbox.id AS TEXT), '-', ''))
"""


def alerts(world):
    """Return the alerts, having seen that no safety that did not arrive is without one."""
    with world.database.read() as db:
        assert db.execute(text(UNACCOUNTED)).scalar() == 0
        return list(db.exec(select(Alert).order_by(Alert.key)))


def whys(world):
    """Return why each was raised."""
    return [one.why for one in alerts(world)]


def told(actor):
    """Return the digests somebody heard."""
    return [said for said in actor.hears() if said.startswith(TITLE)]


def refuse(world, times=1):
    """Let LINE refuse what waits."""
    world.sim.faults.add(path="push", status=400, times=times)
    drain(world.delivery)
