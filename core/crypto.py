"""Keys and cryptography: keyed hashes, sealed texts, codes that people type, hashing of commitments."""

import hashlib
import hmac
import os
import secrets
from binascii import unhexlify
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.translation import gettext
from core.values.codes import letters_to_type, readings

NONCE = 12
CODE_LETTERS = 16

RandomBytes = Callable[[int], bytes]


class SealBroken(ValueError):
    """A sealed value was altered, or its key is not this one."""


class NoKey(RuntimeError):
    """There is no key file. None is created in passing, since printed codes depend on the one that may be lost."""


class Keyring:
    """A master key of 32 bytes, and a key derived from it for each purpose by HKDF (RFC 5869)."""

    def __init__(self, master: bytes) -> None:
        if len(master) != 32:
            raise ValueError("the master key has 32 bytes")
        self._master = master
        self._known: dict[str, bytes] = {}

    def key(self, purpose: str) -> bytes:
        """Return the 32-byte key for *purpose*."""
        if purpose not in self._known:
            self._known[purpose] = derive(self._master, purpose)
        return self._known[purpose]

    def mac(self, purpose: str, *parts: str | bytes) -> bytes:
        """HMAC-SHA-256 (32 bytes) over length-prefixed *parts*, so that "12"+"3" never equals "1"+"23"."""
        return hmac.digest(self.key(purpose), delimited(*parts), "sha256")

    def signer(self, purpose: str) -> Callable[[bytes], bytes]:
        """Return a function that signs bytes under *purpose*; `rules/` is given this instead of a key."""
        return lambda message: self.mac(purpose, message)

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal digits that distinguish master keys without revealing them."""
        return self.key("fingerprint").hex()[:16]


def derive(secret: bytes, purpose: str) -> bytes:
    """Return a 32-byte key for *purpose* from a *secret* that is itself random."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret)


def delimited(*parts: str | bytes) -> bytes:
    """Return *parts* as bytes, each with its length of 8 bytes before it."""
    encoded = [part.encode() if isinstance(part, str) else part for part in parts]
    return b"".join(len(part).to_bytes(8, "big") + part for part in encoded)


def digest(*parts: str | bytes) -> bytes:
    """Return SHA-256 (32 bytes) over length-prefixed *parts*."""
    return hashlib.sha256(delimited(*parts)).digest()


def seal(key: bytes, text: str, *, about: bytes = b"", random: RandomBytes = secrets.token_bytes) -> bytes:
    """Encrypt *text* with AES-256-GCM, bound to *about* (the row it belongs to): a nonce of 12 bytes, then the
    ciphertext.
    """
    return seal_bytes(key, text.encode(), about=about, random=random)


def seal_bytes(key: bytes, content: bytes, *, about: bytes = b"", random: RandomBytes = secrets.token_bytes) -> bytes:
    """Encrypt *content* as `seal` does."""
    nonce = random(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, about)


def unseal(key: bytes, sealed: bytes, *, about: bytes = b"") -> str:
    """Decrypt a text that `seal` encrypted.

    Raises:
        SealBroken: another key, another row, or an altered byte.
    """
    return unseal_bytes(key, sealed, about=about).decode()


def unseal_bytes(key: bytes, sealed: bytes, *, about: bytes = b"") -> bytes:
    """Decrypt bytes that `seal_bytes` encrypted; raises `SealBroken` as `unseal` does."""
    return opener(key)(sealed, about)


def opener(key: bytes) -> Callable[[bytes, bytes], bytes]:
    """Return a function that decrypts what `seal_bytes` encrypted with *key*, from the sealed bytes and what they are
    bound to; it raises `SealBroken` as `unseal` does. For very many values of one key.
    """
    cipher = AESGCM(key)

    def open_(sealed: bytes, about: bytes) -> bytes:
        with _broken():
            return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], about)

    return open_


def opener_of_wrapped(key: bytes) -> Callable[[Iterable[tuple[bytes, bytes, bytes]]], list[bytes]]:
    """Return a function that decrypts very many values, each under a key of its own that is itself sealed under *key*,
    from what both are bound to, the sealed key (its hexadecimal digits) and the sealed value; it raises `SealBroken`.
    """
    unwrap = AESGCM(key).decrypt

    def open_(rows: Iterable[tuple[bytes, bytes, bytes]]) -> list[bytes]:
        with _broken():
            return [
                AESGCM(unhexlify(unwrap(wrapped[:NONCE], wrapped[NONCE:], about))).decrypt(
                    sealed[:NONCE], sealed[NONCE:], about
                )
                for about, wrapped, sealed in rows
            ]

    return open_


@contextmanager
def _broken() -> Iterator[None]:
    try:
        yield
    except InvalidTag as error:
        raise SealBroken("the sealed value does not open with this key") from error


def new_code(*, random: RandomBytes = secrets.token_bytes) -> str:
    """Return a new receipt or personal code of 76 bits: 16 letters that no Vietnamese keyboard changes."""
    return letters_to_type(int.from_bytes(random(16), "big"), CODE_LETTERS)


def read_codes(typed: str) -> tuple[str, ...]:
    """Return the receipts or personal codes that a person may have typed, the likeliest first; mostly one or none."""
    return readings(typed, CODE_LETTERS)


def new_key() -> str:
    """Return a new idempotency key: 128 bits as 22 letters of URL-safe base64."""
    return secrets.token_urlsafe(16)


def load_or_create_master(path: Path) -> bytes:
    """Return the master key in *path*, creating it on the first call, readable by its owner alone.

    Raises:
        ValueError: the file does not hold 32 bytes; it is never replaced silently, since printed codes depend on it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _create_master(path)
    return read_master(path)


def _create_master(path: Path) -> None:
    """Write the key to a draft and rename it: when two processes start at once, both read the key of the first."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(32).hex().encode())
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def read_master(path: Path) -> bytes:
    """Return the master key in *path*, which must be there.

    Raises:
        FileNotFoundError: it is missing.
        ValueError: the file does not hold 32 bytes.
    """
    try:
        master = bytes.fromhex(path.read_text().strip())
    except ValueError:
        master = b""
    if len(master) != 32:
        raise ValueError(gettext("Tệp khóa %(path)s hỏng: hãy lấy lại bản đã cất riêng, đừng tạo khóa mới.", path=path))
    return master
