"""Encryption at rest and keyed hashes, both from the one data key."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

KEY_BYTES = 32
_NONCE_BYTES = 12
_ID_BYTES = 4


class Keyring:
    """The data key, and the keys derived from it for sealing and for hashing."""

    def __init__(self, data_key: bytes) -> None:
        if len(data_key) != KEY_BYTES:
            raise ValueError(f"the data key has {len(data_key)} bytes, not {KEY_BYTES}")
        self._sealer = AESGCM(_derive(data_key, "seal"))
        self._hash_key = _derive(data_key, "hash")
        self._id = hashlib.sha256(data_key).digest()[:_ID_BYTES]

    def seal(self, plain: bytes, label: str) -> bytes:
        """Encrypt `plain`; `label` must be given again to open it."""
        nonce = os.urandom(_NONCE_BYTES)
        return self._id + nonce + self._sealer.encrypt(nonce, plain, label.encode())

    def open(self, sealed: bytes, label: str) -> bytes:
        """Decrypt what `seal` made; ValueError when the key or the label is another."""
        nonce, box = sealed[_ID_BYTES:][:_NONCE_BYTES], sealed[_ID_BYTES + _NONCE_BYTES :]
        try:
            return self._sealer.decrypt(nonce, box, label.encode())
        except InvalidTag:
            raise ValueError(f"{label}: not sealed with this data key") from None

    def hash(self, value: str) -> str:
        """Return a keyed hash: for codes at rest and for ids in logs."""
        return hmac.new(self._hash_key, value.encode(), hashlib.sha256).hexdigest()


class _Current:
    keyring: Keyring | None = None


def use(keyring: Keyring) -> None:
    """Install the process's keyring; the composition root calls this once."""
    _Current.keyring = keyring


def current() -> Keyring:
    """Return the installed keyring; RuntimeError when there is none."""
    if _Current.keyring is None:
        raise RuntimeError("no data key is installed: call models.crypto.use first")
    return _Current.keyring


def keyed_hash(value: str) -> str:
    """Return the keyed hash of `value` under the installed key."""
    return current().hash(value)


class Sealed(TypeDecorator[Any]):
    """A column whose JSON value is encrypted; its label ties it to its place."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, label: str) -> None:
        super().__init__()
        self.label = label

    def process_bind_param(self, value: Any, _dialect: Dialect) -> bytes | None:
        """Encrypt on the way in."""
        if value is None:
            return None
        plain = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
        return current().seal(plain.encode(), self.label)

    def process_result_value(self, value: bytes | None, _dialect: Dialect) -> Any:
        """Decrypt on the way out."""
        return None if value is None else json.loads(current().open(value, self.label))


class SealedBytes(TypeDecorator[bytes]):
    """A column whose bytes are encrypted; its label ties them to their place."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, label: str) -> None:
        super().__init__()
        self.label = label

    def process_bind_param(self, value: bytes | None, _dialect: Dialect) -> bytes | None:
        """Encrypt on the way in."""
        return None if value is None else current().seal(value, self.label)

    def process_result_value(self, value: bytes | None, _dialect: Dialect) -> bytes | None:
        """Decrypt on the way out."""
        return None if value is None else current().open(value, self.label)


def _derive(key: bytes, purpose: str) -> bytes:
    return hmac.new(key, f"tasuki:{purpose}".encode(), hashlib.sha256).digest()
