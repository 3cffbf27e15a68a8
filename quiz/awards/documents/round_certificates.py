"""The certificates of a round: everybody whose prize is confirmed and whose name the account may read."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import IO

from sqlalchemy.orm import Session

from commune.documents import printed_logo
from core.crypto import Keyring
from core.pdf.symbol import shorter
from core.values.language import use
from quiz.awards.documents.certificate import CertificateSheet, PrintedPrize, certificates_pdf
from quiz.awards.documents.parts import round_in
from quiz.awards.queries.certificate import code_of
from quiz.awards.queries.round_file import RoundFile


def write_certificates(
    session: Session, keyring: Keyring, file: RoundFile, target: IO[bytes] | Path, *, address: str, today: date
) -> int:
    """Write the certificates of *file*'s round to *target*; return how many. *address* is the page that verifies."""
    contest = file.contest
    sheet = CertificateSheet(
        title=contest.title,
        round=round_in(file),
        organiser=contest.organiser,
        day=today,
        typed_address=address.split("://")[1],
        logo=printed_logo(session, contest.unit_id),
        is_illustrative=contest.is_illustrative,
    )
    with use("vi"):
        return certificates_pdf(sheet, _prizes(keyring, file, address), target)


def _prizes(keyring: Keyring, file: RoundFile, address: str) -> Iterator[PrintedPrize]:
    for line in file.prizes:
        if line.name:
            code = code_of(keyring, file.result, line)
            url = shorter(f"{address}?ma={code}")
            yield PrintedPrize(line.name, line.unit, line.prize, code, url)
