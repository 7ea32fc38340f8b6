"""import-school: a folder brought in whole or not at all, its new codes shown once, QR too."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import quote

import segno

from bot.line import Line
from bot.parts import Parts
from models import heartbeat, school_files, school_import
from models.school_sheets import Fault
from models.school_values import School

Made = tuple[str, str, str]  # kind, class, code
ENROL = "登録"  # the word that a QR code types in front of the code
NO_ADDRESS = (
    "QRコードの宛先(ベーシックID)をLINEから読めませんでした。トークンを確かめてください。 / "
    "LINE did not tell the account's basic ID, which QR codes need: check the token."
)
NOTHING_IMPORTED = "何も取り込んでいません。 / Nothing was imported."


def bring_in(parts: Parts, folder: Path, qr: Path | None, echo: Callable[[str], None]) -> list[str]:
    """Import a folder and report it; return the faults for which nothing was imported."""
    try:
        school = school_files.read_school(folder)
    except school_files.SchoolFaults as found:
        return [*(_named(fault) for fault in found.faults), NOTHING_IMPORTED]
    address = _address(parts) if qr else ""
    if qr and not address:
        return [NO_ADDRESS, NOTHING_IMPORTED]
    with parts.database.write() as db:
        done = school_import.Import(db, parts.clock(), parts.settings.zone)
        done.run(school)
    _report(done, echo)
    if qr:
        codes = [*_written(school), *done.made_codes]
        echo(f"QRコード / QR codes: {draw(qr, codes, address)} → {qr}")
    return []


def draw(folder: Path, codes: Iterable[Made], address: str) -> int:
    """Write a picture for each code and a list that a spreadsheet opens; return how many."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [(kind, name, code, link(address, code)) for kind, name, code in codes]
    for kind, name, code, url in rows:
        stem = "-".join(part for part in (kind, name, code) if part)
        segno.make(url, error="m").save(str(folder / f"{stem}.png"), scale=10, border=4)
        segno.make(url, error="m").save(str(folder / f"{stem}.svg"), scale=10, border=4)
    with (folder / "codes.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([("kind", "class", "code", "link"), *rows])
    return len(rows)


def link(address: str, code: str) -> str:
    """Return the address that opens a chat with us with the enrolment typed in."""
    return f"https://line.me/R/oaMessage/{quote(address)}/?{quote(f'{ENROL} {code}')}"


def _named(fault: Fault) -> str:
    """Return a fault with its place, in Japanese and English."""
    place = f"{fault.file}:{fault.line}" if fault.line else fault.file
    column = f" {fault.column}" if fault.column else ""
    return f"{place}{column}: {fault.reason_ja} / {fault.reason_en}"


def _address(parts: Parts) -> str:
    """Return the account's basic id: as the workers learnt it, else from LINE."""
    with parts.database.read() as db:
        known = heartbeat.channel(db)
    if known and known.basic_id:
        return known.basic_id
    info = Line(parts.settings.access_token, parts.settings.api_base).bot_info()
    return (info or {}).get("basicId", "")


def _written(school: School) -> list[Made]:
    return [(str(c.kind), c.class_code or "", c.code) for c in school.codes if c.code]


def _report(done: school_import.Import, echo: Callable[[str], None]) -> None:
    if done.made_codes:
        echo("新しいコード(表示は今だけです) / New codes (shown only now):")
    for kind, class_code, code in done.made_codes:
        echo(f"  {kind} {class_code or '-'} {code}")
    new, changed = done.counts["new"], done.counts["changed"]
    echo(f"新規 {new}、変更 {changed} / {new} new, {changed} changed")
