"""Remove the demo with every trace: its rows, the rows that people added to it, and the bytes on the disk."""

import json
import shutil
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, Table, and_, delete, func, select, text, union, update
from sqlalchemy.orm import Session

from account.models import Account, AccountSession, Approval, AuditEntry, Grant, Link, RecoveryCode, Totp
from account.operations.audit import Actor
from commune.models import Headcount, Logo, Office, OfficeUnit, Succession, Unit, UnitName
from core.content import forget_texts
from core.data_version import PUBLIC, renew_version
from core.db import Base, parts
from core.dependents import delete_dependents
from core.instance import InstanceFact
from core.jobs.models import Job, JobPart
from core.person_keys import PersonKey
from core.sheets.memory import SheetDraft
from core.values.numbers import thousands
from demo.accounts import ACCOUNTS, FILE, SECRET_FILE
from demo.logo import BY
from demo.offices import ILLUSTRATIVE
from privacy.models import Consent, PersonRequest, RequestStep, RequestSubject
from quiz.attempt.files.imports import PURPOSE as ENTRIES
from quiz.attempt.models import Attempt
from quiz.awards.models import CollectiveDecision
from quiz.bank.models import Choice, Question, QuestionRevision
from quiz.contest.files.roster import RosterSheets
from quiz.contest.models import (
    Contest,
    Participant,
    Round,
)
from quiz.contest.operations.questions import delete_questions
from quiz.contest.rules.consent import PARTICIPANT
from quiz.results.models import (
    ContactOpening,
    Draw,
    EntryCluster,
    Renaming,
    Result,
    SeasonDecision,
)
from survey.counter.models import Counter, CounterAddress, DeadScan
from survey.dossier.models import Dossier, DossierImport, DossierSample, DrawnDossier, ProvincialTotal
from survey.instrument.models import InstrumentVersion
from survey.rating.files.imports import PURPOSE as RATINGS
from survey.rating.models import OptionTally, Rating, SenderCount

MADE = "demo.json"
COUNTRY: Sequence[type[Base]] = (Headcount, Succession, UnitName, Unit)
"""Tables of the country itself, of which only invented headcounts are removed."""


@dataclass(frozen=True)
class Made:
    """The ids of the demo's rows; all others depend on these."""

    offices: list[int]
    contests: list[int]
    accounts: list[int]
    requests: list[str] = field(default_factory=list)
    """The ids of requests of persons; a demo that was loaded by an earlier version has none."""


def made_by(session: Session) -> Made:
    """Return the rows of an instance right after the load, which fills empty instances only."""
    demo_accounts = select(Account.id).where(Account.email.in_(ACCOUNTS))
    return Made(
        list(session.scalars(select(Office.id))),
        list(session.scalars(select(Contest.id))),
        list(session.scalars(demo_accounts)),
        [str(id) for id in session.scalars(select(PersonRequest.id))],
    )


def keep_made(instance: Path, made: Made) -> None:
    """Store the ids for `remove`."""
    (instance / MADE).write_text(json.dumps(asdict(made)))


def find_made(instance: Path) -> Made | None:
    """Return the ids that `keep_made` stored; None where no demo was loaded."""
    path = instance / MADE
    return Made(**json.loads(path.read_text())) if path.exists() else None


def holds_demo(session: Session) -> bool:
    """Whether the demo's offices are there, also in a copy restored from a backup, which has no stored ids."""
    return session.scalar(select(Office.id).where(Office.is_illustrative).limit(1)) is not None


@dataclass(frozen=True)
class Amount:
    """The numbers of visible things, of the demo or of everything else."""

    contests: int
    people: int
    papers: int
    offices: int
    ratings: int
    accounts: int

    @property
    def words(self) -> str:
        """As a list in a sentence."""
        return (
            f"{thousands(self.contests)} cuộc thi ({thousands(self.people)} người dự thi, {thousands(self.papers)} "
            f"lượt dự thi), {thousands(self.offices)} cơ quan ({thousands(self.ratings)} lượt đánh giá), "
            f"{thousands(self.accounts)} tài khoản"
        )


