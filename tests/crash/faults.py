"""How LINE fails in a siege: together about half of its answers are spoilt."""

FAULTS = [
    {"path": "push", "status": 500, "when": "before", "probability": 0.1},
    {"path": "push", "status": 500, "when": "after", "probability": 0.15},
    {"path": "push", "mode": "lost", "probability": 0.15},
    {"path": "push", "mode": "reset", "probability": 0.1},
    {"path": "push", "mode": "truncated", "probability": 0.05},
    {"path": "push", "status": 429, "when": "before", "probability": 0.05},
    {"path": "multicast", "status": 500, "when": "before", "probability": 0.1},
    {"path": "multicast", "status": 500, "when": "after", "probability": 0.15},
    {"path": "multicast", "mode": "lost", "probability": 0.15},
    {"path": "multicast", "mode": "reset", "probability": 0.1},
    {"path": "multicast", "status": 400, "when": "before", "probability": 0.1},
    {"path": "reply", "status": 500, "when": "before", "probability": 0.15},
    {"path": "reply", "mode": "lost", "probability": 0.2},
    {"path": "reply", "status": 500, "when": "after", "probability": 0.15},
]
