"""Everything that is held about a person, table by table, for the copy that they are given."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from account.models import AuditEntry
from core.crypto import Keyring
from core.kept_sentences import say_kept
from core.person_keys import PersonKey
from core.values.text import N_
from privacy.labels import DEED, HELD, KIND_BY_VALUE
from privacy.models import Consent, PersonRequest, RequestStep, RequestSubject
from privacy.models.holder import DataSubject, Line, Section, holders_of


def held_about(
    session: Session, keyring: Keyring, subjects: Collection[DataSubject], actions: Mapping[str, str]
) -> list[Section]:
    """Return every table's rows about *subjects*: their holders' tables first, then those that rooms share.

    A table without rows is included, empty. *actions* are the labels of the audit trail's actions.
    """
    ordered = sorted(subjects, key=lambda each: (each.holder, each.id))
    holders = holders_of(session)
    found: list[Section] = []
    for code, some in groupby(ordered, key=lambda each: each.holder):
        found += holders[code].copy(session, keyring, [each.id for each in some])
    persons = [each.person_id for each in ordered if each.person_id]
    lines = {
        "core_person_key": _keys(session, persons),
        "privacy_consent": _consents(session, ordered),
        **_requests(session, ordered),
        "account_audit": _trail(session, persons, actions),
    }
    return found + [Section(table, HELD[table], lines[table]) for table in HELD]


def _keys(session: Session, persons: Sequence[uuid.UUID]) -> list[Line]:
    count = len(session.scalars(select(PersonKey.id).where(PersonKey.id.in_(persons))).all())
    return [[(N_("Số khóa"), count)]]


def _consents(session: Session, subjects: Sequence[DataSubject]) -> list[Line]:
    holders = {code: each.notices for code, each in holders_of(session).items()}
    mine = tuple_(Consent.holder, Consent.subject_id).in_([(each.holder, each.id) for each in subjects])
    return [
        [
            (holders[row.holder].names[row.purpose], holders[row.holder].notices[row.wording][row.purpose]),
            (N_("Đồng ý lúc"), row.given_at),
            (N_("Rút lại lúc"), row.withdrawn_at),
        ]
        for row in session.scalars(select(Consent).where(mine).order_by(Consent.given_at, Consent.purpose))
    ]


def _requests(session: Session, subjects: Sequence[DataSubject]) -> dict[str, list[Line]]:
    mine = tuple_(RequestSubject.holder, RequestSubject.subject_id).in_([(each.holder, each.id) for each in subjects])
    ids = session.scalars(select(RequestSubject.request_id).where(mine)).all()
    asked = session.scalars(select(PersonRequest).where(PersonRequest.id.in_(ids)).order_by(PersonRequest.received_at))
    steps = session.scalars(select(RequestStep).where(RequestStep.request_id.in_(ids)).order_by(RequestStep.id))
    return {
        "privacy_request": [
            [
                (N_("Yêu cầu"), KIND_BY_VALUE[row.kind]),
                (N_("Nhận lúc"), row.received_at),
                (N_("Trả lời lúc"), row.answered_at),
            ]
            for row in asked
        ],
        "privacy_request_step": [[(N_("Việc"), DEED[row.deed]), (N_("Lúc"), row.at)] for row in steps],
        "privacy_request_subject": [[(N_("Số yêu cầu"), len(ids))]],
    }


def _trail(session: Session, persons: Sequence[uuid.UUID], actions: Mapping[str, str]) -> list[Line]:
    mine = select(AuditEntry).where(AuditEntry.person_id.in_(persons)).order_by(AuditEntry.number)
    return [
        [(N_("Việc"), actions.get(row.action, row.action)), (N_("Về"), say_kept(row.subject)), (N_("Lúc"), row.at)]
        for row in session.scalars(mine)
    ]
