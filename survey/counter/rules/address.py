"""The short signed address of a counter, which can't be made up and in which typing errors are detected."""

import hmac
from collections.abc import Callable

from core.values import codes
from core.values.codes import BITS, letters

HALF = 5
SERIALS = 1 << (BITS * HALF)

Sign = Callable[[bytes], bytes]


def issue(serial: int, sign: Sign) -> str:
    """Return the address of counter *serial*: 10 letters, 5 for the number and 5 (25 bits) of its MAC.

    *sign* is a keyed MAC of at least 8 bytes; the address holds as long as its key does. A serial is no secret: the MAC
    prevents enumeration of the counters, and a mistyped letter from reaching another one.

    Raises:
        ValueError: *serial* is not between 0 and 2**25 - 1.
    """
    if not 0 <= serial < SERIALS:
        raise ValueError("a counter's serial has 25 bits")
    number = letters(serial, HALF)
    return number + _mac(b"counter address\0", number, HALF, sign)


def read(code: str, sign: Sign) -> int | None:
    """Return the serial in an address as typed or scanned, None when it was not issued under *sign*'s key.

    Case, spaces and hyphens are ignored; O reads as 0, I and L as 1; what a Vietnamese keyboard made of the letters is
    undone. An empty address is None. The MAC is compared in constant time.
    """
    clean = tidy(code, sign)
    return None if clean is None else codes.number_of(clean[:HALF])


def tidy(code: str, sign: Sign) -> str | None:
    """Return the issued address that *code* was typed or scanned for, None when there is none."""
    return next((clean for clean in codes.readings(code, 2 * HALF) if _is_issued(clean, sign)), None)


def check_code(code: str, sign: Sign) -> str:
    """Return the 4 letters on a counter's poster and on its page, which reveal a sticker pasted over the code.

    Raises:
        ValueError: *code* is not an address issued under *sign*'s key.
    """
    clean = tidy(code, sign)
    if clean is None:
        raise ValueError("no check code for an address that was never issued")
    return _mac(b"counter check\0", clean, 4, sign)


def typed(code: str) -> str:
    """Return an address as it is printed for typing.

    >>> typed("7K3M9QXD2F")
    '7K3M9-QXD2F'
    """
    return f"{code[:HALF]}-{code[HALF:]}"


def _is_issued(clean: str, sign: Sign) -> bool:
    return hmac.compare_digest(clean[HALF:], _mac(b"counter address\0", clean[:HALF], HALF, sign))


def _mac(purpose: bytes, text: str, count: int, sign: Sign) -> str:
    return letters(int.from_bytes(sign(purpose + text.encode())[:8], "big") >> (64 - BITS * count), count)
