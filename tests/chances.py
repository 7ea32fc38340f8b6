"""What is left to chance: the same at every landing, unless something new is to be tried.

`TASUKI_FRESH=1 make test` draws anew; a failure names the seed or the example that repeats it.
"""

from __future__ import annotations

import os

import hypothesis

ARE_FRESH = bool(os.environ.get("TASUKI_FRESH"))


def settle() -> None:
    """Let hypothesis draw the same examples each time, or new ones."""
    hypothesis.settings.register_profile("tasuki", derandomize=not ARE_FRESH)
    hypothesis.settings.load_profile("tasuki")
