"""Codes from a school's folder: made, shown once, withdrawn, drawn as QR codes."""

from __future__ import annotations

import csv

from sqlmodel import select

from models import code, heartbeat, school
from tests.importing import SAME, everything, folder, imports, made
from tests.school_folder import replace
from tests.world import START

__all__ = ["folder", "imports"]


def test_codes_left_blank_are_made_and_shown_once(imports, folder, database):
    replace(folder, "codes.csv", "member,S4,VY4HK9TD", "member,S4,")
    _, said, _ = imports(folder)
    shown = made(said)
    assert said.startswith("新しいコード(表示は今だけです) / New codes (shown only now):\n")
    assert {("member", "S4"), ("main", "FIN"), ("office", "-")} <= set(shown)
    assert all(len(text) == 16 for text in shown.values())
    with database.read() as db:
        found = code.find(db, shown["member", "S4"].lower(), ("member",), START)
        assert found is not None and found.hash != shown["member", "S4"]
        public = code.find(db, "VY4HK9TD", ("member",), START)
        assert public is None  # the template's code, which anyone can read, is good no longer
    assert imports(folder) == (0, SAME, "")


def test_a_code_taken_out_of_the_file_is_good_no_longer(imports, folder, database):
    imports(folder)
    replace(folder, "codes.csv", "member,S4,VY4HK9TD", "member,S4,NEWKYC42")
    assert imports(folder)[1].endswith("新規 1、変更 1 / 1 new, 1 changed\n")
    with database.read() as db:
        assert code.find(db, "VY4HK9TD", ("member",), START) is None
        assert code.find(db, "NEWKYC42", ("member",), START) is not None


def test_a_used_invitation_is_made_again_only_when_its_place_is_free(imports, folder, world):
    shown = made(imports(folder)[1])
    with world.database.write() as db:
        row = code.find(db, shown["main", "S4"], ("main",), START)
        assert code.spend(db, row, START)
    assert imports(folder) == (0, SAME, "")  # its coach is there
    with world.database.write() as db:
        for held in db.exec(select(school.Membership).where(school.Membership.role == "main")):
            db.delete(held)
    assert ("main", "S4") in made(imports(folder)[1])


def test_qr_codes_open_a_chat_with_the_enrolment_typed_in(imports, folder, tmp_path):
    exit_code, said, _ = imports(folder, "--qr", tmp_path / "qr")
    assert exit_code == 0
    assert said.endswith(f"QRコード / QR codes: 22 → {tmp_path}/qr\n")
    with (tmp_path / "qr" / "codes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0] == {
        "kind": "member",
        "class": "S3",
        "code": "KT7WR4QX",
        "link": "https://line.me/R/oaMessage/%40tasuki/?%E7%99%BB%E9%8C%B2%20KT7WR4QX",
    }
    assert len(rows) == 22
    assert (tmp_path / "qr" / "member-S3-KT7WR4QX.png").read_bytes().startswith(b"\x89PNG")
    assert b"<svg" in (tmp_path / "qr" / "member-S3-KT7WR4QX.svg").read_bytes()


def test_without_the_accounts_address_nothing_is_imported(imports, folder, world, tmp_path):
    with world.database.write() as db:
        db.delete(heartbeat.channel(db))
    before = everything(world.database)
    exit_code, _, faults = imports(folder, "--qr", tmp_path / "qr")
    assert exit_code == 2
    assert "LINE did not tell the account's basic ID" in faults
    assert everything(world.database) == before
