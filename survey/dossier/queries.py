"""Read the dossiers of an office: counts of a period, gaps in the numbers, samples."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import Session

from commune.models import Office
from core.db import parts
from survey.dossier.models import Dossier, DossierImport, DossierSample, DrawnDossier, ProvincialTotal
from survey.dossier.rules.gaps import NumberGap, gap_before
from survey.dossier.rules.period import DossierPeriod
from survey.dossier.rules.punctuality import Punctuality


class StoredDossier(NamedTuple):
    """A stored dossier, as an import compares it."""

    id: int
    number_key: str
    procedure: str
    channel: str
    received_on: date
    due_on: date | None
    returned_on: date | None


def find_dossiers(session: Session, office: Office, keys: Collection[str]) -> dict[str, StoredDossier]:
    """Return the dossiers of *office* with these keys of numbers, by key."""
    columns = (Dossier.id, Dossier.number_key, Dossier.procedure, Dossier.channel)
    query = select(*columns, Dossier.received_on, Dossier.due_on, Dossier.returned_on)
    found: dict[str, StoredDossier] = {}
    for some in parts(keys):
        rows = session.execute(query.where(Dossier.office_id == office.id, Dossier.number_key.in_(some)))
        found.update((row.number_key, StoredDossier(*row)) for row in rows)
    return found


def list_agencies(session: Session, office: Office) -> set[str]:
    """Return the agencies whose numbers the dossiers of *office* have."""
    query = select(Dossier.agency).where(Dossier.office_id == office.id, Dossier.agency != "").distinct()
    return set(session.scalars(query))


def agencies_elsewhere(session: Session, office: Office, agencies: Collection[str]) -> set[str]:
    """Return those of *agencies* whose numbers dossiers of another office have."""
    query = select(Dossier.agency).where(Dossier.office_id != office.id).distinct()
    return {found for some in parts(agencies) for found in session.scalars(query.where(Dossier.agency.in_(some)))}


def find_span(session: Session, office: Office) -> tuple[date, date] | None:
    """Return the first and the last day on which the list received or returned a dossier; None without dossiers."""
    received, returned = Dossier.received_on, Dossier.returned_on
    query = select(func.min(received), func.max(received), func.max(returned)).where(Dossier.office_id == office.id)
    first, *last = session.execute(query).one()
    return (first, max(day for day in last if day)) if first else None


def last_import(session: Session, office: Office) -> datetime | None:
    """Return when the list was last imported."""
    return session.scalar(select(func.max(DossierImport.imported_at)).where(DossierImport.office_id == office.id))


def count_punctuality(session: Session, office: Office, period: DossierPeriod, as_of: date) -> Punctuality:
    """Return the counts of a period; what is open counts at its end, or on *as_of* if that is earlier."""
    end = min(period.last, as_of)
    is_returned = Dossier.returned_on.between(period.first, period.last)
    is_open = and_(Dossier.received_on <= end, or_(Dossier.returned_on.is_(None), Dossier.returned_on > end))
    is_overdue = and_(Dossier.due_on.is_not(None), Dossier.due_on < end)
    wanted: dict[str, ColumnElement[bool]] = {
        "received": Dossier.received_on.between(period.first, period.last),
        "on_time": and_(is_returned, Dossier.returned_on <= Dossier.due_on),
        "late": and_(is_returned, Dossier.returned_on > Dossier.due_on),
        "without_due": and_(is_returned, Dossier.due_on.is_(None)),
        "open_in_time": and_(is_open, ~is_overdue),
        "overdue": and_(is_open, is_overdue),
    }
    counts = [func.count(case((condition, 1))).label(name) for name, condition in wanted.items()]
    touched = or_(Dossier.returned_on.is_(None), Dossier.returned_on >= period.first)
    within = (Dossier.office_id == office.id, Dossier.received_on <= period.last, touched)
    row = session.execute(select(*counts).where(*within)).one()
    return Punctuality(**row._asdict())


def find_total(session: Session, office: Office, period: DossierPeriod) -> ProvincialTotal | None:
    """Return the provincial system's total for *period*."""
    return session.get(ProvincialTotal, (office.id, period.first, period.last))


class GapCount(NamedTuple):
    """How many places the numbers have gaps at, and how many numbers are missing."""

    places: int
    missing: int


