"""Rich menus on the simulator: limits, images, and LINE's own SDK for Python."""

from contextlib import closing

import pytest
from richmenu_objects import IMAGE_FIRST, area, created, menu, picture, ready, uploads
from simulator_stage import AIKO, KEN, TOKEN, Stage


@pytest.fixture
def stage():
    with closing(Stage()) as stage:
        yield stage


BROKEN = {
    "no name": menu(name=""),
    "name of 301": menu(name="名" * 301),
    "bar text of 15": menu(chatBarText="あ" * 15),
    "selected is no boolean": menu(selected="yes"),
    "too narrow": menu(size={"width": 799, "height": 250}),
    "too wide": menu(size={"width": 2501, "height": 843}),
    "too flat": menu(size={"width": 800, "height": 249}),
    "too tall": menu(size={"width": 1000, "height": 700}),
    "21 areas": menu(areas=[area()] * 21),
    "area without width": menu(areas=[area(width=0)]),
    "area left of the picture": menu(areas=[area(x=-1)]),
    "label of 21": menu(areas=[area(type="message", label="あ" * 21, text="今週")]),
    "camera": menu(areas=[area(type="camera", label="写真")]),
    "switch without alias": menu(areas=[area(type="richmenuswitch", data="x")]),
    "no areas at all": {k: v for k, v in menu().items() if k != "areas"},
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_a_menu_beyond_the_limits_is_refused(stage, body):
    for path in ("/v2/bot/richmenu", "/v2/bot/richmenu/validate"):
        status, answer, _ = stage.line("POST", path, body)
        assert status == 400
        assert answer["details"][0]["property"]
    assert stage.line("GET", "/v2/bot/richmenu/list")[1] == {"richmenus": []}


def test_a_menu_at_the_limits_is_taken(stage):
    switch = area(type="richmenuswitch", richMenuAliasId="tab-2", data="tab")
    most = menu(name="名" * 300, chatBarText="👨‍👩‍👧" * 14, areas=[switch] * 20)
    assert stage.line("POST", "/v2/bot/richmenu/validate", most)[0] == 200
    menu_id = stage.line("POST", "/v2/bot/richmenu", most)[1]["richMenuId"]
    assert stage.line("GET", f"/v2/bot/richmenu/{menu_id}")[1] == {"richMenuId": menu_id} | most
    assert [
        m["richMenuId"] for m in stage.line("GET", "/v2/bot/richmenu/list")[1]["richmenus"]
    ] == [menu_id]


def test_the_thousand_and_first_menu_is_refused(stage):
    for _ in range(1000):
        stage.sim.rich_menus.create(menu())
    assert stage.line("POST", "/v2/bot/richmenu", menu())[0] == 400


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (picture(), "image/png", 200),
        (picture(kind="JPEG"), "image/jpeg", 200),
        (picture(kind="JPEG"), "image/png", 400),
        (picture(width=2499), "image/png", 400),
        (b"no picture", "image/png", 400),
        (b"", "image/png", 400),
        (picture(kind="GIF"), "image/gif", 415),
        (picture() + b"\0" * 1024 * 1024, "image/png", 413),
    ],
)
def test_an_image_is_of_the_menus_size_and_at_most_a_megabyte(stage, data, kind, status):
    menu_id = created(stage)
    assert uploads(stage, menu_id, data, kind) == status
    headers = {"Authorization": f"Bearer {TOKEN}"}
    url = f"{stage.url}/v2/bot/richmenu/{menu_id}/content"
    got = stage._http.request("GET", url, headers=headers)
    assert got.status == (200 if status == 200 else 404)
    if status == 200:
        assert (got.data, got.headers["Content-Type"]) == (data, kind)


def test_an_image_is_given_once(stage):
    menu_id = ready(stage)
    assert uploads(stage, menu_id) == 400
    assert uploads(stage, "richmenu-none") == 404


def test_without_an_image_it_is_shown_to_nobody(stage):
    menu_id = created(stage)
    alias = {"richMenuAliasId": "a", "richMenuId": menu_id}
    bulk = {"richMenuId": menu_id, "userIds": [AIKO]}
    for path, body in (
        (f"/v2/bot/user/all/richmenu/{menu_id}", None),
        (f"/v2/bot/user/{AIKO}/richmenu/{menu_id}", None),
        ("/v2/bot/richmenu/bulk/link", bulk),
        ("/v2/bot/richmenu/alias", alias),
    ):
        assert stage.line("POST", path, body)[:2] == (400, IMAGE_FIRST)


@pytest.fixture
def sdk(stage):
    from linebot.v3 import messaging

    with messaging.ApiClient(messaging.Configuration(stage.url, access_token=TOKEN)) as client:
        yield messaging, messaging.MessagingApi(client), messaging.MessagingApiBlob(client)


def test_lines_own_sdk_installs_a_menu(sdk):
    line, api, blobs = sdk
    wish = line.RichMenuRequest.from_dict(menu())
    api.validate_rich_menu_object(wish)
    menu_id = api.create_rich_menu(wish).rich_menu_id
    image, headers = picture(), {"Content-Type": "image/png"}
    blobs.set_rich_menu_image(menu_id, body=bytearray(image), _headers=headers)
    assert bytes(blobs.get_rich_menu_image(menu_id)) == image
    api.set_default_rich_menu(menu_id)
    assert api.get_default_rich_menu_id().rich_menu_id == menu_id
    assert api.get_rich_menu_list().richmenus[0].chat_bar_text == "メニュー"
    api.delete_rich_menu(menu_id)
    with pytest.raises(line.ApiException) as gone:
        api.get_rich_menu(menu_id)
    assert gone.value.status == 404


def test_lines_own_sdk_links_a_menu(stage, sdk):
    line, api, _ = sdk
    menu_id = ready(stage)
    alias = line.CreateRichMenuAliasRequest(rich_menu_alias_id="a", rich_menu_id=menu_id)
    api.create_rich_menu_alias(alias)
    assert api.get_rich_menu_alias_list().aliases[0].rich_menu_id == menu_id
    api.link_rich_menu_id_to_user(KEN, menu_id)
    assert api.get_rich_menu_id_of_user(KEN).rich_menu_id == menu_id
    bulk = line.RichMenuBulkLinkRequest(rich_menu_id=menu_id, user_ids=[AIKO])
    api.link_rich_menu_id_to_users(bulk)
    api.unlink_rich_menu_id_from_user(KEN)
    assert stage.sim.rich_menus.links == {AIKO: menu_id}