def amounts(session: Session, made: Made) -> tuple[Amount, Amount]:
    """Return what would be removed, with people's own trials on the demo, and what would stay."""
    rounds = select(Round.id).where(Round.contest_id.in_(made.contests))
    counters = select(Counter.id).where(Counter.office_id.in_(made.offices))
    parts_of = (
        Contest.id.in_(made.contests), Participant.contest_id.in_(made.contests), Attempt.round_id.in_(rounds),
        Office.id.in_(made.offices), Rating.counter_id.in_(counters), Account.id.in_(made.accounts),
    )  # fmt: skip
    models = (Contest, Participant, Attempt, Office, Rating, Account)

    def count(model: type[Base], which: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).select_from(model).where(which)) or 0

    goes = Amount(*(count(model, which) for model, which in zip(models, parts_of, strict=True)))
    return goes, Amount(*(count(model, ~which) for model, which in zip(models, parts_of, strict=True)))


def remove(session: Session, made: Made) -> bool:
    """Delete what the demo made with all that hangs on it; returns whether the instance is empty now.

    If it is, stored replies, uploads, remembered columns and lines are deleted as well. The audit trail always stays:
    it names no person, and its sealed values can't be decrypted without the deleted keys.
    """
    made = replace(made, contests=_with_trials(session, made.contests))
    _remove_drafts(session, made)
    _remove_desk(session, made)
    _remove_contests(session, made.contests)
    _remove_offices(session, made.offices)
    for model in (AccountSession, Totp, RecoveryCode, Link, ContactOpening, Grant):
        _delete(session, model, model.account_id.in_(made.accounts))
    _remove_approvals(session, made.accounts)
    _delete(session, Account, Account.id.in_(made.accounts))
    _delete(session, Logo, Logo.set_by == BY)
    _delete(session, Headcount, Headcount.source == ILLUSTRATIVE)
    is_empty = not any(session.scalar(select(model.id).limit(1)) for model in (Account, Contest, Office))
    if is_empty:
        kept = {InstanceFact.__tablename__, AuditEntry.__tablename__, InstrumentVersion.__tablename__}
        kept |= {model.__tablename__ for model in COUNTRY}
        _clear(session, (table for table in reversed(Base.metadata.sorted_tables) if table.name not in kept))
    else:
        renew_version(session, PUBLIC)
    session.expire_all()
    return is_empty


def _with_trials(session: Session, contests: list[int]) -> list[int]:
    """Return *contests* with their trials, which people may have begun since."""
    return [*contests, *session.scalars(select(Contest.id).where(Contest.trial_of_id.in_(contests)))]


