"""The posters of counters. Every printed address comes from the settings, never from a request."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from commune.models import Office
from commune.queries.logos import large_ones, logos_of
from core.content import ENGLISH, texts_of
from core.crypto import Keyring
from survey.counter.documents.poster import (
    LANGUAGES,
    SHEETS,
    BadWords,
    Poster,
    PrintedLogo,
    Words,
    posters_pdf,
    read_words,
)
from survey.counter.models import Counter
from survey.counter.queries.printed import address_of, signer
from survey.counter.rules.address import check_code, typed

__all__ = [
    "LANGUAGES",
    "SHEETS",
    "BadWords",
    "PrintedLogo",
    "Poster",
    "Words",
    "poster_of",
    "posters_of",
    "posters_pdf",
    "printed_address",
    "read_words",
]


def printed_address(keyring: Keyring, public_url: str, counter: Counter) -> str:
    """Return the address in *counter*'s QR code: in upper case, which draws a smaller symbol, but for its scheme.

    Some phones' cameras (Pixel, Samsung, Firefox) don't open an address whose scheme is in capitals; as a segment of
    five bytes it makes the symbol of no host larger.
    """
    scheme, rest = public_url.split("://")
    return f"{scheme}://{rest.upper()}/Q/{address_of(keyring, counter)}"


def posters_of(session: Session, keyring: Keyring, public_url: str, counters: Sequence[Counter]) -> list[Poster]:
    """Return the posters of *counters*, each with the logo of its unit and its English names, with four statements
    for any number.
    """
    shown = logos_of(session, {counter.office.unit_id for counter in counters})
    digests = {each.digest for each in shown.values()}
    logos = {digest: PrintedLogo(digest, png) for digest, png in large_ones(session, digests).items()}
    by_unit = {unit_id: logos.get(each.digest) for unit_id, each in shown.items()}
    counter_names = texts_of(session, Counter, [counter.id for counter in counters], ENGLISH)
    office_names = texts_of(session, Office, {counter.office_id for counter in counters}, ENGLISH)
    return [
        replace(
            poster_of(keyring, public_url, counter, by_unit.get(counter.office.unit_id)),
            english=_in_english(
                counter, counter_names.get((counter.id, "name")), office_names.get((counter.office_id, "name"))
            ),
        )
        for counter in counters
    ]


def _in_english(counter: Counter, name: str | None, office: str | None) -> tuple[str, ...]:
    """Return the counter and its office as a poster names them in English, those without a name left out."""
    return (*([f"Counter {counter.number}: {name}"] if name else []), *([office] if office else []))


def poster_of(keyring: Keyring, public_url: str, counter: Counter, logo: PrintedLogo | None = None) -> Poster:
    """Return the poster of *counter*: its address to scan and to type, its check code, the survey's host."""
    code = address_of(keyring, counter)
    return Poster(
        office=counter.office.name,
        counter=f"Quầy {counter.number}: {counter.name}",
        url=printed_address(keyring, public_url, counter),
        typed_address=f"{public_url.split('://')[1]}/q/{typed(code)}",
        check_code=check_code(code, signer(keyring)),
        host=counter.office.host,
        hotline=counter.office.hotline,
        logo=logo,
    )
