"""The picture of a rich menu: a sash, tabs, and six entries, each an icon and a big word."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from bot.pictures import FAMILY, icons, width

WIDTH, HEIGHT, TABS = 2500, 843, 176
COLUMNS, ROWS = 3, 2
PAPER, INK, LINE, TINT = "#fffdf9", "#2a2420", "#e6dbca", "#fbeae6"
SASH, SASH_DEEP = "#c5362b", "#a8271f"
ICON = 132  # pixels: about 21 on a phone 390 wide
ROUND = 98  # radius of the circle behind an icon
GAP, MARGIN = 28, 48
LARGEST, SMALLEST = 104, 80
ROOM = WIDTH / COLUMNS - 2 * ROUND - GAP - 2 * MARGIN  # for a label


@dataclass(frozen=True)
class Box:
    """A rectangle in the picture, which is also what can be tapped."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[float, float]:
        """Return its centre."""
        return self.x + self.width / 2, self.y + self.height / 2


def tab_box(index: int, count: int) -> Box:
    """Return where a tab lies."""
    left, right = WIDTH * index // count, WIDTH * (index + 1) // count
    return Box(left, 0, right - left, TABS)


def entry_box(index: int) -> Box:
    """Return where an entry lies: three in a row, two rows, no pixel left over."""
    column, row = index % COLUMNS, index // COLUMNS
    left, right = WIDTH * column // COLUMNS, WIDTH * (column + 1) // COLUMNS
    height = HEIGHT - TABS
    top, bottom = TABS + height * row // ROWS, TABS + height * (row + 1) // ROWS
    return Box(left, top, right - left, bottom - top)


def draw(tabs: list[str], front: int, entries: list[tuple[str, str]]) -> str:
    """Return the SVG of a menu: names of the tabs, which one is in front, icon and label each."""
    parts = [_paper(), *(_tab(tabs, index, index == front) for index in range(len(tabs)))]
    size = int(min(_size(label) for _, label in entries))
    edges = [_left_edge(entries, column, size) for column in range(COLUMNS)]
    parts += [_entry(i, *entry, size, edges[i % COLUMNS]) for i, entry in enumerate(entries)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{FAMILY}" font-weight="bold">'
        f"<defs>{icons()}</defs>{''.join(parts)}</svg>"
    )


def _paper() -> str:
    """Draw the ground: paper, the sash behind the tabs with its two folds, the separators."""
    lines = "".join(
        f'<path d="M{entry_box(i).x} {TABS + 46}V{HEIGHT - 46}" stroke="{LINE}" stroke-width="4"/>'
        for i in range(1, COLUMNS)
    )
    across = entry_box(COLUMNS).y
    lines += f'<path d="M60 {across}H{WIDTH - 60}" stroke="{LINE}" stroke-width="4"/>'
    folds = "".join(
        f'<path d="M{x} {TABS}l{TABS} -{TABS}h{w}l-{TABS} {TABS}z" fill="{SASH_DEEP}"/>'
        for x, w in ((1120, 120), (2330, 90))
    )
    return (
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>'
        f'<rect width="{WIDTH}" height="{TABS}" fill="{SASH}"/>{folds}{lines}'
    )


def _tab(tabs: list[str], index: int, front: bool) -> str:
    """Draw a tab: the one in front is paper, with a sash's edge; the other lies on the sash."""
    box = tab_box(index, len(tabs))
    x, y = box.middle
    name = (
        f'<text x="{x}" y="{y + 46 if front else y + 32}" font-size="{96 if front else 88}" '
        f'text-anchor="middle" fill="{SASH if front else "#ffffff"}">{escape(tabs[index])}</text>'
    )
    if not front:
        return name
    left, right, top = box.x + 40, box.x + box.width - 40, 26
    paper = (
        f"M{left - 40} {TABS}q40 0 40 -40V{top + 40}q0 -40 40 -40H{right - 40}q40 0 40 40"
        f"V{TABS - 40}q0 40 40 40z"
    )
    return f'<path d="{paper}" fill="{PAPER}"/>{name}'


def _entry(index: int, icon: str, label: str, size: int, left: int) -> str:
    """Draw an entry: the icon in a tinted circle, the label to its right."""
    _, y = entry_box(index).middle
    place = f"translate({left + ROUND - ICON / 2} {y - ICON / 2}) scale({ICON / 48})"
    return (
        f'<circle cx="{left + ROUND}" cy="{y}" r="{ROUND}" fill="{TINT}"/>'
        f'<use href="#{icon}" fill="none" stroke="{SASH}" stroke-width="3.4" '
        f'stroke-linecap="round" stroke-linejoin="round" transform="{place}"/>'
        f'<text x="{left + 2 * ROUND + GAP}" y="{y + round(size * 0.36)}" font-size="{size}" '
        f'fill="{INK}">{escape(label)}</text>'
    )


def _left_edge(entries: list[tuple[str, str]], column: int, size: int) -> int:
    """Return where a column's icons begin: the widest entry stands in the middle of its tile."""
    widest = max(width(label) for _, label in entries[column::COLUMNS])
    x, _ = entry_box(column).middle
    return round(x - (2 * ROUND + GAP + widest * size) / 2)


def fits(label: str) -> bool:
    """Say whether a label stays within its tile."""
    return width(label) * SMALLEST <= ROOM


def _size(label: str) -> float:
    return min(LARGEST, ROOM / width(label))