def sweep(engine: Engine, instance: Path) -> None:
    """Free the space, since the bytes of deleted rows stay in the file until overwritten, and delete cached
    drawings.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM FULL" if engine.dialect.name == "postgresql" else "VACUUM"))
        if engine.dialect.name == "sqlite":
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    shutil.rmtree(instance / "cache", ignore_errors=True)
    for name in (FILE, SECRET_FILE, MADE):
        (instance / name).unlink(missing_ok=True)


def _remove_drafts(session: Session, made: Made) -> None:
    """Delete uploaded sheets for a round or a counter of the demo that were not imported."""
    rounds = session.scalars(select(Round.id).where(Round.contest_id.in_(made.contests)))
    counters = session.scalars(select(Counter.id).where(Counter.office_id.in_(made.offices)))
    purposes = [f"{ENTRIES}:{id}" for id in rounds] + [f"{RATINGS}:{id}" for id in counters]
    purposes += [f"{RosterSheets.purpose}:{id}" for id in made.contests]
    for part in parts(purposes):
        _delete(session, SheetDraft, SheetDraft.purpose.in_(part))


def _remove_desk(session: Session, made: Made) -> None:
    """Delete requests of persons, and the jobs of the accounts with their files."""
    requests = [uuid.UUID(id) for id in made.requests]
    for about in (RequestStep, RequestSubject):
        _delete(session, about, about.request_id.in_(requests))
    _delete(session, PersonRequest, PersonRequest.id.in_(requests))
    jobs = select(Job.id).where(Job.owner.in_([Actor("account", id).owner for id in made.accounts]))
    _delete(session, JobPart, JobPart.job_id.in_(jobs))
    _delete(session, Job, Job.id.in_(jobs))


def _remove_contests(session: Session, ids: list[int]) -> None:
    rounds = select(Round.id).where(Round.contest_id.in_(ids))
    people = select(Participant.id).where(Participant.contest_id.in_(ids))
    persons = list(session.scalars(select(Participant.person_id).where(Participant.contest_id.in_(ids))))
    for held in (Consent, RequestSubject):
        _delete(session, held, and_(held.holder == PARTICIPANT, held.subject_id.in_(people)))
    delete_dependents(session, Contest, Contest.id.in_(ids), keep=(Round, Question, QuestionRevision, Choice))
    for some in parts(persons):
        _delete(session, PersonKey, PersonKey.id.in_(some))
    delete_questions(session, Question.contest_id.in_(ids))
    forget_texts(session, Round, rounds)
    forget_texts(session, Contest, select(Contest.id).where(Contest.id.in_(ids)))
    for model, which in ((Round, Round.contest_id.in_(ids)), (Contest, Contest.id.in_(ids))):
        _delete(session, model, which)


def _remove_approvals(session: Session, accounts: list[int]) -> None:
    """Remove only the two accounts from an approval that remaining rows refer to."""
    theirs = Approval.asked_by_id.in_(accounts) | Approval.decided_by_id.in_(accounts)
    keys = (
        Round.publication_id,
        Result.approval_id,
        Renaming.approval_id,
        EntryCluster.approval_id,
        CollectiveDecision.approval_id,
        SeasonDecision.approval_id,
        Draw.approval_id,
    )
    needed = union(*(select(key).where(key.is_not(None)) for key in keys))
    kept = update(Approval).where(theirs, Approval.id.in_(needed)).values(asked_by_id=None, decided_by_id=None)
    session.execute(kept.execution_options(synchronize_session=False))
    _delete(session, Approval, theirs)


def _remove_offices(session: Session, ids: list[int]) -> None:
    counters: Select[Any] = select(Counter.id).where(Counter.office_id.in_(ids))
    serials = select(CounterAddress.serial).where(CounterAddress.counter_id.in_(counters))
    for model in (Rating, OptionTally, SenderCount):
        _delete(session, model, model.counter_id.in_(counters))
    forget_texts(session, Counter, counters)
    forget_texts(session, Office, select(Office.id).where(Office.id.in_(ids)))
    _delete(session, DeadScan, DeadScan.serial.in_(serials))
    _delete(session, CounterAddress, CounterAddress.counter_id.in_(counters))
    _delete(session, Counter, Counter.office_id.in_(ids))
    samples = select(DossierSample.id).where(DossierSample.office_id.in_(ids))
    _delete(session, DrawnDossier, DrawnDossier.sample_id.in_(samples))
    for dossiers in (DossierSample, ProvincialTotal, DossierImport, Dossier):
        _delete(session, dossiers, dossiers.office_id.in_(ids))
    _delete(session, OfficeUnit, OfficeUnit.office_id.in_(ids))
    _delete(session, Office, Office.id.in_(ids))


def _delete(session: Session, model: type[Base], which: ColumnElement[bool]) -> None:
    session.execute(delete(model).where(which).execution_options(synchronize_session=False))


def _clear(session: Session, tables: Iterable[Table]) -> None:
    for table in tables:
        session.execute(table.delete())
