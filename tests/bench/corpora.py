"""How much the tests say, tap and post: `python -m tests.bench.corpora`."""

from __future__ import annotations

from collections import Counter

import app
from tests.test_hostile_answers import HOSTILE, questions
from tests.test_rules_redflags import SENTENCES
from tests.test_understanding import SENTENCES as TYPED


def main() -> None:
    """Count and print a table."""
    kinds = Counter(f"{said.language}, {'un' * said.unseen}seen" for said in TYPED)
    said = "; ".join(f"{kind}: {number}" for kind, number in sorted(kinds.items()))
    alarms = sum(flag != "none" for flag, _, _ in SENTENCES)
    print("| corpus | size |\n|---|---|")
    print(f"| sentences as runners type them | {kinds.total()} ({said}) |")
    print(f"| words of emergency, and near-misses | {alarms}, {len(SENTENCES) - alarms} |")
    print(f"| hostile texts | {len(HOSTILE)} |")
    print(f"| questions they are given to | {len(questions(app.router()))} |")


if __name__ == "__main__":
    main()
