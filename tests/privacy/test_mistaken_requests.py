"""A request that staff wrote down by mistake is set aside: nothing was done about it, and the trail says why."""

import pytest
from sqlalchemy import select

from account.models import AuditEntry
from account.operations.audit import SYSTEM
from privacy.models import PersonRequest, RequestSubject
from privacy.operations import requests as operations
from privacy.rules.actions import PrivacyAction
from privacy.rules.deadlines import Kind
from tests.abuse.test_person_requests import address_of, state_of
from tests.support.persons import NOW, desk, make_request, round, who
from tests.support.staff import send

__all__ = ["desk", "round", "who"]
WHY = "Xin bản sao, đã ghi thành xin xóa"


@pytest.fixture
def request_(session, keyring, who):
    made = make_request(session, keyring, who, kind=Kind.DELETE)
    session.commit()
    return made


def page_of(request):
    return f"{address_of(request)}/ghi-nham"


def test_a_mistaken_request_changes_no_data_and_its_asker_is_removed(desk, session, who, request_):
    before, id = state_of(session, who), request_.id

    answer = send(desk, page_of(request_), reason=WHY)
    shown = desk.get(answer.location).text

    session.expire_all()
    found = session.get_one(PersonRequest, id)
    assert (found.outcome, found.sealed, found.person_id, found.subjects) == ("mistaken", None, None, [])
    assert [step.deed for step in found.steps][-1] == "mistaken"
    assert state_of(session, who) == before
    assert "Đã bỏ yêu cầu ghi nhầm" in shown
    assert "Vàng Seo Páo" not in shown
    assert "Ghi nhầm, không làm gì" in desk.get("/quan-tri/yeu-cau/").text


def test_the_audit_trail_records_the_reason(desk, session, request_):
    send(desk, page_of(request_), reason=WHY)

    steps = select(AuditEntry).where(AuditEntry.action == PrivacyAction.PERSON_STEP.value)
    entry = session.scalars(steps.order_by(AuditEntry.number)).all()[-1]
    assert entry.reason == WHY


@pytest.mark.parametrize(
    ("reason", "error"), [("", "Xin ghi vì sao là ghi nhầm."), ("nhầm với 0977123456", "số điện thoại")]
)
def test_without_a_reason_the_form_is_refused_and_the_typed_text_stays(desk, session, request_, reason, error):
    answer = send(desk, page_of(request_), reason=reason)

    assert (answer.status_code, error in answer.text, reason in answer.text) == (422, True, True)
    assert session.get_one(PersonRequest, request_.id, populate_existing=True).answered_at is None


def test_an_online_request_can_not_be_set_aside(desk, session, request_):
    request_.channel = "online"
    session.commit()

    assert "Ghi nhầm yêu cầu này?" not in desk.get(address_of(request_)).text
    assert desk.get(page_of(request_)).status_code == 404
    with pytest.raises(operations.NotOurs):
        operations.set_aside(session, request_, actor=SYSTEM, now=NOW)


def test_an_answered_request_can_not_be_set_aside(desk, session, request_):
    operations.answer(session, request_, actor=SYSTEM, now=NOW)
    session.commit()

    assert send(desk, address_of(request_), page_of(request_), reason=WHY).location == address_of(request_)
    assert operations.set_aside(session, request_, actor=SYSTEM, now=NOW) is False
    assert session.scalars(select(RequestSubject)).all() != []
