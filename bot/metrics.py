"""What the processes count for Prometheus; no label ever carries a person."""

from __future__ import annotations

from prometheus_client import Counter, Histogram

INTAKE_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.0)  # LINE waits for two

WEBHOOKS = Counter(
    "tasuki_webhooks", "Webhook requests by the status they were answered", ["status"]
)
INTAKE = Histogram(
    "tasuki_intake_seconds", "Time to answer one webhook request", buckets=INTAKE_SECONDS
)
EVENTS = Counter("tasuki_events", "Events taken in: new, or set aside as unreadable", ["what"])
HANDLED = Counter("tasuki_handled", "Inbox events by what became of them", ["state"])
HANDLING = Histogram("tasuki_handling_seconds", "Time to handle one inbox event")
SENT = Counter("tasuki_sent", "Attempts to send by what was decided", ["verdict"])
SENDING = Histogram("tasuki_sending_seconds", "Time LINE took to answer one request")
