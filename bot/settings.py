"""Settings, read once from NAME or NAME_FILE; every fault is named at once."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

DEMO_SECRET = "tasuki-demo-channel-secret"  # noqa: S105 - public on purpose: the demo's only
DEMO_TOKEN = "tasuki-demo-access-token"  # noqa: S105
DEMO_KEY = base64.b64encode(b"tasuki-demo-data-key-32-bytes-ok").decode()
REAL = ("LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN", "TASUKI_DATA_KEY")
DEMO = dict(zip(REAL, (DEMO_SECRET, DEMO_TOKEN, DEMO_KEY), strict=True))


class SettingsFault(Exception):  # noqa: N818 - the person at the terminal made it
    """Settings that cannot be used; each line names one fault."""


@dataclass(frozen=True)
class Reserve:
    """Messages a month kept back for safety and the race: a number, or a share of the plan."""

    number: int
    is_share: bool

    def of(self, most: int) -> int:
        """Return how many that is of a plan, never more than all."""
        return min(most, most * self.number // 100 if self.is_share else self.number)


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
    is_demo: bool = False


class Reader:
    """Reads values and gathers faults."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment, self.faults = environment, list[str]()

    def text(self, name: str, default: str = "") -> str:
        """Return NAME, or the content of NAME_FILE, or the default."""
        file = self.environment.get(f"{name}_FILE", "")
        if file and self.environment.get(name):
            self.faults.append(f"{name} and {name}_FILE are both set: keep one of them")
        if not file:
            return self.environment.get(name, "") or default
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            self.faults.append(f"{name}_FILE: {file} cannot be read ({type(error).__name__})")
            return default

    def secret(self, name: str) -> str:
        """Return a secret that must be set and must not be the demo's."""
        value = self.text(name)
        if not value:
            self.faults.append(f"{name} is missing (or give {name}_FILE)")
        elif value == DEMO[name]:
            self.faults.append(f"{name} is the demo's: set your own")
        return value

    def port(self, name: str, default: int) -> int:
        """Return a TCP port."""
        value = self.text(name, str(default))
        if value.isascii() and value.isdigit() and 0 <= int(value) < 65536:
            return int(value)
        self.faults.append(f"{name} is {value!r}: a port is a number from 0 to 65535")
        return default

    def data_key(self, value: str) -> bytes:
        """Return the data key's 32 bytes."""
        try:
            key = base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if value and len(key) != 32:
            self.faults.append(
                "TASUKI_DATA_KEY must be base64 of 32 bytes: openssl rand -base64 32"
            )
        return key

    def zone(self, name: str, default: str) -> ZoneInfo:
        """Return a time zone by its IANA name."""
        value = self.text(name, default)
        try:
            return ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            self.faults.append(f"{name} is {value!r}: give a zone such as Asia/Tokyo")
            return ZoneInfo(default)

    def reserve(self, name: str, default: str) -> Reserve:
        """Return how many messages a month are kept back: a number, or a share such as 10%."""
        value = self.text(name, default)
        number = value.removesuffix("%").strip()
        is_share = value.endswith("%")
        if number.isascii() and number.isdigit() and int(number) <= (100 if is_share else 10**7):
            return Reserve(int(number), is_share)
        self.faults.append(
            f"{name} is {value!r}: give a number of messages, or a share such as 10%"
        )
        return Reserve(10, True)

    def url(self, name: str, schemes: tuple[str, ...], default: str = "") -> str:
        """Return an address with one of the schemes, or nothing."""
        value = self.text(name, default)
        if value and not value.startswith(schemes):
            self.faults.append(f"{name} must begin with {' or '.join(schemes)}")
        return value


def read(environment: Mapping[str, str]) -> Settings:
    """Return the settings for a real channel; SettingsFault names everything that is wrong."""
    reader = Reader(environment)
    settings = _settings(reader, *(reader.secret(name) for name in REAL))
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
        is_demo=is_demo,
    )


def _database_url(reader: Reader) -> str:
    schemes = ("sqlite:///", "postgresql://", "postgresql+psycopg://")
    return reader.url("DATABASE_URL", schemes, "sqlite:///tasuki.db")
