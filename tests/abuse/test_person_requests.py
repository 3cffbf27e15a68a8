"""A person request is answered as it was asked, and no other address can do it."""

import pytest
from sqlalchemy import func, select

from account.operations.audit import SYSTEM
from account.rules.permissions import Role
from privacy.models import Consent, PersonRequest
from privacy.operations import answers
from privacy.operations import requests as operations
from privacy.rules.deadlines import Kind
from quiz.contest.models import Participant
from tests.factories import make_account, make_unit
from tests.support.persons import NOW, desk, make_request, round, who
from tests.support.staff import enter, send

__all__ = ["desk", "round", "who"]
DEEDS = {
    "dong-y": (Kind.AGREE, {"reached": "y"}),
    "xoa": (Kind.DELETE, {"sure": "y"}),
    "sua": (Kind.CORRECT, {"name": "Người Khác", "unit": "1"}),
    "rut": (Kind.WITHDRAW, {}),
    "han-che": (Kind.RESTRICT, {}),
}


def address_of(request):
    return f"/quan-tri/yeu-cau/{request.id}"


def state_of(session, who):
    """Return the data of a participant, their restriction and their consents."""
    session.expire_all()
    person = session.get_one(Participant, who.id)
    standing = select(func.count()).where(Consent.subject_id == who.id, Consent.withdrawn_at.is_(None))
    return person.person_id, person.sealed, person.restricted_at, session.scalar(standing)


@pytest.mark.parametrize("deed", DEEDS)
def test_a_request_of_another_kind_allows_no_other_action(desk, session, keyring, who, deed):
    kind, sent = DEEDS[deed]
    others = [make_request(session, keyring, who, kind=other) for other in Kind if other is not kind]
    session.commit()
    before = state_of(session, who)

    answers = [send(desk, at, f"{at}/{deed}", **sent) for at in map(address_of, others)]

    assert [answer.location for answer in answers] == [address_of(each) for each in others]
    assert state_of(session, who) == before
    assert [each.answered_at for each in session.scalars(select(PersonRequest))] == [None] * len(others)


@pytest.mark.parametrize("step", ["da-tra-loi", "khong-giu"])
def test_a_request_about_a_known_person_can_not_be_answered_without_its_action(desk, session, keyring, who, step):
    request = make_request(session, keyring, who, kind=Kind.DELETE)
    session.commit()

    answer = send(desk, address_of(request), f"{address_of(request)}/{step}")

    session.expire_all()
    assert (answer.location, session.get_one(PersonRequest, request.id).answered_at) == (address_of(request), None)


def test_a_restriction_ends_only_by_its_own_request(desk, session, keyring, who):
    restricting = make_request(session, keyring, who, kind=Kind.RESTRICT)
    answers.restrict(session, restricting, actor=SYSTEM, now=NOW)
    other = make_request(session, keyring, who, kind=Kind.VIEW)
    operations.answer(session, other, actor=SYSTEM, now=NOW)
    session.commit()
    at, own = address_of(other), address_of(restricting)

    shown = desk.get(at).text
    foreign = send(desk, own, f"{at}/bo-han-che")
    stands = state_of(session, who)[2] is not None
    send(desk, own, f"{own}/bo-han-che")

    assert ("Cho xử lý trở lại" in shown, foreign.location, stands) == (False, at, True)
    assert state_of(session, who)[2] is None


def test_a_receiving_unit_can_not_see_the_request_after_the_person_is_found_elsewhere(
    app, session, keyring, round, who
):
    province = make_unit(session, kind="province")
    round.contest.unit.parent_id, other = province.id, make_unit(session, parent=province)
    request = make_request(session, keyring, who, kind=Kind.VIEW)
    request.unit_id = other.id
    session.commit()
    at, seen = address_of(request), {}
    for unit in (other, round.contest.unit, province):
        account = make_account(session, role=Role.ORGANISER, unit=unit)
        session.commit()
        desk = enter(app.test_client(), account)
        copied = send(desk, "/quan-tri/tai-khoan", f"{at}/ban-sao.docx").status_code
        seen[unit] = desk.get(at).status_code, at in desk.get("/quan-tri/yeu-cau/").text, copied

    assert seen == {other: (404, False, 404), round.contest.unit: (404, False, 404), province: (200, True, 200)}
