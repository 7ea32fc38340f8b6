"""Files under addresses nobody can guess: given to whoever knows them, until their day is over."""

from __future__ import annotations

import urllib.error
import urllib.request
from datetime import timedelta
from email.message import Message

import pytest
from sqlalchemy import text

from models import erasure, message, stored_file
from models.person import by_line_id
from models.stored_file import Content
from tests import patience

PHOTO = Content(b"\xff\xd8canary-of-a-photo", "image/jpeg")
DATA = Content("氏名,canary".encode(), "text/csv", 'my"data\r\n.csv', once=True)


@pytest.fixture
def keep(world, aiko):
    def kept(content, days=30, message_id=None):
        with world.database.write() as db:
            now = world.clock.now()
            owner = by_line_id(db, aiko.id).key
            until = now + timedelta(days=days)
            return stored_file.keep(db, content, owner, now, until, message_id)

    return kept


@pytest.fixture
def fetch(world):
    def fetched(path: str, method: str = "GET") -> tuple[int, bytes, Message]:
        address = f"{world.parts.settings.public_url}/files/{path}"
        try:
            request = urllib.request.Request(address, method=method)
            with urllib.request.urlopen(request, timeout=patience.SECONDS) as answer:
                return answer.status, answer.read(), answer.headers
        except urllib.error.HTTPError as error:
            return error.code, error.read(), error.headers

    return fetched


def test_a_photo_is_shown_as_what_it_is_and_kept_by_nobody(keep, fetch):
    status, body, headers = fetch(keep(PHOTO))
    assert (status, body, headers["Content-Type"]) == (200, PHOTO.body, "image/jpeg")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert "Content-Disposition" not in headers


@pytest.mark.parametrize("path", ["", "x" * 32, "../healthz", "%00" * 8, "x" * 31 + "é", "あ"])
def test_there_is_no_list_and_no_guessing(keep, fetch, path):
    keep(PHOTO)
    status, body, _ = fetch(urllib.request.quote(path, safe="/%."))
    assert status == 404
    assert b"canary" not in body


def test_at_rest_neither_the_bytes_nor_the_token_can_be_read(world, keep):
    token = keep(PHOTO)
    with world.database.read() as db:
        (row,) = db.connection().execute(text("SELECT * FROM stored_file")).all()
    said = "".join(repr(bytes(v) if isinstance(v, memoryview) else v) for v in row)
    assert "canary" not in said
    assert token not in said


def test_it_is_gone_when_its_day_is_over(world, keep, fetch, clock):
    token = keep(PHOTO, days=1)
    clock.passes(hours=24)
    assert fetch(token)[0] == 404
    with world.database.write() as db:
        stored_file.drop_expired(db, clock.now())
        assert db.connection().execute(text("SELECT count(*) FROM stored_file")).scalar() == 0


def test_once_means_once_and_a_look_does_not_count(keep, fetch):
    token = keep(DATA)
    for method, path in (("HEAD", token), ("GET", token), ("GET", token + "?take=1")):
        status, body, _ = fetch(path, method)
        assert (status, b"canary" in body) == (200, False)
    status, body, headers = fetch(token, "POST")
    assert (status, body) == (200, DATA.body)
    assert headers["Content-Disposition"] == 'attachment; filename="my_data__.csv"'
    assert fetch(token, "POST")[0] == fetch(token)[0] == 404


def test_of_two_that_take_it_at_once_one_gets_it(world, keep):
    token, now = keep(DATA), world.clock.now()
    with world.database.write() as db:
        assert stored_file.take(db, token, now) == DATA
        assert stored_file.take(db, token, now) is None


def test_a_message_taken_back_takes_its_file_with_it(world, keep, fetch):
    token = keep(PHOTO, message_id="1234")
    with world.database.write() as db:
        message.take_back(db, "1234", world.clock.now())
    assert fetch(token)[0] == 404


def test_the_file_of_somebody_erased_is_gone(world, keep, fetch, aiko):
    token = keep(PHOTO)
    with world.database.write() as db:
        erasure.erase(db, by_line_id(db, aiko.id), world.clock.now())
    assert fetch(token)[0] == 404


def test_more_than_ten_megabytes_are_refused(keep):
    with pytest.raises(ValueError, match="more than"):
        keep(Content(bytes(stored_file.LARGEST + 1), "image/jpeg"))


def test_a_database_that_does_not_answer_is_no_secret_told(world, keep, fetch, monkeypatch):
    token = keep(PHOTO)

    def broken(*_):
        raise OSError("secret path")

    monkeypatch.setattr(stored_file, "look", broken)
    status, body, _ = fetch(token)
    assert (status, body) == (503, b"Please try again in a moment.\n")
