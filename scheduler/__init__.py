"""When: one file a calendar, a planner that records what is due, and a metronome."""