def count_gaps(session: Session, office: Office, period: DossierPeriod) -> GapCount:
    """Count the gaps that end at a dossier received in *period*."""
    numbers, is_gap = _jumps(office, period)
    missing = numbers.c.serial - func.coalesce(numbers.c.earlier, 0) - 1
    return GapCount(*session.execute(select(func.count(), func.coalesce(func.sum(missing), 0)).where(is_gap)).one())


def list_gaps(session: Session, office: Office, period: DossierPeriod, part: slice) -> list[NumberGap]:
    """Return those gaps, by series and number."""
    numbers, is_gap = _jumps(office, period)
    query = select(numbers.c.series, numbers.c.serial, numbers.c.earlier).where(is_gap)
    rows = session.execute(
        query.order_by(numbers.c.series, numbers.c.serial).offset(part.start).limit(part.stop - part.start)
    )
    return [gap for series, serial, earlier in rows if (gap := gap_before(series, serial, earlier))]


def _jumps(office: Office, period: DossierPeriod) -> tuple[Subquery, ColumnElement[bool]]:
    """Return every number with the next lower one of its series, and where `gap_before` finds a gap."""
    lower = func.lag(Dossier.serial).over(partition_by=Dossier.series, order_by=Dossier.serial)
    numbers = (
        select(Dossier.series, Dossier.serial, Dossier.received_on, lower.label("earlier"))
        .where(Dossier.office_id == office.id, Dossier.series != "")
        .subquery()
    )
    begins_at_one = and_(~numbers.c.series.contains("#"), numbers.c.series.endswith("-"))
    is_jump = or_(
        numbers.c.serial > numbers.c.earlier + 1,
        and_(numbers.c.earlier.is_(None), begins_at_one, numbers.c.serial > 1),
    )
    return numbers, and_(is_jump, numbers.c.received_on.between(period.first, period.last))


def count_unnumbered(session: Session, office: Office, period: DossierPeriod) -> int:
    """Count the dossiers received in *period* whose number belongs to no run."""
    query = select(func.count()).select_from(Dossier)
    within = Dossier.received_on.between(period.first, period.last)
    return session.scalar(query.where(Dossier.office_id == office.id, Dossier.series == "", within)) or 0


def returned_in(office: Office, period: DossierPeriod) -> Select[Dossier]:
    """Return the query for the dossiers returned in *period*: the population of a sample."""
    within = Dossier.returned_on.between(period.first, period.last)
    return select(Dossier).where(Dossier.office_id == office.id, within)


def count_returned(session: Session, office: Office, period: DossierPeriod) -> int:
    """Count the population of a sample."""
    return session.scalar(returned_in(office, period).with_only_columns(func.count())) or 0


def iterate_population(
    session: Session, office: Office, period: DossierPeriod, stratified_by: str
) -> Iterator[tuple[str, str]]:
    """Yield stratum and key of the number of each dossier returned in *period*, in the order of the keys."""
    stratum = Dossier.procedure if stratified_by == "procedure" else Dossier.channel
    query = returned_in(office, period).with_only_columns(stratum, Dossier.number_key)
    for row in session.execute(query.order_by(Dossier.number_key)).yield_per(5000):
        yield row[0], row[1]


def list_samples(session: Session, office: Office) -> list[DossierSample]:
    """Return the samples of *office*, the newest first."""
    query = select(DossierSample).where(DossierSample.office_id == office.id)
    return list(session.scalars(query.order_by(DossierSample.id.desc())))


def find_sample(session: Session, office: Office, id: int) -> DossierSample | None:
    """Return sample *id* of *office*."""
    return session.scalar(select(DossierSample).where(DossierSample.id == id, DossierSample.office_id == office.id))


def find_draw(
    session: Session, office: Office, period: DossierPeriod, stratified_by: str, digest: str
) -> DossierSample | None:
    """Return the sample that was drawn from the numbers of *digest*, by these strata."""
    query = select(DossierSample).where(
        DossierSample.office_id == office.id,
        DossierSample.first_day == period.first,
        DossierSample.last_day == period.last,
        DossierSample.stratified_by == stratified_by,
        DossierSample.digest == digest,
    )
    return session.scalar(query)


def list_drawn(session: Session, sample: DossierSample) -> list[Dossier]:
    """Return the drawn dossiers in the order of the draw."""
    query = select(Dossier).join(DrawnDossier, DrawnDossier.dossier_id == Dossier.id)
    return list(session.scalars(query.where(DrawnDossier.sample_id == sample.id).order_by(DrawnDossier.place)))
