"""Encryption at rest and keyed hashes, both from the one data key.

The data key may be changed: what was sealed before is opened with the key whose id it carries.
Keyed hashes outlive that, because what they were made of is kept nowhere (a code on paper, the
name of somebody erased): their key is written down once, sealed like anything else.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Callable, Sequence
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

KEY_BYTES = 32
_NONCE_BYTES = 12
ID_BYTES = 4  # of each sealed value say which key seals it


class Keyring:
    """The data key that seals, others that only open, and the key of keyed hashes."""

    def __init__(
        self,
        data_key: bytes,
        others: Sequence[bytes] = (),
        kept_hash_key: Callable[[], bytes | None] = lambda: None,
    ) -> None:
        for key in (data_key, *others):
            if len(key) != KEY_BYTES:
                raise ValueError(f"the data key has {len(key)} bytes, not {KEY_BYTES}")
        keys = (data_key, *others)
        self._sealers = {_id_of(key): AESGCM(_derive(key, "seal")) for key in keys}
        self._hash_keys = {_id_of(key): _derive(key, "hash") for key in keys}
        self._kept_hash_key = kept_hash_key
        self._hash_key: bytes | None = None
        self.id = _id_of(data_key)

    def seal(self, plain: bytes, label: str) -> bytes:
        """Encrypt `plain`; `label` must be given again to open it."""
        nonce = os.urandom(_NONCE_BYTES)
        return self.id + nonce + self._sealers[self.id].encrypt(nonce, plain, label.encode())

    def open(self, sealed: bytes, label: str) -> bytes:
        """Decrypt what `seal` made; ValueError when the key or the label is another."""
        nonce, box = sealed[ID_BYTES:][:_NONCE_BYTES], sealed[ID_BYTES + _NONCE_BYTES :]
        sealer = self._sealers.get(sealed[:ID_BYTES])
        try:
            if sealer is not None:
                return sealer.decrypt(nonce, box, label.encode())
        except InvalidTag:
            pass
        raise ValueError(f"{label}: not sealed with this data key")

    def first_hash_key(self, sealed: bytes | None = None) -> bytes:
        """Return the key of hashes made beside something sealed, before that key was kept."""
        return self._hash_keys.get((sealed or self.id)[:ID_BYTES]) or self._hash_keys[self.id]

    def hash(self, value: str) -> str:
        """Return a keyed hash: for codes at rest and for ids in logs."""
        if self._hash_key is None:
            self._hash_key = self._kept_hash_key() or self.first_hash_key()
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


def _id_of(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()[:ID_BYTES]
