"""Rich menus and their images for the simulator's tests."""

from __future__ import annotations

import io

from PIL import Image
from simulator_stage import TOKEN

IMAGE_FIRST = {"message": "must upload richmenu image before applying it to user"}
NOT_FOUND = {"message": "Not found"}


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


def created(stage, **more):
    status, body, _ = stage.line("POST", "/v2/bot/richmenu", menu(**more))
    assert status == 200, body
    return body["richMenuId"]


def uploads(stage, menu_id, data=None, kind="image/png"):
    answer = stage._http.request(
        "POST",
        f"{stage.url}/v2/bot/richmenu/{menu_id}/content",
        body=picture() if data is None else data,
        headers={"Authorization": f"Bearer {TOKEN}", "Content-Type": kind},
    )
    return answer.status


def ready(stage, **more):
    menu_id = created(stage, **more)
    assert uploads(stage, menu_id) == 200
    return menu_id


def shown(stage, user):
    people = stage.ask("GET", "/sim/chats")[1]["users"]
    return next(one.get("richMenuId") for one in people if one["id"] == user)
