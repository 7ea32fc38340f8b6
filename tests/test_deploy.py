"""The files for deployment: what they name exists, and they keep the promises of the guide."""

from __future__ import annotations

import re
from configparser import RawConfigParser
from pathlib import Path

import pytest
import yaml

from bot import settings
from bot.commands import cli

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "docs/deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
COMPOSES = sorted(DEPLOY.glob("compose*.yaml"))
OURS = re.compile(r"\b(?:LINE|TASUKI|DATABASE)_[A-Z_]+[A-Z]\b")
NOT_READ_BY_US = {"DATABASE_ADDRESS"}  # compose's own
STOPS_WITHIN = 20  # seconds: gunicorn's graceful timeout, and the worker's
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "CapabilityBoundingSet": "",
    "RestrictSUIDSGID": "yes",
    "SystemCallFilter": "@system-service",
    "UMask": "0077",
}


def unit(path):
    read = RawConfigParser(strict=False)
    read.optionxform = str
    read.read_string(path.read_text())
    return read


def compose(path):
    return yaml.safe_load(path.read_text())


def is_known(command):
    """Say whether a command line starts something there is."""
    words = command.replace("/srv/tasuki/.venv/bin/", "").split()
    if words[:2] == ["python", "app.py"]:
        return words[2] in cli.commands
    return words == ["gunicorn", "app:web"]


def seconds(text):
    return int(str(text).removesuffix("s"))


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_starts_what_exists_as_its_own_user_in_a_closed_room(path):
    service = unit(path)["Service"]
    assert path.read_text().splitlines()[0] == f"# /etc/systemd/system/{path.name}"
    assert is_known(service["ExecStart"])
    assert (service["User"], service["EnvironmentFile"]) == ("tasuki", "/etc/tasuki.env")
    assert {name: service[name] for name in HARDENED} == HARDENED


@pytest.mark.parametrize("name", ["web", "worker"])
def test_a_process_that_ends_comes_back_and_has_time_to_stop(name):
    found = unit(DEPLOY / f"tasuki-{name}.service")
    service = found["Service"]
    assert (service["Restart"], service["KillMode"]) == ("always", "mixed")
    assert found["Unit"]["StartLimitIntervalSec"] == "0"  # it never gives up
    assert seconds(service["TimeoutStopSec"]) > STOPS_WITHIN
    assert service["StateDirectory"] == "tasuki"


@pytest.mark.parametrize("path", COMPOSES, ids=lambda path: path.name)
def test_a_compose_file_starts_what_exists(path):
    services = compose(path)["services"]
    ours = {name: one for name, one in services.items() if one["image"] == "tasuki"}
    assert ours.keys() == {"migrate", "web", "worker"}
    for one in ours.values():
        assert is_known(" ".join(one["command"]))
        assert (ROOT / one["build"]["dockerfile"]).is_file()
        assert (DEPLOY / one["build"]["context"]).resolve() == ROOT
        assert seconds(one["stop_grace_period"]) > STOPS_WITHIN
        assert one["read_only"] and one["cap_drop"] == ["ALL"]


@pytest.mark.parametrize("path", COMPOSES, ids=lambda path: path.name)
def test_a_compose_file_gives_every_secret_as_a_file_and_the_proxy_its_settings(path):
    whole = compose(path)
    for name in ("web", "worker"):
        one = whole["services"][name]
        given = {k: v for k, v in one["environment"].items() if k.endswith("_FILE")}
        assert (
            {Path(v).name for v in given.values()} == set(one["secrets"]) <= set(whole["secrets"])
        )
        assert {name for name in settings.REAL if f"{name}_FILE" in given} == set(settings.REAL)
    proxy = whole["services"]["proxy"]
    assert proxy["network_mode"] == "service:web"
    files = [volume.split(":")[0] for volume in proxy["volumes"]]
    assert files == ["./nginx.conf", "./certificates"]
    assert (DEPLOY / files[0]).is_file()
    assert not [one for one in whole["services"].values() if "8000:8000" in str(one.get("ports"))]


@pytest.mark.parametrize("path", [*COMPOSES, DEPLOY / "tasuki.env"], ids=lambda path: path.name)
def test_every_setting_that_a_file_names_is_read(path):
    source = (ROOT / "bot/settings.py").read_text()
    named = set(OURS.findall(path.read_text())) - NOT_READ_BY_US
    assert {name for name in named if f'"{name.removesuffix("_FILE")}"' not in source} == set()
    assert len(named) >= 5


def test_the_example_settings_hold_no_secret():
    lines = (DEPLOY / "tasuki.env").read_text().splitlines()
    given = dict(line.split("=", 1) for line in lines if line and line[0] not in "# ")
    assert [name for name in settings.REAL if given[name]] == []


def test_the_image_holds_what_runs_and_installs_by_hash():
    text = (DEPLOY / "Dockerfile").read_text()
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE)
    names = [name for line in copied for name in line.split()]
    assert [name for name in names if not (ROOT / name).exists()] == []
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages | {"app.py", "gunicorn.conf.py", "requirements.txt"} == set(names)
    assert "--require-hashes" in text
    assert re.search(r"^USER tasuki$", text, re.MULTILINE)


def test_the_proxy_lets_in_three_addresses_and_is_not_patient_with_the_slow():
    text = (DEPLOY / "nginx.conf").read_text()
    blocks = dict(re.findall(r"^        location ([^{]+) \{\n(.*?)^        \}", text, re.M | re.S))
    passed = {name for name, block in blocks.items() if "proxy_pass http://tasuki;" in block}
    assert passed == {"= /callback", "= /livez", "/files/"}
    assert "return 404;" in blocks["/"]
    for line in (
        "client_max_body_size 1m;",
        "client_header_timeout 5s;",
        "client_body_timeout 5s;",
        "proxy_request_buffering on;",
        "limit_conn callers 64;",
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "access_log off;",
    ):
        assert line in text, line


def test_the_timer_has_a_unit_that_may_write_where_its_backups_go():
    assert unit(DEPLOY / "tasuki-backup.timer")["Timer"]["Persistent"] == "yes"
    service = unit(DEPLOY / "tasuki-backup.service")["Service"]
    assert service["Type"] == "oneshot"
    words = service["ExecStart"].split()
    assert words[words.index("backup") + 1] == service["ReadWritePaths"]
