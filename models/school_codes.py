"""The codes of a school's folder: entered, made where left blank, withdrawn when taken out."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from models import code, school_values
from models.school import Membership
from models.school_files import TEMPLATE, read_school

LENGTH = 16  # 80 bits
SPAN = timedelta(days=7)  # how long an invitation without a date of its own is good
MEMBER = school_values.CodeKind.MEMBER


class Codes:
    """Brings the codes in line with the folder; what was made is shown once."""

    def __init__(self, db: Session, now: datetime, zone: ZoneInfo) -> None:
        self._db, self._now, self._zone = db, now, zone
        self.counts: Counter[str] = Counter()
        self.made: list[tuple[str, str, str]] = []

    def run(self, given: Iterable[school_values.Code], class_ids: Mapping[str, int]) -> None:
        """Enter what the folder says; the classes are those of the folder."""
        codes = list(given)
        self._withdraw(codes, class_ids)
        for one in codes:
            self._enter(one, class_ids.get(one.class_code or ""))

    def _enter(self, given: school_values.Code, class_id: int | None) -> None:
        kind = str(given.kind)
        if given.code is None:
            if not self._stands(kind, class_id):
                made = "".join(secrets.choice(code.ALPHABET) for _ in range(LENGTH))
                self.made.append((kind, given.class_code or "", made))
                self._add(made, given, class_id)
            return
        known = self._db.get(code.Code, code.hashed(given.code))
        if known is None:
            self._add(given.code, given, class_id)
        elif given.expires and known.expires_at != self._expiry(given):
            known.expires_at = self._expiry(given)
            self._changed(known)

    def _add(self, text: str, given: school_values.Code, class_id: int | None) -> None:
        row = code.Code(
            hash="",
            kind=str(given.kind),
            class_id=class_id,
            expires_at=self._expiry(given),
            single=given.kind != MEMBER,
        )
        self.counts["new"] += code.add(self._db, text, row)

    def _stands(self, kind: str, class_id: int | None) -> bool:
        """Say whether none has to be made: one is good, or its use is still in force."""
        known = self._db.exec(
            select(code.Code).where(code.Code.kind == kind, code.Code.class_id == class_id)
        ).all()
        good = any(row.used_at is None and row.expires_at > self._now for row in known)
        held = select(Membership.id).where(
            Membership.role == kind, col(Membership.class_id).is_not_distinct_from(class_id)
        )
        used = any(row.used_at is not None for row in known)
        return good or (used and self._db.exec(held).first() is not None)

    def _withdraw(self, codes: list[school_values.Code], class_ids: Mapping[str, int]) -> None:
        """End the enrolment codes that are no longer in the folder, and the template's public ones.

        A class whose code was left blank keeps the one that was made for it.
        """
        kept = {code.hashed(one.code) for one in codes if one.code}
        made = {class_ids.get(one.class_code or "") for one in codes if not one.code}
        public = {code.hashed(c.code) for c in read_school(TEMPLATE).codes if c.code}
        good = select(code.Code).where(
            code.Code.kind == str(MEMBER),
            col(code.Code.class_id).in_(list(class_ids.values())),
            code.Code.expires_at > self._now,
        )
        for row in self._db.exec(good).all():
            if row.hash not in kept and (row.class_id not in made or row.hash in public):
                row.expires_at = self._now
                self._changed(row)

    def _changed(self, row: code.Code) -> None:
        self._db.add(row)
        self._db.flush()
        self.counts["changed"] += 1

    def _expiry(self, given: school_values.Code) -> datetime:
        if given.expires is None:
            return self._now + SPAN
        return datetime.combine(given.expires, time(23, 59), self._zone).astimezone(UTC)
