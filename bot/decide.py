"""The decision after an attempt to send: a pure table of LINE's answer and our doubt."""

from __future__ import annotations

from enum import StrEnum

from models.outbox import Priority

QUOTA = "monthly limit"
BAD_TOKEN = "invalid reply token"  # noqa: S105 - LINE's words, no secret


class Verdict(StrEnum):
    """What an attempt came to."""

    SENT = "sent"
    PUSH = "push instead"
    LATER = "later"
    PAUSE = "pause"
    QUOTA = "quota"
    HOLD = "hold"
    SINGLY = "singly"
    DEAD = "dead"


def decide(
    status: int | None,
    body: str,
    *,
    by_reply: bool,
    in_doubt: bool,
    priority: int,
    bundled: bool = False,
) -> Verdict:
    """Decide from LINE's answer (None: no answer came), and whether an earlier try is in doubt.

    A reply refused as invalid on its first try was certainly not said, so it may be pushed. After
    a try in doubt it was probably said: a chat answer counts as sent, and only safety is said
    again, because a double beats a loss there. A spent month is final for what is ordinary; safety
    is tried on, for a plan can be raised within the hour. Of several rows in one request, a single
    bad one lets LINE refuse all: nobody was told anything (a request it took before would be a
    409), so each goes by itself; likewise when the month has room for some of them only.
    """
    if status is None or status >= 500 or status < 200 or 300 <= status < 400:
        return Verdict.LATER
    if status < 300 or status == 409:
        return Verdict.SENT
    if status == 401:
        return Verdict.PAUSE
    if status == 429:
        verdict = _too_many(body, priority)
        some = verdict is Verdict.QUOTA and bundled and not in_doubt
        return Verdict.SINGLY if some else verdict
    if status == 400 and by_reply and BAD_TOKEN in body.lower():
        return Verdict.SENT if in_doubt and priority != Priority.SAFETY else Verdict.PUSH
    return Verdict.SINGLY if bundled else Verdict.DEAD


def _too_many(body: str, priority: int) -> Verdict:
    """Tell a rate from a spent month, which only the words do."""
    if QUOTA not in body.lower():
        return Verdict.LATER
    return Verdict.HOLD if priority == Priority.SAFETY else Verdict.QUOTA
