"""A name that was published with a prize is put right by two people; any other by one."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from account.models import Approval, AuditEntry
from account.operations.audit import SYSTEM
from account.rules.permissions import Role
from core.workdays import holidays_around
from privacy.models import PersonRequest
from privacy.models.holder import NewFacts
from privacy.operations import answers
from privacy.operations import requests as operations
from privacy.operations.answers import correct as correct_person
from privacy.operations.requests import Asker
from privacy.rules.deadlines import Kind
from quiz.contest.models import ContestUnit, Participant
from quiz.persons.queries.participants import subject_of
from quiz.results.operations import closing
from quiz.results.queries.result import decrypt_contacts, find_result, list_winners
from tests.factories import MONDAY, make_account, make_participant, make_unit
from tests.quiz.results.conftest import organiser
from tests.quiz.results.test_publishing import week
from tests.support.approval import agree
from tests.support.pages import Page
from tests.support.staff import desk, send

__all__ = ["organiser", "week"]
NOW = MONDAY + timedelta(days=20)
NAME = "Giàng A Phử"


@pytest.fixture
def case(session, keyring, week):
    """A request of the winner, whose name is published, to have it put right."""
    closing.mark_published(session, week, now=week.results_at)
    winner = list_winners(session, find_result(session, week))[0].participant
    return case_of(session, keyring, winner)


def case_of(session, keyring, participant):
    asker = Asker("Giàng A Páo", "0977123456", "Tên tôi bị ghi sai")
    request = operations.receive_request(
        session, keyring, asker, unit_id=participant.contest.unit_id, kind=Kind.CORRECT, channel="phone",
        holidays=holidays_around(date(2026, 6, 1)), actor=SYSTEM, now=NOW,
    )  # fmt: skip
    operations.identify(session, keyring, request, [subject_of(participant)], asker, actor=SYSTEM, now=NOW)
    session.commit()
    return f"/quan-tri/yeu-cau/{request.id}"


def correct(client, case, name=NAME, **more):
    unit = Page(client.get(f"{case}/sua").text).forms[-1].value("unit")
    return send(client, f"{case}/sua", name=name, unit=unit, **more)


def names(session, keyring):
    session.expire_all()
    found = decrypt_contacts(session, keyring, session.scalars(select(Participant)).all())
    return sorted(contact.name for contact in found.values())


def approval_of(session):
    session.expire_all()
    return session.scalars(select(Approval).where(Approval.related != "alone")).one()


def test_one_person_alone_can_not_change_a_published_name(session, keyring, organiser, case):
    answer = correct(organiser, case)

    assert (answer.status_code, Page(organiser.get(answer.location).text).heading) == (
        303,
        "Chờ người thứ hai phê duyệt",
    )
    assert names(session, keyring) == ["Giàng A Páo", "Lò Thị Bé"]
    assert session.scalars(select(PersonRequest)).one().answered_at is None
    assert NAME not in approval_of(session).payload


def test_a_second_person_sees_both_names_and_approves_the_correction(app, session, keyring, client, organiser, case):
    correct(organiser, case)
    asked = approval_of(session)
    account = make_account(session, role=Role.APPROVER, unit=asked.unit)
    session.commit()

    shown = Page(desk(app, account).get(f"/quan-tri/phe-duyet/{asked.id}").text).text
    agree(app, session, asked)

    assert "Đang ghi Giàng A Páo Sửa thành Giàng A Phử" in shown
    assert "Giải Nhất" in shown
    assert names(session, keyring) == [NAME, "Lò Thị Bé"]
    assert session.scalars(select(PersonRequest)).one().answered_at is not None
    assert session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)).all()[-1] == "person.correct"


def test_the_page_shows_the_waiting_request_without_a_form(session, organiser, case):
    correct(organiser, case)

    page, again = organiser.get(case).text, organiser.get(f"{case}/sua")

    assert "Chờ người thứ hai phê duyệt." in page
    assert f"{case}/sua" not in page
    assert (again.status_code, again.location) == (302, case)


def old_page(client, case, *names):
    """Send several names, one after the other, from the same page."""
    form = Page(client.get(f"{case}/sua").text).form()
    return [client.post(f"{case}/sua", data=dict(form.filled(name=name))) for name in names]


def test_another_name_from_an_outdated_page_replaces_the_waiting_one(app, session, keyring, organiser, case):
    answers = old_page(organiser, case, NAME, "Giàng A Phúc")

    first, second = session.scalars(select(Approval).order_by(Approval.asked_at)).all()
    agree(app, session, second)

    assert [answer.status_code for answer in answers] == [303, 303]
    assert (first.state, first.note) == ("withdrawn", "Nội dung đã thay đổi; đã có yêu cầu mới thay cho yêu cầu này.")
    assert names(session, keyring) == ["Giàng A Phúc", "Lò Thị Bé"]


def test_the_same_name_sent_again_is_the_waiting_request(session, organiser, case):
    old_page(organiser, case, NAME, NAME)

    assert approval_of(session).state == "pending"


def test_an_invalid_name_keeps_the_waiting_request_and_the_typed_text(session, organiser, case):
    _asked, wrong = old_page(organiser, case, NAME, "")

    assert (wrong.status_code, "Xin nhập họ và tên." in wrong.text) == (422, True)
    assert approval_of(session).state == "pending"


def test_a_refusal_is_shown_and_another_request_is_possible(app, session, keyring, organiser, case):
    correct(organiser, case)
    asked = approval_of(session)
    approver = make_account(session, role=Role.APPROVER, unit=asked.unit)
    session.commit()
    answer = f"/quan-tri/phe-duyet/{asked.id}"
    send(desk(app, approver), answer, f"{answer}/tu-choi", note="Chưa thấy giấy tờ")

    page = organiser.get(case).text

    assert "Chưa thấy giấy tờ" in page
    assert f"{case}/sua" in page
    assert names(session, keyring) == ["Giàng A Páo", "Lò Thị Bé"]


def test_a_correction_of_changed_or_answered_data_is_refused(app, session, keyring, organiser, case):
    correct(organiser, case)
    request = session.scalars(select(PersonRequest)).one()
    correct_person(session, keyring, SYSTEM, request, NewFacts("Giàng A Pá"), now=NOW)
    session.commit()

    agree(app, session, approval_of(session))

    assert approval_of(session).state == "failed"
    assert names(session, keyring) == ["Giàng A Pá", "Lò Thị Bé"]


def test_a_correction_of_an_erased_person_fails_and_stores_no_name(app, session, keyring, organiser, case):
    correct(organiser, case)
    answers.erase(session, keyring, session.scalars(select(PersonRequest)).one(), actor=SYSTEM, now=NOW)
    session.commit()

    agree(app, session, approval_of(session))

    assert approval_of(session).state == "failed"
    assert names(session, keyring) == ["Lò Thị Bé"]


def test_only_a_published_name_needs_a_second_person(session, keyring, organiser, week, case):
    other = make_participant(session, keyring, week.contest, name="Ma Văn Tú")
    second, moved = case_of(session, keyring, other), make_unit(session, name="xã Thượng Lâm")
    session.add(ContestUnit(contest_id=week.contest_id, unit_id=moved.id))
    session.commit()

    unit = send(organiser, f"{case}/sua", name="Giàng A Páo", unit=moved.id)
    free = correct(organiser, second, name="Ma Văn Tùng")

    assert (unit.status_code, free.status_code) == (302, 302)
    assert names(session, keyring) == ["Giàng A Páo", "Lò Thị Bé", "Ma Văn Tùng"]
    assert session.scalars(select(Approval)).all() == []


def years(session, keyring):
    session.expire_all()
    found = decrypt_contacts(session, keyring, session.scalars(select(Participant)).all())
    return {contact.name: contact.birth_year for contact in found.values()}


def test_a_corrected_year_corrects_whether_the_person_may_be_a_child(session, keyring, organiser, week):
    other = make_participant(session, keyring, week.contest, name="Ma Văn Tú", birth_year=1985)
    case = case_of(session, keyring, other)

    answer = correct(organiser, case, name="Ma Văn Tú", year="2015")

    assert answer.status_code == 302
    assert years(session, keyring)["Ma Văn Tú"] == 2015
    assert session.get_one(Participant, other.id).may_be_child


def test_a_year_that_changes_a_published_name_waits_for_a_second_person(
    app, session, keyring, organiser, case
):  # fmt: skip
    answer = correct(organiser, case, name="Giàng A Páo", year="1979")
    before, asked = years(session, keyring)["Giàng A Páo"], approval_of(session)
    account = make_account(session, role=Role.APPROVER, unit=asked.unit)
    session.commit()

    shown = Page(desk(app, account).get(f"/quan-tri/phe-duyet/{asked.id}").text).text
    agree(app, session, asked)

    assert (answer.status_code, before != 1979, "1979" in asked.payload) == (303, True, False)
    assert f"Năm sinh Đang ghi {before} Sửa thành 1979" in shown
    assert years(session, keyring)["Giàng A Páo"] == 1979


@pytest.mark.parametrize("year", ["1700", "2999", "năm ngoái"])
def test_an_invalid_year_is_explained(session, organiser, case, year):
    answer = correct(organiser, case, name="Giàng A Páo", year=year)

    assert (answer.status_code, year in answer.text) == (422, True)
    assert session.scalars(select(PersonRequest)).one().answered_at is None


def test_a_correction_without_a_change_is_refused(session, organiser, case):
    reply = correct(organiser, case, name="Giàng A Páo")

    assert reply.status_code == 422
    assert "Chưa có gì khác với thông tin đang giữ." in reply.text
    assert session.scalars(select(PersonRequest)).one().answered_at is None


def test_the_pages_name_the_correction_alike_and_ask_to_inform_the_person(session, keyring, organiser, week):
    case = case_of(session, keyring, make_participant(session, keyring, week.contest, name="Ma Văn Tú"))
    before, form = organiser.get(case).text, organiser.get(f"{case}/sua").text

    correct(organiser, case, name="Ma Văn Tùng")
    after = Page(organiser.get(case).text).text

    assert "xin báo kết quả cho người yêu cầu" in before
    assert "Sửa và trả lời" not in form
    assert case in Page(form).links
    assert after.index("Xác định người yêu cầu") < after.rindex("Sửa thông tin") < after.index("Ghi là đã trả lời")


def test_a_request_without_an_error_is_answered_without_a_correction(session, organiser, case):
    send(organiser, case, f"{case}/da-tra-loi")

    request = session.scalars(select(PersonRequest)).one()
    assert request.answered_at
    assert [step.deed for step in request.steps][-1] == "answered"
    assert "Trả lời: không có gì phải sửa" not in organiser.get(case).text


def test_with_the_setting_off_a_correction_is_done_at_once(app, session, keyring, organiser, case):
    app.extensions["settings"] = replace(app.extensions["settings"], second_approver=False)

    answer = correct(organiser, case)

    assert answer.status_code == 302
    assert names(session, keyring) == [NAME, "Lò Thị Bé"]


def test_an_answered_request_can_not_be_identified_again(session, keyring, organiser, case):
    bare = operations.receive_request(
        session, keyring, Asker("Ma Văn Tú"), unit_id=session.scalars(select(PersonRequest.unit_id)).one(),
        kind=Kind.VIEW, channel="phone", holidays=holidays_around(date(2026, 6, 1)), actor=SYSTEM, now=NOW,
    )  # fmt: skip
    session.commit()
    path = f"/quan-tri/yeu-cau/{bare.id}"
    send(organiser, path, f"{path}/khong-giu")

    answer = send(organiser, path, f"{path}/tim", name="Lò Thị Bé", phone="0912000001")

    assert "Yêu cầu này đã được trả lời." in organiser.get(answer.location).text
    assert session.get(PersonRequest, bare.id).subjects == []


NEXT = [("correct", "Sửa thông tin"), ("delete", "Xóa thông tin"), ("view", "Lập bản sao thông tin")]
PRIMARY = re.compile(r'class="button ?(?:danger)?"[^>]*>([^<]+)<')


def primary_on(page):
    """The words on the primary buttons of a page; one that erases is outlined in red."""
    return PRIMARY.findall(page)


@pytest.mark.parametrize(("kind", "label"), NEXT)
def test_the_page_of_a_request_has_one_primary_button_the_next_step(session, keyring, organiser, case, kind, label):
    request = session.scalars(select(PersonRequest)).one()
    request.kind = kind
    session.commit()

    before = primary_on(organiser.get(case).text)
    send(organiser, case, f"{case}/bao-nhan")
    after = primary_on(organiser.get(case).text)

    assert before == ["Ghi: đã báo nhận"]
    assert after == [label]


@pytest.mark.both_databases
def test_a_publication_between_the_check_and_the_correction_still_needs_a_second_person(
    session, keyring, organiser, case, monkeypatch
):
    monkeypatch.setattr("privacy.manage.correction.list_published", lambda *_: [])  # as before the publication

    answer = correct(organiser, case)

    assert (answer.status_code, approval_of(session).state) == (303, "pending")
    assert names(session, keyring) == ["Giàng A Páo", "Lò Thị Bé"]
