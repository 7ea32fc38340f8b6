"""Settings, read once; every fault is named at once."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.environment import Reader, Reserve

DEMO_SECRET = "tasuki-demo-channel-secret"  # noqa: S105 - public on purpose: the demo's only
DEMO_TOKEN = "tasuki-demo-access-token"  # noqa: S105
DEMO_KEY = base64.b64encode(b"tasuki-demo-data-key-32-bytes-ok").decode()
LOG_LEVELS = ("debug", "info", "warning", "error")
REAL = ("LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN", "TASUKI_DATA_KEY")
OTHER_KEYS = "TASUKI_DATA_KEY_OTHER"  # they open what they sealed, and seal nothing
DEMO = dict(zip(REAL, (DEMO_SECRET, DEMO_TOKEN, DEMO_KEY), strict=True))


class SettingsFault(Exception):  # noqa: N818 - the person at the terminal made it
    """Settings that cannot be used; each line names one fault."""


@dataclass(frozen=True)
class Settings:
    """Everything that differs between one installation and another."""

    channel_secret: str
    access_token: str
    api_base: str
    database_url: str
    data_key: bytes
    public_url: str
    zone: ZoneInfo
    host: str
    port: int
    sim_port: int
    metrics_token: str
    quota_reserve: Reserve
    worker_metrics_port: int
    heartbeat_url: str
    log_level: str
    deletions: str
    is_demo: bool = False
    other_data_keys: tuple[bytes, ...] = ()


def read(environment: Mapping[str, str]) -> Settings:
    """Return the settings for a real channel; SettingsFault names everything that is wrong."""
    reader = Reader(environment)
    settings = _settings(reader, *(reader.secret(name, demo) for name, demo in DEMO.items()))
    if reader.faults:
        raise SettingsFault("\n".join(reader.faults))
    return settings


def faults(environment: Mapping[str, str]) -> list[str]:
    """Return everything that is wrong with the settings for a real channel."""
    try:
        read(environment)
    except SettingsFault as fault:
        return str(fault).splitlines()
    return []


def database_url(environment: Mapping[str, str]) -> str:
    """Return where the database is, whatever else is wrong; empty when that is wrong itself."""
    reader = Reader(environment)
    url = _database_url(reader)
    return "" if reader.faults else url


def read_demo(environment: Mapping[str, str]) -> Settings:
    """Return the demo's settings: its own secrets and the simulator, whatever is set."""
    kept = {k: v for k, v in environment.items() if not k.startswith(REAL)}
    reader = Reader(kept)
    settings = _settings(reader, *DEMO.values(), is_demo=True)
    if reader.faults:
        raise SettingsFault("\n".join(reader.faults))
    return settings


def real_secrets_set(environment: Mapping[str, str]) -> list[str]:
    """Return the names of real secrets that the demo will not use."""
    return [n for name in REAL for n in (name, f"{name}_FILE") if environment.get(n)]


def _settings(
    reader: Reader, secret: str, token: str, key: str, *, is_demo: bool = False
) -> Settings:
    return Settings(
        channel_secret=secret,
        access_token=token,
        data_key=reader.data_key(key),
        api_base=reader.url("LINE_API_BASE", ("https://", "http://127.0.0.1", "http://localhost")),
        database_url=_database_url(reader),
        public_url=reader.url(
            "TASUKI_PUBLIC_URL", ("https://", "http://127.0.0.1", "http://localhost")
        ),
        zone=reader.zone("TASUKI_TIMEZONE", "Asia/Tokyo"),
        host=reader.text("HOST", "127.0.0.1"),
        port=reader.port("PORT", 8000),
        sim_port=reader.port("TASUKI_SIM_PORT", 8001),
        metrics_token=reader.text("TASUKI_METRICS_TOKEN"),
        quota_reserve=reader.reserve("TASUKI_QUOTA_RESERVE", "10%"),
        worker_metrics_port=reader.port("TASUKI_WORKER_METRICS_PORT", 0),
        heartbeat_url=reader.page("TASUKI_HEARTBEAT_URL"),
        log_level=reader.one_of("TASUKI_LOG_LEVEL", LOG_LEVELS, "info"),
        deletions=reader.text("TASUKI_DELETIONS"),
        is_demo=is_demo,
        other_data_keys=reader.data_keys(OTHER_KEYS),
    )


def _database_url(reader: Reader) -> str:
    schemes = ("sqlite:///", "postgresql://", "postgresql+psycopg://")
    return reader.url("DATABASE_URL", schemes, "sqlite:///tasuki.db")
