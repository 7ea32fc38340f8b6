"""Message objects as LINE takes them, built small for the tables of limits."""

from bot.simulator.counting import json_bytes

HTTPS = "https://example.com/"
FAMILY = "👨‍👩‍👧"
MEMBER = "U" + "a1" * 16
STRANGER = "U" + "f0" * 16


def say(text, **more):
    return {"type": "text", "text": text, **more}


def says(label="はい", text="はい"):
    return {"type": "message", "label": label, "text": text}


def quick(*actions):
    return say("?", quickReply={"items": [{"type": "action", "action": a} for a in actions]})


def postback(**more):
    return quick({"type": "postback", "label": "はい", "data": "d"} | more)


def picker(**more):
    return quick({"type": "datetimepicker", "label": "日", "data": "d", "mode": "date"} | more)


def uri(value):
    return quick({"type": "uri", "label": "地図", "uri": value})


def mention(user=MEMBER):
    return {"type": "mention", "mentionee": {"type": "user", "userId": user}}


def v2(text, **substitution):
    return {"type": "textV2", "text": text, "substitution": substitution}


def emojis(count, index=0):
    return say("$a", emojis=[{"index": index, "productId": "p", "emojiId": "e"}] * count)


def picture(url):
    return {"type": "image", "originalContentUrl": url, "previewImageUrl": HTTPS}


def place_of(**more):
    return {
        "type": "location",
        "title": "t",
        "address": "a",
        "latitude": 35,
        "longitude": 139,
    } | more


def template(kind, **more):
    return {"type": "template", "altText": "alt", "template": {"type": kind, **more}}


def buttons(count=1, text="t", label="はい", **more):
    return template("buttons", text=text, actions=[says(label)] * count, **more)


def column(count=1, text="t", **more):
    return {"text": text, "actions": [says()] * count, **more}


def columns(*each):
    return template("carousel", columns=list(each))


def pictures(count=1, label="はい"):
    shown = {"imageUrl": HTTPS, "action": says(label)}
    return template("image_carousel", columns=[shown] * count)


def imagemap(width=1040, count=1, text="t"):
    area = {"x": 0, "y": 0, "width": 1, "height": 1}
    taps = [{"type": "message", "text": text, "area": area}] * count
    size = {"width": width, "height": 500}
    shown = {"baseUrl": HTTPS, "altText": "alt", "baseSize": size, "actions": taps}
    return {"type": "imagemap"} | shown


def box(*contents, layout="vertical"):
    return {"type": "box", "layout": layout, "contents": list(contents)}


def bubble(*contents):
    return {"type": "bubble", "body": box(*contents)}


def words(text="a", **more):
    return {"type": "text", "text": text, **more}


def flex(contents, alt="alt"):
    return {"type": "flex", "altText": alt, "contents": contents}


def card(*contents):
    return flex(bubble(*contents))


def carousel(count, text="a"):
    return {"type": "carousel", "contents": [bubble(words(text)) for _ in range(count)]}


def padded(value, size):
    """Lengthen the first text of a container until the whole has `size` bytes."""
    first = value["contents"][0] if value["type"] == "carousel" else value
    first["body"]["contents"][0]["text"] += "a" * (size - json_bytes(value))
    assert json_bytes(value) == size
    return flex(value)
