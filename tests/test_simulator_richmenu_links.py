"""Who sees which rich menu: default and own, friends, many at once, aliases and tabs."""

from contextlib import closing

import pytest
from richmenu_objects import NOT_FOUND, ready, shown
from simulator_stage import AIKO, KEN, Stage


@pytest.fixture
def stage():
    with closing(Stage()) as stage:
        yield stage


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
