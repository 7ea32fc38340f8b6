"""Rich menus on the simulator: limits, image, default, links, aliases, tabs, and LINE's own SDK."""

from contextlib import closing

import pytest
from richmenu_objects import area, menu, picture
from simulator_stage import AIKO, KEN, TOKEN, Stage

IMAGE_FIRST = {"message": "must upload richmenu image before applying it to user"}
NOT_FOUND = {"message": "Not found"}


@pytest.fixture
def stage():
    with closing(Stage()) as stage:
        yield stage


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


def test_ones_own_menu_goes_before_the_default(stage):
    first, second = ready(stage), ready(stage)
    assert stage.line("GET", "/v2/bot/user/all/richmenu")[0] == 404
    assert stage.line("POST", f"/v2/bot/user/all/richmenu/{first}")[0] == 200
    assert stage.line("POST", f"/v2/bot/user/{KEN}/richmenu/{second}")[0] == 200
    assert (shown(stage, AIKO), shown(stage, KEN)) == (first, second)
    assert stage.line("GET", "/v2/bot/user/all/richmenu")[1] == {"richMenuId": first}
    assert stage.line("GET", f"/v2/bot/user/{KEN}/richmenu")[1] == {"richMenuId": second}
    assert stage.line("GET", f"/v2/bot/user/{AIKO}/richmenu")[0] == 404
    assert stage.line("DELETE", f"/v2/bot/user/{KEN}/richmenu")[0] == 200
    assert shown(stage, KEN) == first
    assert stage.line("DELETE", "/v2/bot/user/all/richmenu")[0] == 200
    assert shown(stage, AIKO) is None


def test_menus_are_for_friends(stage):
    menu_id = ready(stage)
    stage.line("POST", f"/v2/bot/user/all/richmenu/{menu_id}")
    stage.control("block", user=AIKO)
    assert shown(stage, AIKO) is None
    assert stage.line("POST", f"/v2/bot/user/{AIKO}/richmenu/{menu_id}")[0] == 400
    assert stage.line("POST", f"/v2/bot/user/U{'9' * 32}/richmenu/{menu_id}")[0] == 400
    bulk = {"richMenuId": menu_id, "userIds": [AIKO, KEN]}
    assert stage.line("POST", "/v2/bot/richmenu/bulk/link", bulk)[0] == 202
    assert stage.line("GET", f"/v2/bot/user/{AIKO}/richmenu")[0] == 404
    assert stage.line("GET", f"/v2/bot/user/{KEN}/richmenu")[1] == {"richMenuId": menu_id}


def test_five_hundred_are_linked_at_once_and_no_more(stage):
    menu_id = ready(stage)
    many = [stage.sim.add_user(f"U{n:032x}", f"走者{n}").id for n in range(501)]
    path = "/v2/bot/richmenu/bulk/link"
    assert stage.line("POST", path, {"richMenuId": menu_id, "userIds": many})[0] == 400
    assert stage.line("POST", path, {"richMenuId": menu_id, "userIds": many[:500]})[0] == 202
    assert shown(stage, many[499]) == menu_id
    unlink = {"userIds": many[:500]}
    assert stage.line("POST", "/v2/bot/richmenu/bulk/unlink", unlink)[0] == 202
    assert stage.sim.rich_menus.links == {}
    assert stage.line("POST", "/v2/bot/richmenu/bulk/unlink", {"userIds": ["Ux"]})[0] == 400


def test_a_deleted_menu_is_gone_everywhere(stage):
    menu_id = ready(stage)
    stage.line("POST", f"/v2/bot/user/all/richmenu/{menu_id}")
    stage.line("POST", f"/v2/bot/user/{KEN}/richmenu/{menu_id}")
    assert stage.line("DELETE", f"/v2/bot/richmenu/{menu_id}")[0] == 200
    assert stage.line("DELETE", f"/v2/bot/richmenu/{menu_id}")[:2] == (404, NOT_FOUND)
    assert (shown(stage, AIKO), shown(stage, KEN)) == (None, None)
    assert stage.line("GET", f"/v2/bot/user/{KEN}/richmenu")[0] == 404
    assert stage.line("POST", f"/v2/bot/user/all/richmenu/{menu_id}")[:2] == (404, NOT_FOUND)


