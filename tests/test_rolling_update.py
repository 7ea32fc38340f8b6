"""An update as the guide has it: migrate, then new processes beside old ones, on a full school."""

from __future__ import annotations

import base64
import threading
import time
from datetime import timedelta

import pytest

from app import real_clock
from bot.demo_people import line_id
from models import crypto, health, person, schema, school, session
from models.schema import Fit
from tests import release_code
from tests.installation import Installation
from tests.processes import environment, migrated, wait_until
from tests.releases import RELEASED

PREVIOUS = RELEASED[-1]
AIKO = line_id("U", "相川 愛子")
PATIENCE = 90.0  # seconds
pytestmark = pytest.mark.timeout(400)


@pytest.fixture
def old(empty_url, tmp_path):
    """The release before, with its own tables, people and processes."""
    home = release_code.unpacked(PREVIOUS, tmp_path / "old")
    release_code.filled(home, empty_url)
    made = Installation(empty_url, home=home)
    yield made
    made.close()


def take(door, event):
    """Post an event, and again where the database was too busy for it, as LINE does."""
    if (status := door.post(event)[0]) != 200:
        assert status == 503
        door.redeliver([event])


def drinks(*doors, times=3):
    """Let Aiko note 100 mL so often, by turns at these doors; return the events."""
    events = []
    for _ in range(times):
        for door in doors:
            event = door.event("水100", AIKO)
            events.append(event)
            take(door, event)
    return events


@pytest.fixture
def their_key():
    """The data key of the processes, so that what they sealed can be read here."""
    before = crypto.current()
    crypto.use(crypto.Keyring(base64.b64decode(environment()["TASUKI_DATA_KEY"])))
    yield
    crypto.use(before)


def drunk(database):
    """Return the millilitres that Aiko noted, sealed by whichever release."""
    with database.read() as db:
        return health.drunk_ml(db, person.by_line_id(db, AIKO), real_clock() - timedelta(days=1))


def migrated_meanwhile(old, url):
    """Migrate while people go on talking to the old release; return what they said."""
    heard, done = [], threading.Event()

    def talk():
        while not done.wait(0.1):
            event = old.event()
            heard.append((event, *old.post(event)))

    talking = threading.Thread(target=talk)
    talking.start()
    try:
        migrated(url)
    finally:
        done.set()
        talking.join()
    return heard


def sent_by(installation):
    return sum('"verdict": "sent"' in line for line in list(installation.said))


def talk_until_both_sent(old, new):
    """Let many talk at both doors until each worker has sent something; return the events."""
    events, until = [], time.monotonic() + PATIENCE
    before = [sent_by(one) for one in (old, new)]
    while time.monotonic() < until:
        for door in (old, new):
            events.append(door.event())
            take(door, events[-1])
        sent = [sent_by(one) for one in (old, new)]
        if all(now > then for now, then in zip(sent, before, strict=True)):
            return events
        time.sleep(0.2)
    raise AssertionError(f"not both worked: {before}, {sent}")


def moved(database):
    """Hold the next session of a class elsewhere; its group must hear of it within seconds."""
    now = real_clock() - timedelta(seconds=57)
    with database.write() as db:
        class_ = next(one for one in school.classes(db) if one.code == "S4")
        found = session.from_on(db, class_.key, now + timedelta(hours=2))  # not one that has begun
        assert found is not None
        session.change(db, found, now, place_ja="代々木公園", place_en="Yoyogi Park")


def corrections(installation):
    group = line_id("C", "S4")
    pushed = [e for e in installation.sim.ledger.entries if e.accepted and e.to == group]
    return [e for e in pushed if "代々木公園" in str(e.messages)]


def unhappy(*installations):
    """Return what processes logged as errors, but for webhooks that were told to come again."""
    said = [line for one in installations for line in list(one.said) if '"level": "error"' in line]
    return [line for line in said if "webhook.not_recorded" not in line]


def update_the_tables(old, url):
    """Migrate under the old processes, and let them go on alone on the new tables."""
    events, heard = drinks(old), migrated_meanwhile(old, url)
    assert all(status in {200, 503} and taken < 3 for _, status, taken in heard), heard
    old.redeliver([event for event, status, _ in heard if status == 503])
    assert schema.fit(old.database) is Fit.CURRENT
    assert old.answers_once([*events, *(event for event, *_ in heard), *drinks(old)])


def work_together(old, new):
    """Let both answer, and both plan: a change is told to the group once."""
    events = talk_until_both_sent(old, new) + drinks(old, new)
    moved(new.database)
    assert new.answers_once(events)
    wait_until(lambda: corrections(new), PATIENCE)


def test_old_code_and_new_code_work_side_by_side(old, empty_url, their_key):
    update_the_tables(old, empty_url)
    new = Installation(empty_url, beside=old)
    try:
        work_together(old, new)
        old.stop()
        assert new.answers_once(drinks(new))
        assert drunk(new.database) == 1500
        assert len(corrections(new)) == 1
        assert unhappy(old, new) == []
    finally:
        new.close()
