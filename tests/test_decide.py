"""The decision after an attempt, as a table of every answer; and the wait before the next."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decide import Verdict, decide
from bot.line import Outcome
from bot.pace import Pace, delay
from models.outbox import Priority

MONTHLY = '{"message":"You have reached your monthly limit."}'
BAD_TOKEN = '{"message":"Invalid reply token"}'
HTML = "<html><title>502 Bad Gateway</title></html>"
CUT = '{"message":"You have reached your mon'
BODIES = [
    "",
    "{}",
    HTML,
    CUT,
    MONTHLY,
    BAD_TOKEN,
    '{"message":"Failed to send messages"}',
    "\ufffd\0",
]
WAYS = list(product((True, False), (True, False), Priority))  # by reply, in doubt, priority
BUNDLES = list(product((True, False), (Priority.NOTICE, Priority.BROADCAST)))  # in doubt, priority


def expected(status, body, by_reply, in_doubt, priority):
    """Return what promises.md says, written down a second time and differently."""
    if status in {None, *range(100, 200), *range(300, 400), *range(500, 600)}:
        return Verdict.LATER
    if status in {*range(200, 300), 409}:
        return Verdict.SENT
    special = {
        401: Verdict.PAUSE,
        429: Verdict.LATER,
    }
    if (status, body, by_reply) == (400, BAD_TOKEN, True):
        said_already = in_doubt and priority is not Priority.SAFETY
        return Verdict.SENT if said_already else Verdict.PUSH
    if (status, body) == (429, MONTHLY):
        return Verdict.HOLD if priority is Priority.SAFETY else Verdict.QUOTA
    return special.get(status, Verdict.DEAD)


STATUSES = [[None], *(range(n, n + 100) for n in range(100, 600, 100))]


@pytest.mark.parametrize("statuses", STATUSES, ids=["none", "1xx", "2xx", "3xx", "4xx", "5xx"])
def test_every_answer_has_its_verdict(statuses):
    for status, body, (by_reply, in_doubt, priority) in product(statuses, BODIES, WAYS):
        found = decide(status, body, by_reply=by_reply, in_doubt=in_doubt, priority=priority)
        assert found is expected(status, body, by_reply, in_doubt, priority), (status, body)


@pytest.mark.parametrize("statuses", STATUSES, ids=["none", "1xx", "2xx", "3xx", "4xx", "5xx"])
def test_every_answer_to_several_rows_at_once_has_its_verdict(statuses):
    for status, body, (in_doubt, priority) in product(statuses, BODIES, BUNDLES):
        found = decide(
            status, body, by_reply=False, in_doubt=in_doubt, priority=priority, bundled=True
        )
        alone = expected(status, body, False, in_doubt, priority)
        if alone is Verdict.DEAD or (alone is Verdict.QUOTA and not in_doubt):
            alone = Verdict.SINGLY  # one bad address must not cost the others theirs
        assert found is alone, (status, body)


@given(st.none() | st.integers(), st.text(), st.booleans(), st.booleans(), st.integers(0, 3))
def test_no_answer_is_without_a_verdict(status, body, by_reply, in_doubt, priority):
    assert decide(status, body, by_reply=by_reply, in_doubt=in_doubt, priority=priority) in Verdict


@given(
    attempts=st.integers(0, 10_000),
    asked=st.floats(0, 3600),
    base=st.floats(0, 10),
    chance=st.floats(0, 1),
)
def test_the_wait_is_bounded_and_never_sooner_than_asked(attempts, asked, base, chance):
    pace = Pace(base=base)
    wait = delay(attempts, asked, pace, chance)
    assert timedelta(seconds=asked) <= wait + timedelta(microseconds=1)
    assert wait <= timedelta(seconds=max(asked, pace.longest) + 1e-6)


@given(st.integers(1, 7), st.floats(0.01, 1))
def test_the_wait_doubles_until_its_ceiling(attempts, chance):
    pace = Pace(base=1.0, longest=1e6)
    first, second = (delay(n, 0.0, pace, chance) for n in (attempts, attempts + 1))
    assert second / first == pytest.approx(2, rel=1e-3)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("30", 30),
        ("0.5", 0.5),
        ("-5", 0),
        ("1e9", 3600),
        ("Wed, 25 Nov 2026 10:00:00 GMT", 90),  # by the clock of whoever wrote it
        ("Wed, 25 Nov 2026 09:00:00 GMT", 0),
        ("Thu, 25 Nov 2027 10:00:00 GMT", 3600),
        ("Wed, 99 Nov 2026 10:00:00 GMT", 0),
        ("Wed, 25 Nov 2026 10:00:00", 0),  # no zone, beside one that has one
        ("soon", 0),
        ("", 0),
        ("nan", 0),
        ("inf", 3600),
    ],
)
def test_retry_after_is_read_only_where_it_can_be(said, seconds):
    headers = {"retry-after": said, "date": "Wed, 25 Nov 2026 09:58:30 GMT"}
    assert Outcome(429, headers=headers).retry_after == seconds


def test_a_date_to_wait_for_beside_no_date_is_no_wait():
    headers = {"retry-after": "Wed, 25 Nov 2026 10:00:00 GMT"}
    assert Outcome(429, headers=headers).retry_after == 0


@given(st.text(), st.text())
def test_no_header_breaks_the_reading_of_it(said, date):
    found = Outcome(429, headers={"retry-after": said, "date": date}).retry_after
    assert 0 <= found <= 3600


def test_the_accepted_request_is_the_one_to_remember():
    both = {"x-line-request-id": "again", "x-line-accepted-request-id": "first"}
    assert Outcome(409, headers=both).request_id == "first"
    assert Outcome(200, headers={"x-line-request-id": "this"}).request_id == "this"
    assert Outcome(None).request_id is None
