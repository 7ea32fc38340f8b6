"""Photos that people send: from LINE's content API alone, bounded, and drawn anew."""

from __future__ import annotations

import base64
from io import BytesIO

import pytest
from PIL import Image

from bot import photos
from bot.errands import fetch_photo
from bot.media import Location
from bot.photos import LARGEST, Photo, PhotoFault, prepare
from tests import probe
from tests.letters import Letters

RED = (200, 64, 47)


def picture(kind="JPEG", size=(60, 40), **how):
    """Return a small red picture."""
    written = BytesIO()
    Image.new(how.pop("mode", "RGB"), size, how.pop("colour", RED)).save(written, kind, **how)
    return written.getvalue()


def opened(data):
    return Image.open(BytesIO(data))


@pytest.fixture
def asked(probed):
    """Someone who was asked to show something."""
    probe.SEEN.clear()
    somebody = probed.person("相川 愛子")
    somebody.says("みて")
    return somebody


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_photo_is_the_answer_to_a_question_that_waits_for_one(asked, kind):
    assert asked.shows(picture(kind)) == ["Photoを見ました。"]
    (seen,) = probe.SEEN
    assert opened(seen.original).format == opened(seen.preview).format == "JPEG"


def test_a_text_and_a_place_are_answers_too(asked):
    assert asked.says("公園です") == ["strを見ました。"]
    asked.says("みて")
    place = {"title": "競技場", "address": "東京都江東区1-1", "latitude": 35.6, "longitude": 139.8}
    assert asked.sends({"type": "location", **place}) == ["Locationを見ました。"]
    seen = ["公園です", Location(*place.values())]
    assert seen == probe.SEEN


def test_where_a_number_is_asked_a_photo_is_no_answer_and_the_question_stays(probed):
    somebody = probed.person("相川 愛子")
    somebody.says("たずねて")
    assert somebody.shows(picture()) == [
        "写真や動画、音声、位置情報からは読み取れないので、文字でお願いします。\n数でどうぞ。"
    ]
    assert somebody.says("３") == ["3ですね。"]
    assert not any("/content" in call["path"] for call in probed.sim.ledger.as_json(0))


def test_one_that_line_has_not_ready_is_asked_for_again(asked, probed, line_says):
    line_says(202, 202)
    assert asked.shows(picture()) == []
    assert asked.says("まだ?") == []  # what comes after it waits behind it
    probed.clock.passes(seconds=4)
    assert len(asked.hears()) == 1
    probed.clock.passes(seconds=4)
    assert asked.hears()[1] == "Photoを見ました。"


def test_one_that_never_comes_is_given_up_kindly_and_the_question_stays(asked, probed, line_says):
    line_says(*[503] * 9)
    asked.shows(picture())
    probed.clock.passes(seconds=30)
    probed.clock.passes(seconds=31)
    assert asked.hears()[-1].startswith("写真をまだLINEから受け取れませんでした")
    probed.sim.faults.clear()
    assert asked.shows(picture()) == ["Photoを見ました。"]


@pytest.mark.parametrize("status", [404, 410, 400])
def test_one_that_is_gone_is_said_so(asked, line_says, status):
    line_says(status)
    assert asked.shows(picture()) == [
        "この写真はもうLINEに残っていません。もう一度送ってください。"
    ]


def test_twenty_megabytes_are_not_read(asked, probed):
    said = asked.shows(picture() + bytes(20 * 1024 * 1024))
    assert said[0].startswith("写真が大きすぎます(10 MBまで)")


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", b"<svg onload=alert(1)>", picture()[:200], b"%PDF-1.4", b"\0" * 999]
)
def test_what_is_no_photo_is_said_so(asked, data):
    assert asked.shows(data)[0].startswith("この写真は開けませんでした")


def test_an_address_of_the_users_is_never_visited(asked, probed):
    letters = Letters(probed)
    letters.post(
        letters.event("message", asked.id)
        | {
            "message": {
                "id": "999",
                "type": "image",
                "contentProvider": {
                    "type": "external",
                    "originalContentUrl": f"{probed.line_url}/sim/clock",
                    "previewImageUrl": "http://169.254.169.254/latest",
                },
            }
        }
    )
    probed.settle()
    assert asked.hears()[-1].startswith("この写真はもうLINEに残っていません")
    paths = [call["path"] for call in probed.sim.ledger.as_json(0) if "content" in call["path"]]
    assert paths == ["/v2/bot/message/999/content"]


def test_nothing_hidden_in_a_photo_goes_with_it():
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (35.0, 40.0, 12.0)}  # GPS
    exif[0x010F] = "canary-camera"
    made = prepare(picture(exif=exif, comment=b"canary-comment"))
    assert isinstance(made, Photo)
    for data in (made.original, made.preview):
        assert b"canary" not in data
        assert not opened(data).getexif()


def test_a_photo_lying_on_its_side_is_set_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert opened(prepare(picture(exif=exif)).original).size == (40, 60)


def test_a_large_photo_is_made_smaller_and_a_see_through_one_white():
    made = prepare(picture(size=(5000, 2500)))
    assert opened(made.original).size == (2048, 1024)
    assert opened(made.preview).size == (480, 240)
    assert len(made.preview) < photos.LARGEST_PREVIEW
    glass = prepare(picture("PNG", mode="RGBA", colour=(0, 0, 0, 0)))
    assert opened(glass.original).getpixel((5, 5)) == (255, 255, 255)


def test_a_small_file_that_unfolds_into_gigabytes_is_not_opened():
    for edge in (8000, 14000):  # the second is more than Pillow itself would open
        bomb = picture("PNG", size=(edge, edge), mode="1", colour=0)
        assert len(bomb) < 100_000
        assert prepare(bomb) is PhotoFault.TOO_LARGE


def test_a_large_photo_is_not_copied_at_full_size():
    assert prepare(picture("PNG", size=(6000, 4000), mode="RGBA")) is PhotoFault.TOO_LARGE
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    for kind in ("PNG", "JPEG"):
        large = prepare(picture(kind, size=(6000, 4000), exif=exif))
        assert opened(large.original).size == (1365, 2048)


def test_a_message_id_cannot_lead_elsewhere(world):
    assert fetch_photo(world.line, "../../../sim/clock") is PhotoFault.GONE
    assert fetch_photo(world.line, "1?x=") is PhotoFault.GONE


@pytest.fixture
def line_says(request):
    """Let LINE's content API answer these statuses first."""

    def order(*statuses):
        world = request.getfixturevalue("probed")
        for status in statuses:
            world.sim.faults.add(path="content", status=status)

    return order


def test_ten_megabytes_are_the_most(world):
    world.sim.chats.contents["1"] = world.sim.chats.contents.get("1") or _content(LARGEST)
    world.sim.chats.contents["2"] = _content(LARGEST + 1)
    assert world.line.content("1", LARGEST).whole
    assert not world.line.content("2", LARGEST).whole


def _content(size):
    from bot.simulator.chats import Content

    return Content(base64.b64decode("AAAA") * (size // 3) + bytes(size % 3), "image/jpeg")
