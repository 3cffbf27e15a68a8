"""Corrections of published names, which a second person approves: how they are shown and done."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from account.models import Approval
from account.models.approval import FAILED, REFUSED
from account.operations.approval import Handler, NoLonger, Part, decided_by
from account.queries import approval as approvals
from account.rules.chain import Plain
from account.rules.signed import Signed
from core import clock
from core.crypto import Keyring, digest
from core.person_keys import Person, find_person
from core.values.week import local_date
from core.web.extensions import db
from privacy.models import PersonRequest
from privacy.models.holder import FactsTaken, NewFacts, SubjectCard
from privacy.operations.answers import correct
from privacy.operations.audit_subjects import of_request
from privacy.queries.requests import ids_by_holder, list_cards, words_of
from privacy.rules.actions import PrivacyAction

SEALED = ("name", "year")
"""Details that identify a person."""


def find_correction(request: PersonRequest) -> Approval | None:
    """Return the correction of *request* that waits for approval, or that was refused or failed; None once answered."""
    if request.answered_at is not None:
        return None
    about = of_request(request)
    found = approvals.find_latest(db.session, about.kind, about.id, PrivacyAction.PERSON_CORRECT.value)
    is_said = found is not None and (found.is_open_on(local_date(clock.now())) or found.state in (REFUSED, FAILED))
    return found if is_said else None


def details_of(request: PersonRequest, people: Sequence[SubjectCard], person: Person, **new: Plain) -> dict[str, Plain]:
    """Return the details of the approval; the new name and year are sealed under the person's own key."""
    details: dict[str, Plain] = {"request": request.id.hex, "person": person.id.hex, "unit": new["unit"]}
    details |= {name: person.seal(str(new[name] or "")).hex() for name in SEALED}
    return details | {"was": _state_of(people)}


def is_same(person: Person, one: Mapping[str, Plain], other: Mapping[str, Plain]) -> bool:
    """Return whether two corrections of *person* are the same: name, year, unit and the facts they replace."""
    first, second = ({**each, **{name: _unsealed(person, each, name) for name in SEALED}} for each in (one, other))
    return first == second


def _unsealed(person: Person, details: Mapping[str, Plain], name: str) -> str:
    sealed = details.get(name)  # the year was not asked for always
    return person.unseal(bytes.fromhex(str(sealed))) if sealed else ""


def _state_of(people: Sequence[SubjectCard]) -> str:
    """Return a digest of everybody's facts: 32 hexadecimal digits that change with them."""
    subjects = [each.subject for each in people]
    return digest(*(part for each in subjects for part in (each.id.hex, each.sealed))).hex()[:32]


def _opened(session: Session, keyring: Keyring, approval: Approval) -> tuple[PersonRequest, str | None, int | None]:
    """Return the request, the new name (None once the person was erased), and the new year if one was given."""
    request = session.get_one(PersonRequest, uuid.UUID(str(approval.details["request"])))
    person = find_person(session, keyring, uuid.UUID(str(approval.details["person"])))
    if person is None:
        return request, None, None
    year = _unsealed(person, approval.details, "year")
    return request, _unsealed(person, approval.details, "name"), int(year) if year else None


def show_correction(session: Session, keyring: Keyring, approval: Approval) -> Sequence[Part]:
    """Return the name and year before and after, and what was published under that name."""
    request, _name, _year = _opened(session, keyring, approval)
    held = ids_by_holder(session, request)
    shown = [Part(_(each.words.published), each.published(session, ids)) for each, ids in held if each.words.published]
    return *show_change(session, keyring, approval), *shown


def show_change(session: Session, keyring: Keyring, approval: Approval) -> Sequence[Part]:
    """Return the name and year before and after."""
    request, name, year = _opened(session, keyring, approval)
    known = [card.contact for card in list_cards(session, keyring, request) if card.contact]
    old = sorted({contact.name for contact in known})
    born = sorted({contact.birth_year for contact in known if contact.birth_year})
    gone = _("(đã xóa thông tin)")
    names = [(_("Đang ghi"), ", ".join(old) or gone), (_("Sửa thành"), Signed(name or gone))]
    parts = [Part(_("Họ tên"), names)]
    if year and born != [year]:
        lines = [(_("Đang ghi"), ", ".join(map(str, born)) or _("(không ghi)")), (_("Sửa thành"), Signed(str(year)))]
        parts.append(Part(_("Năm sinh"), lines))
    return parts


def do_correction(session: Session, keyring: Keyring, approval: Approval, now: datetime) -> None:
    """Correct and answer the request."""
    request, name, year = _opened(session, keyring, approval)
    people, words = list_cards(session, keyring, request), words_of(session, request)
    if name is None:
        raise NoLonger(_("Thông tin của người này đã được xóa."))
    if _state_of(people) != approval.details["was"]:
        raise NoLonger(_("Thông tin của người này đã thay đổi sau khi gửi yêu cầu. Cần gửi yêu cầu mới."))
    unit, decider = approval.details["unit"], decided_by(approval)
    try:
        facts = NewFacts(name, year, int(unit) if unit is not None else None, approval)
        done = correct(session, keyring, decider, request, facts, now=now)
    except FactsTaken as error:
        raise NoLonger(" ".join(_(each.taken) for each in words)) from error
    if not done:
        person = ", ".join(_(each.person).lower() for each in words)
        raise NoLonger(_("Yêu cầu của %(person)s đã được trả lời trước đó.", person=person))


HANDLERS = (Handler(PrivacyAction.PERSON_CORRECT, "person.serve", show_correction, do_correction),)
