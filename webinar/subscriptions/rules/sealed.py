"""Sealed bytes: what holds secret links is stored so that the database alone cannot read it (S10)."""

import hashlib
import hmac
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


def sealed(octets: bytes, secret_key: str) -> bytes:
    """`octets` under AES-256-GCM with a key derived from the installation's.

    The nonce is a keyed hash of what is sealed: the same bytes twice look alike, others never share one.
    """
    key = _key(secret_key)
    nonce = hmac.new(key, octets, hashlib.sha256).digest()[:_NONCE]
    return nonce + AESGCM(key).encrypt(nonce, octets, None)


def opened(octets: bytes, secret_key: str) -> bytes | None:
    """What was sealed; None where it was sealed under another key, or damaged."""
    try:
        return AESGCM(_key(secret_key)).decrypt(octets[:_NONCE], octets[_NONCE:], None)
    except (InvalidTag, ValueError):
        return None


@lru_cache(maxsize=4)
def _key(secret_key: str) -> bytes:
    return hmac.new(secret_key.encode(), b"bytes of feeds", hashlib.sha256).digest()
