"""Reading values from the environment: NAME or NAME_FILE, with every fault gathered."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Reserve:
    """Messages a month kept back for safety and the race: a number, or a share of the plan."""

    number: int
    is_share: bool

    def of(self, most: int) -> int:
        """Return how many that is of a plan, never more than all."""
        return min(most, most * self.number // 100 if self.is_share else self.number)


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

    def secret(self, name: str, of_the_demo: str) -> str:
        """Return a secret that must be set and must not be the demo's."""
        value = self.text(name)
        if not value:
            self.faults.append(f"{name} is missing (or give {name}_FILE)")
        elif value == of_the_demo:
            self.faults.append(f"{name} is the demo's: set your own")
        return value

    def port(self, name: str, default: int) -> int:
        """Return a TCP port."""
        value = self.text(name, str(default))
        if value.isascii() and value.isdigit() and 0 <= int(value) < 65536:
            return int(value)
        self.faults.append(f"{name} is {value!r}: a port is a number from 0 to 65535")
        return default

    def data_key(self, value: str, name: str = "TASUKI_DATA_KEY") -> bytes:
        """Return a data key's 32 bytes."""
        try:
            key = base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if value and len(key) != 32:
            self.faults.append(f"{name} must be base64 of 32 bytes: openssl rand -base64 32")
        return key

    def data_keys(self, name: str) -> tuple[bytes, ...]:
        """Return several of them, apart by spaces."""
        return tuple(self.data_key(value, name) for value in self.text(name).split())

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

    def page(self, name: str) -> str:
        """Return an address that is asked for a page: https, or this machine; or nothing."""
        value = self.url(name, ("https://", "http://127.0.0.1", "http://localhost"))
        if value and not _names_a_host(value):
            self.faults.append(f"{name} must be an address such as https://example.org/ping")
        return value

    def one_of(self, name: str, known: tuple[str, ...], default: str) -> str:
        """Return one of the words that are known."""
        value = self.text(name, default)
        if value not in known:
            self.faults.append(f"{name} is {value!r}: give {', '.join(known[:-1])} or {known[-1]}")
            return default
        return value


def _names_a_host(value: str) -> bool:
    """Say whether an address can be asked as it stands; one with a password in it cannot."""
    try:
        parts = urlsplit(value)
        whole = bool(parts.hostname) and parts.port != 0 and parts.username is None
    except ValueError:
        return False
    return whole and value.isascii() and value.isprintable() and " " not in value
