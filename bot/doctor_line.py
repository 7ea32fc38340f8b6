"""What the doctor asks LINE: token, mode, webhook, quota and the time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from bot.line import DEFAULT_BASE, Line, Outcome
from bot.parts import Parts
from models import rich_menu

if TYPE_CHECKING:
    from bot.doctor import Finding, Report

SKEW = timedelta(seconds=5)
NEARLY = 0.9  # of the month's messages


def examine(parts: Parts, report: Report, line: Line) -> Iterator[Finding]:
    """Look at the channel; when LINE refuses the token, nothing further can be learnt."""
    info = line.look_up("/v2/bot/info")
    if info.status is None:
        yield report.wrong("line_silent", base=parts.settings.api_base or DEFAULT_BASE)
    elif info.status != 200:
        yield report.wrong("token_refused", status=info.status)
    else:
        yield from _account(parts, report, info)
        yield _webhook(parts, report, line.look_up("/v2/bot/channel/webhook/endpoint"))
        yield _quota(report, line)
        yield _menus(parts, report, line)


def _account(parts: Parts, report: Report, info: Outcome) -> Iterator[Finding]:
    bot = _read(info)
    yield report.ok("token", name=bot.get("displayName", ""), basic_id=bot.get("basicId", ""))
    if bot.get("chatMode") == "chat":
        yield report.wrong("chat_mode")
    if (skew := _skew(parts, info)) > SKEW:
        yield report.wrong("clock_line", seconds=round(skew.total_seconds()))


def _webhook(parts: Parts, report: Report, answer: Outcome) -> Finding:
    if answer.status == 404:
        return report.wrong("webhook_missing")
    if answer.status != 200:
        return report.wrong("webhook_unread", status=answer.status)
    found = _read(answer)
    url, ours = str(found.get("endpoint", "")), f"{parts.settings.public_url.rstrip('/')}/callback"
    if not found.get("active"):
        return report.wrong("webhook_off")
    if url != ours if parts.settings.public_url else not url.endswith("/callback"):
        return report.wrong("webhook_elsewhere", url=url, ours=ours)
    return report.ok("webhook", url=url)


def _quota(report: Report, line: Line) -> Finding:
    limit = line.look_up("/v2/bot/message/quota")
    used = line.look_up("/v2/bot/message/quota/consumption")
    if limit.status != 200 or used.status != 200:
        return report.wrong("quota_unread", status=limit.status)
    most, spent = _read(limit).get("value"), _read(used).get("totalUsage", 0)
    if not most:
        return report.ok("quota_open", used=spent)
    said = report.wrong if spent >= most * NEARLY else report.ok
    return said("quota_short" if spent >= most * NEARLY else "quota", used=spent, limit=most)


def _menus(parts: Parts, report: Report, line: Line) -> Finding:
    """Look whether LINE shows everyone our menu: an OA Manager's own does not count."""
    default = _read(line.look_up("/v2/bot/user/all/richmenu")).get("richMenuId")
    with parts.database.read() as db:
        ours = rich_menu.installed(db).values()
    return report.ok("menus", n=len(ours)) if default in ours else report.look("menus_missing")


def _skew(parts: Parts, info: Outcome) -> timedelta:
    """Return how far LINE's clock is from ours; nothing when LINE does not tell."""
    try:
        told = parsedate_to_datetime(info.headers.get("date", ""))
        return abs(told - parts.real_clock())
    except (TypeError, ValueError):
        return timedelta()


def _read(answer: Outcome) -> dict[str, Any]:
    try:
        found = json.loads(answer.body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
