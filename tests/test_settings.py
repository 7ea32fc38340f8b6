"""Settings: from NAME or NAME_FILE, nonsense refused with every fault at once."""

from __future__ import annotations

import base64

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.settings import DEMO, REAL, SettingsFault, read, read_demo, real_secrets_set

KEY = base64.b64encode(b"k" * 32).decode()
GOOD = {"LINE_CHANNEL_SECRET": "s", "LINE_CHANNEL_ACCESS_TOKEN": "t", "TASUKI_DATA_KEY": KEY}


def faults(**changed):
    with pytest.raises(SettingsFault) as fault:
        read({k: v for k, v in (GOOD | changed).items() if v is not None})
    return str(fault.value).splitlines()


def test_what_is_not_set_has_the_contracts_defaults():
    chosen = read(GOOD)
    assert (chosen.channel_secret, chosen.access_token, chosen.data_key) == ("s", "t", b"k" * 32)
    assert (chosen.database_url, str(chosen.zone)) == ("sqlite:///tasuki.db", "Asia/Tokyo")
    assert (chosen.port, chosen.sim_port, chosen.is_demo) == (8000, 8001, False)


def test_a_secret_may_stand_in_a_file(tmp_path):
    file = tmp_path / "secret"
    file.write_text("from a file\n", encoding="utf-8")
    given_file = GOOD | {"LINE_CHANNEL_SECRET": "", "LINE_CHANNEL_SECRET_FILE": str(file)}
    assert read(given_file).channel_secret == "from a file"


def test_both_at_once_and_a_file_that_cannot_be_read_are_faults(tmp_path):
    (found,) = faults(LINE_CHANNEL_SECRET_FILE=__file__)
    assert found == (
        "LINE_CHANNEL_SECRET and LINE_CHANNEL_SECRET_FILE are both set: keep one of them"
    )
    for file in (tmp_path, tmp_path / "none"):
        found = faults(LINE_CHANNEL_SECRET=None, LINE_CHANNEL_SECRET_FILE=str(file))
        assert "cannot be read" in found[0]


@pytest.mark.parametrize("name", REAL)
def test_missing_and_demo_secrets_are_refused(name):
    assert faults(**{name: None}) == [f"{name} is missing (or give {name}_FILE)"]
    assert faults(**{name: DEMO[name]}) == [f"{name} is the demo's: set your own"]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "eighty", "PORT is 'eighty': a port is a number from 0 to 65535"),
        ("PORT", "65536", "PORT is '65536': a port is a number from 0 to 65535"),
        ("PORT", "８０", "PORT is '８０': a port is a number from 0 to 65535"),
        ("TASUKI_TIMEZONE", "Mars", "TASUKI_TIMEZONE is 'Mars': give a zone such as Asia/Tokyo"),
        (
            "TASUKI_TIMEZONE",
            "../etc",
            "TASUKI_TIMEZONE is '../etc': give a zone such as Asia/Tokyo",
        ),
        ("TASUKI_DATA_KEY", "short", "TASUKI_DATA_KEY must be base64 of 32 bytes: "),
        ("LINE_API_BASE", "http://evil", "LINE_API_BASE must begin with https://"),
        ("TASUKI_PUBLIC_URL", "ftp://x", "TASUKI_PUBLIC_URL must begin with https://"),
        (
            "TASUKI_LOG_LEVEL",
            "loud",
            "TASUKI_LOG_LEVEL is 'loud': give debug, info, warning or error",
        ),
        ("TASUKI_WORKER_METRICS_PORT", "-1", "TASUKI_WORKER_METRICS_PORT is '-1': a port is"),
        ("TASUKI_HEARTBEAT_URL", "http://x/ping", "TASUKI_HEARTBEAT_URL must begin with https://"),
        ("TASUKI_HEARTBEAT_URL", "https://", "TASUKI_HEARTBEAT_URL must be an address such as"),
        ("TASUKI_HEARTBEAT_URL", "https://[", "TASUKI_HEARTBEAT_URL must be an address such as"),
        ("TASUKI_HEARTBEAT_URL", "https://a:b@c/", "TASUKI_HEARTBEAT_URL must be an address"),
        ("TASUKI_HEARTBEAT_URL", "https://x/ ping", "TASUKI_HEARTBEAT_URL must be an address"),
        ("TASUKI_HEARTBEAT_URL", "https://x:99999/", "TASUKI_HEARTBEAT_URL must be an address"),
        ("DATABASE_URL", "mysql://x", "DATABASE_URL must begin with sqlite:///"),
    ],
)
def test_nonsense_is_refused_by_name(name, value, said):
    (found,) = faults(**{name: value})
    assert found.startswith(said)


def test_every_fault_is_told_at_once():
    found = faults(LINE_CHANNEL_SECRET=None, PORT="x", TASUKI_TIMEZONE="x", TASUKI_DATA_KEY="x")
    assert len(found) == 4


def test_the_demo_uses_its_own_secrets_whatever_is_set():
    chosen = read_demo(GOOD | {"LINE_CHANNEL_SECRET_FILE": "/nowhere"})
    assert chosen.is_demo
    assert chosen.channel_secret == DEMO["LINE_CHANNEL_SECRET"]
    assert real_secrets_set({"TASUKI_DATA_KEY_FILE": "x", "LINE_CHANNEL_SECRET": "y"}) == [
        "LINE_CHANNEL_SECRET",
        "TASUKI_DATA_KEY_FILE",
    ]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # a busy machine
@given(
    st.dictionaries(
        st.sampled_from(
            [
                *REAL,
                "PORT",
                "TASUKI_HEARTBEAT_URL",
                "TASUKI_LOG_LEVEL",
                "TASUKI_TIMEZONE",
                "DATABASE_URL",
                "TASUKI_SIM_PORT",
            ]
        ),
        st.text(st.characters(exclude_characters="\0"), max_size=30),
    )
)
def test_no_environment_makes_it_fail_otherwise(environment):
    for reading in (read, read_demo):
        try:
            reading(environment)
        except SettingsFault as fault:
            assert str(fault)
