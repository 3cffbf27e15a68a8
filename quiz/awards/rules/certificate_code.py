"""The code of a certificate: the line of the standings that it is for, and a signature over it and the prize.

Nothing is stored for a certificate: the key writes its code again, and reads it back.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass

from core.values.codes import letters_to_type, number_typed

LETTERS = 20
"""Five groups of four; 27²⁰ is a little more than 2⁹⁵."""
ROUND_BITS, VERSION_BITS, POSITION_BITS, SIGNED_BITS = 20, 10, 16, 49
"""A million rounds, a thousand versions, 65.535 lines; one of 2⁴⁹ signatures fits a line and a prize."""
Sign = Callable[[bytes], bytes]


@dataclass(frozen=True)
class CertifiedLine:
    """A line of the standings in one version of a round's results, which never changes."""

    round_id: int
    version: int
    position: int


@dataclass(frozen=True)
class SignedLine:
    """The content of a code: a line, and the signature that came with it."""

    line: CertifiedLine
    signature: int

    def is_for(self, prize: str, sign: Sign) -> bool:
        """Return whether the code was signed by *sign* for this *prize*."""
        due = _signature(self.line, prize, sign)
        return hmac.compare_digest(due.to_bytes(8, "big"), self.signature.to_bytes(8, "big"))


def certificate_code(line: CertifiedLine, prize: str, sign: Sign) -> str:
    """Return the code of the certificate of *prize* for *line*: 20 letters that no Vietnamese keyboard changes.

    Raises:
        ValueError: the line lies beyond what a code can name.
    """
    number = 0
    for value, bits in (
        (_signature(line, prize, sign), SIGNED_BITS),  # first, so that no two codes begin alike
        (line.round_id, ROUND_BITS),
        (line.version, VERSION_BITS),
        (line.position, POSITION_BITS),
    ):
        if not 0 <= value < 1 << bits:
            raise ValueError("the line lies beyond what a code can name")
        number = number << bits | value
    return letters_to_type(number, LETTERS)


def read_certificate(code: str) -> SignedLine | None:
    """Return what *code* says; None for one that `certificate_code` can't have written. The signature is unchecked."""
    try:
        number = number_typed(code)
    except ValueError:
        return None
    parts = []
    for bits in (POSITION_BITS, VERSION_BITS, ROUND_BITS, SIGNED_BITS):
        number, part = divmod(number, 1 << bits)
        parts.append(part)
    position, version, round_id, signature = parts
    return None if number else SignedLine(CertifiedLine(round_id, version, position), signature)


def _signature(line: CertifiedLine, prize: str, sign: Sign) -> int:
    """Return the first bits of the signature; the numbers come first, so that no two messages are alike."""
    message = f"{line.round_id}:{line.version}:{line.position}:{prize}".encode()
    return int.from_bytes(sign(message)[:8], "big") >> (64 - SIGNED_BITS)
