"""The numbers for Prometheus, through real processes: each is there, explained, and moves."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest

from bot import gauges
from bot.gauges import Gauges
from tests import plant as plants
from tests.plant import says
from tests.processes import COMMAND, call, run

pytestmark = pytest.mark.timeout(300)
COUNTED_BY_WEB = {"tasuki_webhooks_total", "tasuki_intake_seconds", "tasuki_events_total"}
COUNTED_BY_WORKERS = {
    "tasuki_handled_total",
    "tasuki_handling_seconds",
    "tasuki_sent_total",
    "tasuki_sending_seconds",
}
SEEN_BY_ALL = {
    "tasuki_inbox_due",
    "tasuki_inbox_oldest_due_seconds",
    "tasuki_inbox_events",
    "tasuki_occurrences_missed",
    "tasuki_outbox_due",
    "tasuki_outbox_oldest_due_seconds",
    "tasuki_outbox_in_doubt",
    "tasuki_outbox_retries",
    "tasuki_outbox_rows",
    "tasuki_quota_used",
    "tasuki_quota_left",
    "tasuki_quota_reserve",
    "tasuki_heartbeat_age_seconds",
    "tasuki_clock_skew_seconds",
}


def explained(page):
    """Return the names of ours that a page explains, with what it says of them."""
    found = re.findall(r"^# HELP (tasuki_\w+) (.+)$", page, re.MULTILINE)
    return {name: said for name, said in found if not name.endswith("_created")}


def value(page, sample):
    """Return the value of one sample."""
    found = re.search(rf"^{re.escape(sample)} (\S+)$", page, re.MULTILINE)
    return float(found[1]) if found else None


@pytest.fixture
def plant(tmp_path):
    with plants.built(tmp_path) as built:
        yield built


def web_page(plant):
    status, page = call(f"{plant.here}/metrics")
    assert status == 200
    return page


def worker_page(plant):
    return call(f"http://127.0.0.1:{plant.worker_port}/metrics")[1]


def test_several_web_processes_count_as_one_also_when_they_are_replaced(plant):
    with plant.web("--workers", "3") as web:
        plant.wait(plant.is_open)
        for _ in range(12):
            assert plant.post(plant.say()) == 200
        assert [call(f"{plant.here}/callback", b"{}", X_Line_Signature="no")[0]] * 3 == [401] * 3
        before = {counts(web_page(plant)) for _ in range(6)}  # whichever process answers
        web.send_signal(signal.SIGHUP)
        assert [says(web, "Worker exiting") for _ in range(3)] == [True] * 3
        plant.wait(plant.is_open)
        assert plant.post(plant.say()) == 200
        after = {counts(web_page(plant)) for _ in range(6)}
        page = web_page(plant)
    assert before == {(12.0, 1.0, 13.0, 12.0)}
    assert after == {(13.0, 1.0, 14.0, 13.0)}
    assert explained(page).keys() >= COUNTED_BY_WEB | SEEN_BY_ALL - {"tasuki_quota_left"}
    assert value(page, "tasuki_inbox_due") == 13  # nobody has worked yet
    assert value(page, "tasuki_inbox_oldest_due_seconds") > 0


def counts(page):
    names = ('webhooks_total{status="200"}', 'webhooks_total{status="401"}')
    samples = [*names, "intake_seconds_count", 'events_total{what="new"}']
    return tuple(value(page, f"tasuki_{name}") for name in samples)


def test_what_workers_do_shows_at_their_own_port_and_in_the_database(plant):
    plant.sim.faults.add(path="reply", status=500, times=2)
    with plant.web(), plant.worker():
        plant.wait(plant.is_open)
        plant.wait(lambda: value(web_page(plant), "tasuki_quota_left") is not None)
        plant.wait(lambda: 'from="LINE"' in web_page(plant))
        for _ in range(6):
            assert plant.post(plant.say()) == 200
        plant.wait(lambda: value(web_page(plant), 'tasuki_outbox_rows{state="accepted"}') == 6)
        plant.sim.faults.add(path="reply", status=400, body={"message": "odd"}, times=1)
        assert plant.post(plant.say()) == 200
        plant.wait(lambda: value(web_page(plant), 'tasuki_outbox_rows{state="dead"}') == 1)
        plant.wait(lambda: value(worker_page(plant), 'tasuki_sent_total{verdict="dead"}') == 1)
        web, worker = web_page(plant), worker_page(plant)
    assert explained(worker).keys() >= COUNTED_BY_WORKERS | SEEN_BY_ALL
    assert value(web, 'tasuki_inbox_events{door="line",state="done"}') == 7
    assert value(web, "tasuki_outbox_retries") == 2
    assert value(worker, 'tasuki_handled_total{state="done"}') == 7
    assert value(worker, 'tasuki_sent_total{verdict="sent"}') == 6
    assert value(worker, 'tasuki_sent_total{verdict="later"}') == 2
    assert value(worker, "tasuki_handling_seconds_count") == 7
    assert value(worker, "tasuki_sending_seconds_count") == 9
    assert value(web, "tasuki_quota_reserve") == 3000  # a tenth of the plan
    assert_alive(web)


def assert_alive(page):
    for loop in ("engine", "delivery", "planner"):
        assert 0 <= value(page, f'tasuki_heartbeat_age_seconds{{loop="{loop}"}}') < 60
    assert abs(float(re.search(r'from="LINE",?[^}]*\} (\S+)', page)[1])) < 5


def test_a_port_that_is_taken_is_named(plant):
    env = plant._environment() | {"TASUKI_WORKER_METRICS_PORT": plant.line.url.rsplit(":", 1)[1]}
    refused = run(*COMMAND, "worker", env=env)
    port = env["TASUKI_WORKER_METRICS_PORT"]
    assert refused.stderr == f"tasuki: TASUKI_WORKER_METRICS_PORT: port {port} is taken\n"
    assert refused.returncode == 2


def test_a_missed_occurrence_and_a_waiting_message_move_their_gauges(world, aiko):
    ours = Gauges(world.database, world.clock.now, world.clock.now)
    page = gauges.page(ours).decode()
    assert explained(page).keys() >= SEEN_BY_ALL - {"tasuki_quota_left"}
    assert all(len(said) > 15 for said in explained(page).values())
    assert value(page, "tasuki_occurrences_missed") == 0
    world.phones.say(aiko.id, aiko.id, "今週")
    while world.engine.step():
        pass
    world.clock.leaps_to("2026-11-26 09:00")  # nothing ran for three days
    world.ticker.plan(world.clock.now())
    page = gauges.page(ours).decode()
    assert value(page, "tasuki_occurrences_missed") > 0
    assert value(page, "tasuki_outbox_due") == 1
    assert value(page, "tasuki_outbox_oldest_due_seconds") == 3 * 86400


def test_each_number_of_the_guide_is_one_there_is():
    text = (Path(__file__).parents[1] / "docs/deploy.md").read_text()
    known = COUNTED_BY_WEB | COUNTED_BY_WORKERS | SEEN_BY_ALL
    assert set(re.findall(r"tasuki_\w+", text)) == known
