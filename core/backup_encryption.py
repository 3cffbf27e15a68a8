"""Encrypt backups in the format of age (https://age-encryption.org), so that other programs open them too.

A backup is encrypted to `BACKUP_RECIPIENT`, whose secret key is kept outside the installation; without that setting to
a key derived from the master key, which a restore needs anyway and which no backup contains.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from core.crypto import Keyring

BEGIN = b"age-encryption.org/v1\n"
SECRET = re.compile(r"AGE-SECRET-KEY-1[0-9A-Z]{58}")


class WrongKey(Exception):
    """The backup is encrypted to another key."""


class Damaged(Exception):
    """The encrypted backup was altered or cut."""


def is_encrypted(file: Path) -> bool:
    """Whether *file* begins as the format does; backups of older programs are not encrypted."""
    with file.open("rb") as stream:
        return stream.read(len(BEGIN)) == BEGIN


def new_key() -> tuple[str, str]:
    """Return a new secret key and its recipient."""
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())


def encrypt(plain: Path, encrypted: Path, keyring: Keyring, recipient: str = "") -> None:
    """Write *plain* encrypted to *recipient*, or to the instance's own key without one.

    Raises:
        OSError: the file can't be written.
    """
    public = _own_key(keyring).public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
    to = pyrage.x25519.Recipient.from_str(recipient) if recipient else pyrage.ssh.Recipient.from_str(public)
    with plain.open("rb") as source, encrypted.open("wb") as target:
        pyrage.encrypt_io(source, target, [to])


def decrypt(encrypted: Path, plain: Path, keyring: Keyring, secret: str = "") -> None:
    """Write *encrypted* decrypted by the instance's own key, or by a *secret* key.

    Raises:
        WrongKey: neither opens it, or the secret is no key.
        Damaged: the file was altered or cut.
    """
    try:
        with encrypted.open("rb") as source, plain.open("wb") as target:
            pyrage.decrypt_io(source, target, _identities(keyring, secret))
    except pyrage.DecryptError as error:
        raise (WrongKey if "No matching keys" in str(error) else Damaged) from error
    except OSError as error:
        raise Damaged from error


def _identities(keyring: Keyring, secret: str) -> Sequence[Any]:
    own = _own_key(keyring).private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    found = [pyrage.ssh.Identity.from_buffer(own)]
    if secret:
        written = SECRET.search(secret.upper())  # a file of age-keygen has comments around it
        if written is None:
            raise WrongKey
        try:
            found.append(pyrage.x25519.Identity.from_str(written[0]))
        except pyrage.IdentityError as error:
            raise WrongKey from error
    return found


def _own_key(keyring: Keyring) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(keyring.key("backup-encryption"))
