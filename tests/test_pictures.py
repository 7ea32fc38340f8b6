"""The rich menus' pictures: LINE's limits, legible, and drawn without a machine's own fonts."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image, ImageFont

from bot import pictures, richmenu
from bot.pictures.menu import entry_box, fits, tab_box
from models import menus

ENTRIES = [
    (f"{role}: {entry.said(language)}", entry, language)
    for role in menus.ROLES
    for tab in menus.load().of(role).tab
    for entry in tab.entry
    for language in menus.LANGUAGES
]


@pytest.mark.parametrize("menu", richmenu.every(), ids=lambda menu: menu.key)
def test_a_picture_is_of_lines_size_and_weight(menu):
    data = menu.image()
    image = Image.open(io.BytesIO(data))
    assert (image.format, image.size) == ("PNG", (2500, 843))
    assert len(data) < 200_000  # LINE takes a megabyte
    assert image.convert("RGB").getpixel((1250, 500)) != (0, 0, 0)


def test_a_picture_is_the_same_when_drawn_again():
    first, again = richmenu.every()[0], richmenu.every()[0]
    assert (first.name, first.image()) == (again.name, again.image())


def test_every_letter_of_a_menu_is_in_the_fonts():
    words = "".join(entry.said(language) for _, entry, language in ENTRIES)
    words += "".join(
        tab.name.said(language)
        for role in menus.ROLES
        for tab in menus.load().of(role).tab
        for language in menus.LANGUAGES
    )
    for font in pictures.FONTS:
        lacking = {letter for letter in set(words) - {" "} if _is_missing(font, letter)}
        assert lacking == set()
    assert _is_missing(pictures.FONTS[0], "\U0001f9ff")


def _is_missing(font: str, letter: str) -> bool:
    """Tell whether a font draws the box that stands for an unknown letter."""
    drawn = ImageFont.truetype(font, 40)
    box, shape = drawn.getmask("\U0001f9fe"), drawn.getmask(letter)
    return (box.size, bytes(box)) == (shape.size, bytes(shape))


@pytest.mark.parametrize(("_name", "entry", "language"), ENTRIES, ids=[one[0] for one in ENTRIES])
def test_a_label_fits_its_tile_and_its_icon_is_drawn(_name, entry, language):
    assert fits(entry.said(language))
    assert f'<g id="{entry.icon}">' in pictures.icons()


def test_the_tiles_cover_the_picture_without_a_gap():
    boxes = [tab_box(0, 2), tab_box(1, 2), *(entry_box(index) for index in range(6))]
    assert sum(box.width * box.height for box in boxes) == 2500 * 843
    assert min(box.height for box in boxes) * 390 / 2500 > 26  # finger-wide on a small phone


def test_the_fonts_come_with_their_licence_and_stay_small():
    folder = Path(pictures.FONTS[0]).parent
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text()
    assert sum(Path(font).stat().st_size for font in pictures.FONTS) < 2_600_000


def test_no_icon_stands_unused():
    drawn = set(re.findall(r'<g id="([a-z-]+)">', pictures.icons()))
    assert drawn == {entry.icon for _, entry, _ in ENTRIES}
