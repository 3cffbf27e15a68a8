"""Read everything that the rating page of a printed address shows, in one statement."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from commune.models import Office
from commune.queries.logos import nearest_digest
from core.content import text_column
from core.crypto import Keyring
from core.data_version import PUBLIC, version_column
from core.values.content import content_of
from survey.counter.models import Counter, CounterAddress
from survey.counter.queries.printed import IS_REPLACED, UNIT_OF_PRINTED, signer
from survey.counter.rules import address
from survey.instrument.models import InstrumentVersion
from survey.instrument.queries import NEWEST_QUICK


class RatedPlace(NamedTuple):
    """The counter and office of a printed address, with everything that the rating page shows of them.

    `id` is that of the counter. `data_version` is that of all public data. `name_text`, `office_text` and
    `host_text` are the names in the present language, None without one; `name`, `office` and `host` print them.
    """

    serial: int
    is_replaced: bool
    id: int
    number: int
    name: str
    closed_on: date | None
    is_rehearsal: bool
    unit_id: int
    slug: str
    office: str
    host: str
    hotline: str
    is_illustrative: bool
    instrument_id: int
    instrument: str
    networks: str
    logo: str | None
    name_text: str | None
    office_text: str | None
    host_text: str | None
    data_version: int

    @property
    def page_version(self) -> "RatedPlace":
        """The version by which the rendered page is kept: two places whose versions are equal show the same page."""
        return self._replace(data_version=0)

    @property
    def is_open(self) -> bool:
        """Whether the counter takes ratings under this address."""
        return self.closed_on is None and not self.is_replaced


_PLACE = (
    select(
        CounterAddress.serial, IS_REPLACED, Counter.id, Counter.number, Counter.name, Counter.closed_on,
        Counter.is_rehearsal, Office.unit_id, Office.slug, Office.name, Office.host, Office.hotline,
        Office.is_illustrative, InstrumentVersion.id, InstrumentVersion.body, Office.networks,
        nearest_digest(UNIT_OF_PRINTED), text_column(Counter.name), text_column(Office.name), text_column(Office.host),
        version_column(PUBLIC),
    )
    .select_from(CounterAddress)
    .join(Counter, Counter.id == CounterAddress.counter_id)
    .join(Office, Office.id == Counter.office_id)
    .join(InstrumentVersion, InstrumentVersion.id == NEWEST_QUICK)
    .where(CounterAddress.serial == bindparam("serial"))
)  # fmt: skip


def find_place(session: Session, keyring: Keyring, code: str) -> RatedPlace | None:
    """Return the place behind a printed address; an altered one is refused without asking the database."""
    serial = address.read(code, signer(keyring))
    if serial is None:
        return None
    row = session.connection().execute(_PLACE, {"serial": serial}).one_or_none()
    if row is None:
        return None
    place = RatedPlace._make(row)
    name, office = content_of(place.name, place.name_text), content_of(place.office, place.office_text)
    return place._replace(name=name, office=office, host=content_of(place.host, place.host_text))
