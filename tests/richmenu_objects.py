"""Rich menus and their images for the simulator's tests."""

from __future__ import annotations

import io

from PIL import Image


def picture(width=2500, height=843, kind="PNG"):
    """Return the bytes of a plain image."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#c5362b").save(file, kind)
    return file.getvalue()


def area(x=0, y=0, width=1250, height=843, **action):
    """Return a tappable area; without more it says 今週."""
    does = action or {"type": "message", "label": "今週", "text": "今週"}
    return {"bounds": {"x": x, "y": y, "width": width, "height": height}, "action": does}


def menu(**more):
    """Return a menu that LINE takes."""
    plain = {
        "size": {"width": 2500, "height": 843},
        "selected": True,
        "name": "member-ja",
        "chatBarText": "メニュー",
        "areas": [area()],
    }
    return plain | more
