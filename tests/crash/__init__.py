"""Real processes that die between steps, and what must stay true all the same."""
