"""How long tests wait for what this machine does: never so short that a busy core is a fault."""

SECONDS = 60.0
MILLISECONDS = 1000 * SECONDS
