"""What Prometheus may count; no label ever carries a person."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

WEBHOOKS = Counter(
    "tasuki_webhooks", "Webhook requests by the status they were answered", ["status"]
)
EVENTS = Counter("tasuki_events", "Events taken in: new, or set aside as unreadable", ["what"])
HANDLED = Counter("tasuki_handled", "Inbox events by what became of them", ["state"])
HANDLING = Histogram("tasuki_handling_seconds", "Time to handle one inbox event")
SENT = Counter("tasuki_sent", "Attempts to send by what was decided", ["verdict"])
SENDING = Histogram("tasuki_sending_seconds", "Time LINE took to answer one request")
WAITING = Gauge("tasuki_outbox_due", "Outbox rows that are due")
OLDEST = Gauge("tasuki_outbox_oldest_due_seconds", "How long the oldest due outbox row has waited")