def test_aliases_are_made_moved_listed_and_dropped(stage):
    first, second = ready(stage), ready(stage)
    path = "/v2/bot/richmenu/alias"
    made = {"richMenuAliasId": "member-ja", "richMenuId": first}
    assert stage.line("POST", path, made)[0] == 200
    assert stage.line("POST", path, made)[:2] == (400, {"message": "conflict richmenu alias id"})
    assert stage.line("GET", f"{path}/member-ja")[1] == made
    assert stage.line("POST", f"{path}/member-ja", {"richMenuId": second})[0] == 200
    assert stage.line("GET", f"{path}/list")[1] == {"aliases": [made | {"richMenuId": second}]}
    assert stage.line("DELETE", f"{path}/member-ja")[0] == 200
    for method in ("GET", "DELETE"):
        assert stage.line(method, f"{path}/member-ja")[0] == 404
    assert stage.line("POST", f"{path}/member-ja", {"richMenuId": first})[0] == 404
    assert stage.line("POST", path, {"richMenuAliasId": "b", "richMenuId": "x"})[0] == 400
    for bad in ("A", "あ", "a" * 33, ""):
        assert stage.line("POST", path, made | {"richMenuAliasId": bad})[0] == 400


def test_a_tab_shows_another_menu_and_the_bot_hears_of_it(stage):
    first, second = ready(stage), ready(stage)
    for alias, menu_id in (("one", first), ("two", second)):
        body = {"richMenuAliasId": alias, "richMenuId": menu_id}
        stage.line("POST", "/v2/bot/richmenu/alias", body)
    stage.line("POST", f"/v2/bot/user/all/richmenu/{first}")
    stage.control("switch", user=AIKO, alias="two", data="tab=2")
    told = {"data": "tab=2", "params": {"newRichMenuAliasId": "two", "status": "SUCCESS"}}
    assert stage.ear.events[-1]["postback"] == told
    assert (shown(stage, AIKO), shown(stage, KEN)) == (second, first)


def test_a_tab_that_leads_nowhere_says_so(stage):
    gone = ready(stage)
    stage.line("POST", "/v2/bot/richmenu/alias", {"richMenuAliasId": "gone", "richMenuId": gone})
    stage.line("DELETE", f"/v2/bot/richmenu/{gone}")
    for alias, status in (("gone", "RICHMENU_NOTFOUND"), ("none", "RICHMENU_ALIAS_ID_NOTFOUND")):
        stage.control("switch", user=AIKO, alias=alias, data="tab")
        assert stage.ear.events[-1]["postback"]["params"]["status"] == status


def test_lines_own_sdk_installs_a_menu(stage):
    from linebot.v3 import messaging as line

    with line.ApiClient(line.Configuration(host=stage.url, access_token=TOKEN)) as client:
        api, blobs = line.MessagingApi(client), line.MessagingApiBlob(client)
        wish = line.RichMenuRequest.from_dict(menu())
        api.validate_rich_menu_object(wish)
        menu_id = api.create_rich_menu(wish).rich_menu_id
        image = picture()
        blobs.set_rich_menu_image(
            menu_id, body=bytearray(image), _headers={"Content-Type": "image/png"}
        )
        assert bytes(blobs.get_rich_menu_image(menu_id)) == image
        api.set_default_rich_menu(menu_id)
        assert api.get_default_rich_menu_id().rich_menu_id == menu_id
        alias = line.CreateRichMenuAliasRequest(rich_menu_alias_id="a", rich_menu_id=menu_id)
        api.create_rich_menu_alias(alias)
        assert api.get_rich_menu_alias_list().aliases[0].rich_menu_id == menu_id
        api.link_rich_menu_id_to_user(KEN, menu_id)
        assert api.get_rich_menu_id_of_user(KEN).rich_menu_id == menu_id
        bulk = line.RichMenuBulkLinkRequest(rich_menu_id=menu_id, user_ids=[AIKO])
        api.link_rich_menu_id_to_users(bulk)
        api.unlink_rich_menu_id_from_user(KEN)
        assert api.get_rich_menu_list().richmenus[0].chat_bar_text == "メニュー"
        api.delete_rich_menu(menu_id)
        with pytest.raises(line.ApiException) as gone:
            api.get_rich_menu(menu_id)
        assert gone.value.status == 404
