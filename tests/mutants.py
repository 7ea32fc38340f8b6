"""Tasuki with one thing left out: each mutant breaks one promise, and something must notice.

A mutant is put on from outside, by `pytest -p tests.mutants` with TASUKI_MUTANT=<name>, and in
the crash test's processes by the same name. `make mutants` (tests/hunt.py) runs them all.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import bot.delivery
import bot.inbox
import bot.occurrences
import bot.webhook
import models.inbox
import models.outbox
from bot.delivery import Delivery
from bot.line import Line
from models.claim import Claim
from scheduler.planner import Planner
from tests import mutations

CHOSEN = "TASUKI_MUTANT"
SIEGE = "tests/test_crash.py::test_nothing_is_lost_or_doubled_whoever_dies[sqlite]"


@dataclass(frozen=True)
class Mutant:
    """What is replaced (an owner's attribute, by what is made of it), and who must notice."""

    owner: Any
    attribute: str
    replacement: Callable[[Any], Any]
    caught_by: tuple[str, ...]


DELIVERY, ORDER = "tests/test_delivery.py::test_", "tests/test_delivery_order.py::test_"
ONCE = f"{DELIVERY}whatever_line_does_it_is_accepted_once"
LOST = "sqlite-push-lost"
MUTANTS = {
    "no retry key": Mutant(Line, "_call", mutations.no_retry_key, (f"{ONCE}[{LOST}]", SIEGE)),
    "a fresh key per attempt": Mutant(
        Claim,
        "key",
        mutations.fresh_key,
        (f"{DELIVERY}a_notice_survives_ten_faults_with_one_key_and_one_body[sqlite]", SIEGE),
    ),
    "no unique occurrence key": Mutant(
        bot.occurrences,
        "row",
        mutations.no_unique_key,
        ("tests/test_planner.py::test_two_planners_record_each_occurrence_once[sqlite]",),
    ),
    "marked before sending": Mutant(
        Delivery, "_send", mutations.marked_before, (f"{ONCE}[sqlite-push-500-before]", SIEGE)
    ),
    "no lease fence": Mutant(
        models.outbox,
        "_mine",
        mutations.no_fence,
        (f"{ORDER}whoever_lost_the_lease_can_write_nothing[sqlite]",),
    ),
    "409 taken as failure": Mutant(
        bot.delivery,
        "decide",
        mutations.fails_at_409,
        (f"{ONCE}[{LOST}]", SIEGE),
    ),
    "200 before the commit": Mutant(
        bot.webhook.Intake,
        "record",
        mutations.ok_first,
        (
            "tests/test_webhook.py::"
            "test_a_locked_database_is_said_at_once_and_nothing_is_lost[sqlite]",
            SIEGE,
        ),
    ),
    "no event dedupe": Mutant(
        bot.inbox,
        "_row",
        mutations.no_dedupe,
        ("tests/test_redelivery.py::test_fifty_copies_at_once_are_one[sqlite]", SIEGE),
    ),
    "retry after 23 h": Mutant(
        bot.delivery,
        "KEY_LIFE",
        lambda life: life + timedelta(days=3),
        (f"{DELIVERY}an_attempt_in_doubt_is_never_repeated_after_23_hours[sqlite]",),
    ),
    "push after a doubtful reply": Mutant(
        bot.delivery,
        "decide",
        mutations.push_after_doubt,
        (f"{DELIVERY}a_reply_refused_after_a_doubt_counts_as_said[sqlite]", SIEGE),
    ),
    "plan in one big transaction": Mutant(
        Planner,
        "plan",
        mutations.one_transaction,
        ("tests/test_planner.py::test_a_planner_that_dies_leaves_what_it_had_committed[sqlite]",),
    ),
}


def apply(name: str) -> None:
    """Put a mutant on; nothing where no name is given."""
    if name:
        mutant = MUTANTS[name]
        before = getattr(mutant.owner, mutant.attribute)
        setattr(mutant.owner, mutant.attribute, mutant.replacement(before))


apply(os.environ.get(CHOSEN, ""))
