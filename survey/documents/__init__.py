"""What a survey prints: the poster of a counter. Every address comes from the settings, never from a request."""

from core.crypto import Keyring
from survey import queries
from survey.documents.poster import LANGUAGES, SHEETS, BadWords, Poster, Words, posters_pdf, read_words
from survey.models import Counter
from survey.rules.address import check_code, typed

__all__ = [
    "LANGUAGES",
    "SHEETS",
    "BadWords",
    "Poster",
    "Words",
    "poster_of",
    "posters_pdf",
    "printed_address",
    "read_words",
]


def printed_address(keyring: Keyring, public_url: str, counter: Counter) -> str:
    """The address in *counter*'s QR code, in upper case, which draws a smaller symbol."""
    return f"{public_url}/q/{queries.address_of(keyring, counter)}".upper()


def poster_of(keyring: Keyring, public_url: str, counter: Counter) -> Poster:
    """What is printed for *counter*: its address scanned and typed, its check code, who runs the survey."""
    code = queries.address_of(keyring, counter)
    return Poster(
        office=counter.office.name,
        counter=f"Quầy {counter.number}: {counter.name}",
        url=printed_address(keyring, public_url, counter),
        typed_address=f"{public_url.split('://')[1]}/q/{typed(code)}",
        check_code=check_code(code, queries.signer(keyring)),
        host=counter.office.host,
        hotline=counter.office.hotline,
    )
