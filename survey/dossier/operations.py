"""Store lists of dossiers, totals to compare with, and samples; delete what has expired."""

import hashlib
import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from account.rules.chain import Plain
from commune.models import Office
from core.db import changed_rows, parts
from survey.counter.operations.audit_subjects import office_subject
from survey.dossier.models import Dossier, DossierImport, DossierSample, DrawnDossier, ProvincialTotal
from survey.dossier.queries import find_draw, find_total, iterate_population
from survey.dossier.rules.actions import DossierAction
from survey.dossier.rules.period import DossierPeriod
from survey.dossier.rules.retention import DOSSIER_DAYS
from survey.dossier.rules.sample import allocate, draw, sample_size


@dataclass(frozen=True)
class PlannedDossiers:
    """The part of a list that is imported: rows to add, changed columns by id, and the counts for the audit entry."""

    added: Sequence[Mapping[str, Any]]
    changed: Sequence[Mapping[str, Any]]
    counts: Mapping[str, int]


def import_dossiers(
    session: Session,
    actor: Actor,
    office: Office,
    plan: PlannedDossiers,
    on_progress: Callable[[int], None] | None = None,
    *,
    now: datetime,
) -> int:
    """Add and change the dossiers of *plan*, and return how many.

    Raises:
        IntegrityError: another import stored one of the numbers at the same moment.
    """
    done = 0
    for statement, rows in ((insert(Dossier), plan.added), (update(Dossier), plan.changed)):
        for some in parts(rows):
            session.execute(statement, [dict(each) for each in some])
            done += len(some)
            if on_progress is not None:
                on_progress(done)
    session.add(DossierImport(office_id=office.id, imported_at=now, added=len(plan.added), changed=len(plan.changed)))
    record(session, actor, DossierAction.IMPORT, office_subject(office), after=plan.counts, now=now)
    return done


def state_total(
    session: Session, actor: Actor, office: Office, period: DossierPeriod, returned: int, *, now: datetime
) -> None:
    """Store how many dossiers the provincial system counts as returned in *period*; the same number changes nothing."""
    stored = find_total(session, office, period)
    before: dict[str, Plain] | None = {"returned": stored.returned} if stored else None
    if stored is not None and stored.returned == returned:
        return
    session.merge(
        ProvincialTotal(
            office_id=office.id, first_day=period.first, last_day=period.last, returned=returned, stated_at=now
        )
    )
    after: dict[str, Plain] = {"period": period.code, "returned": returned}
    record(session, actor, DossierAction.STATE_TOTAL, office_subject(office), before=before, after=after, now=now)


class NothingToDraw(Exception):
    """No dossier was returned in the period."""


class SampleExists(Exception):
    """The same list was drawn from before, by the same strata: another draw would let people choose the one they like.

    `sample` is that draw.
    """

    def __init__(self, sample: DossierSample) -> None:
        super().__init__()
        self.sample = sample


def draw_sample(
    session: Session,
    actor: Actor,
    office: Office,
    period: DossierPeriod,
    *,
    stratified_by: str,
    seed: str,
    now: datetime,
) -> DossierSample:
    """Draw a sample as `add_sample` does, and record it; raises as `add_sample`."""
    sample = add_sample(session, office, period, stratified_by=stratified_by, seed=seed, now=now)
    after: dict[str, Plain] = {"period": period.code, "population": sample.population, "sampled": sample.size}
    record(session, actor, DossierAction.DRAW_SAMPLE, office_subject(office), after=after | {"seed": seed}, now=now)
    return sample


def add_sample(
    session: Session, office: Office, period: DossierPeriod, *, stratified_by: str, seed: str, now: datetime
) -> DossierSample:
    """Draw a sample of the dossiers returned in *period* and store it with all that is needed to draw it again.

    *stratified_by* is "procedure" or "channel". The size, the shares and the draw are those of `rules.sample`. There is
    no audit entry: for seeded instances.

    Raises:
        NothingToDraw: no dossier was returned in the period.
        SampleExists: the same list was drawn from by the same strata.
        IntegrityError: another request drew at the same moment.
    """
    digest, sizes = hashlib.sha256(), Counter[str]()
    for stratum, number in iterate_population(session, office, period, stratified_by):
        digest.update(f"{number}\n".encode())
        sizes[stratum] += 1
    if not sizes:
        raise NothingToDraw
    if before := find_draw(session, office, period, stratified_by, digest.hexdigest()):
        raise SampleExists(before)
    shares = allocate(sizes, sample_size(sizes.total()))
    drawn = draw(seed, iterate_population(session, office, period, stratified_by), shares)
    sample = DossierSample(
        office_id=office.id,
        first_day=period.first,
        last_day=period.last,
        drawn_at=now,
        seed=seed,
        stratified_by=stratified_by,
        population=sizes.total(),
        digest=digest.hexdigest(),
        strata=[{"name": name, "size": sizes[name], "drawn": shares[name]} for name in sorted(sizes)],
    )
    session.add(sample)
    session.flush()
    _store_drawn(session, office, sample, [number for _, number in drawn])
    return sample


def new_seed() -> str:
    """Return a seed for a draw: 64 random bits in hexadecimal digits, which the server makes and no person chooses."""
    return secrets.token_hex(8)


def _store_drawn(session: Session, office: Office, sample: DossierSample, keys: Sequence[str]) -> None:
    query = select(Dossier.number_key, Dossier.id).where(Dossier.office_id == office.id, Dossier.number_key.in_(keys))
    ids = {row.number_key: row.id for row in session.execute(query)}
    rows = [{"sample_id": sample.id, "place": at, "dossier_id": ids[key]} for at, key in enumerate(keys, start=1)]
    session.execute(insert(DrawnDossier), rows)


def record_sample_export(
    session: Session, actor: Actor, office: Office, sample: DossierSample, *, now: datetime
) -> None:
    """Record that the numbers of *sample* were taken out as a sheet."""
    after = {"sampled": sample.size}
    record(session, actor, DossierAction.EXPORT_SAMPLE, office_subject(office), after=after, now=now)


def purge_dossiers(session: Session, today: date) -> int:
    """Delete the dossiers received more than `DOSSIER_DAYS` ago, with the samples of their time; return how many."""
    before = today - timedelta(days=DOSSIER_DAYS)
    old = select(Dossier.id).where(Dossier.received_on < before)
    touched = select(DrawnDossier.sample_id).where(DrawnDossier.dossier_id.in_(old)).distinct()
    samples = list(session.scalars(touched))
    session.execute(delete(DrawnDossier).where(DrawnDossier.sample_id.in_(samples)))
    session.execute(delete(DossierSample).where(DossierSample.id.in_(samples)))
    return changed_rows(session, delete(Dossier).where(Dossier.received_on < before))
