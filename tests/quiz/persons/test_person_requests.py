"""A person's request from the receipt to the answer: its days, who it is about, a copy, an erasure, a correction."""

import io
from datetime import date, timedelta

import docx
import pytest
from sqlalchemy import func, select, text

import core.db
from account.operations.audit import SYSTEM, record
from account.rules.permissions import Role
from core import clock
from core.crypto import new_code
from core.person_keys import PersonKey, find_person
from core.values.week import local_date
from core.workdays import holidays_around
from quiz.attempt.models import AnswerSheet, Attempt
from quiz.attempt.operations.attempt import Restricted, Submission, TimeOver, start_attempt, submit_attempt
from quiz.attempt.operations.tally import rebuild_tally
from quiz.attempt.queries.attempt import find_attempt
from quiz.attempt.rules import commitment
from quiz.contest.models import Participant, ParticipantVersion, PersonRequest, RequestSubject, RosterPerson
from quiz.contest.operations.audit_subjects import of_round
from quiz.contest.operations.consent import withdraw_consent
from quiz.contest.operations.registration import AlreadyRegistered, phone_hash
from quiz.contest.rules.actions import Action
from quiz.contest.rules.consent import Purpose
from quiz.contest.rules.deadlines import Kind
from quiz.persons import labels
from quiz.persons.operations import person_request as operations
from quiz.persons.operations.correction import correct as correct_person
from quiz.persons.operations.person_request import Asker, Deed
from quiz.persons.queries.held import held_about
from quiz.persons.queries.person_request import list_namesakes, read_asker
from quiz.results.models import Exclusion, StandingRow, Winner
from quiz.results.operations.remark import preview_remark, remark_round
from quiz.results.queries.result import find_result
from tests.factories import MONDAY, make_account, make_attempt, make_contest, make_participant, make_unit
from tests.quiz.persons.test_consent import consent_of, publish
from tests.support.pages import Page
from tests.support.staff import enter, send

CODE = "7K3M9QXD2F4A8BCE"
OTHER = "2F4A8BCE7K3M9QXD"
BY = Deed(None, MONDAY + timedelta(days=20))
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def round(session):
    return make_contest(session).rounds[0]


@pytest.fixture
def who(session, keyring, round):
    person = make_participant(session, keyring, round.contest, name="Vàng Seo Páo", phone="0977123456", code=CODE)
    make_attempt(session, keyring, round, participant=person)
    session.commit()
    return person


@pytest.fixture
def desk(client, session, round):
    """The client, signed in as the organiser of the contest."""
    account = make_account(session, unit=round.contest.unit)
    session.commit()
    return enter(client, account)


def test_mistakes_in_a_request_are_told_in_the_order_of_the_page(session, desk, round):
    make_unit(session, name="thôn Nà Lạ", kind="village", parent=round.contest.unit)
    session.commit()

    page = send(desk, "/quan-tri/yeu-cau/them", unit="").text

    assert page.index("Xin nhập họ và tên.") < page.index("Xin chọn đơn vị tiếp nhận.")


def make_request(session, keyring, participant, *, kind=Kind.DELETE):
    asker = Asker("Vàng Seo Páo", "0977123456", "Xin xóa giúp tôi")
    request = operations.receive_request(
        session, keyring, asker, unit_id=participant.contest.unit_id, kind=kind, channel="phone",
        holidays=holidays_around(date(2026, 6, 1)), by=BY,
    )  # fmt: skip
    operations.identify(session, keyring, request, [participant], asker, by=BY)
    return request


def verify(session, round):
    """What anybody can check of a round without knowing who took part."""
    for sheet in session.scalars(select(AnswerSheet)):
        answers = commitment.read_answers(sheet.answers)
        assert sheet.attempt.answers_commitment == commitment.of_answers(sheet.salt, answers, sheet.guess)
    assert rebuild_tally(session, round) == []
    result = find_result(session, round)
    return (result.turns, result.people, [row.rank for row in session.scalars(select(StandingRow))])


@pytest.mark.both_databases
def test_erasure_after_the_publication_takes_the_name_and_leaves_everything_else(client, session, keyring, round, who):
    make_attempt(session, keyring, round, seconds=200)
    publish(session, round)
    before = verify(session, round)
    assert "Vàng Seo Páo" in client.get(f"/thi/{round.contest.slug}/tuan/1").text

    done = operations.erase(session, keyring, make_request(session, keyring, who), by=BY)
    session.commit()

    assert done
    assert verify(session, round) == before == (2, 2, [1, 2])
    page = client.get(f"/thi/{round.contest.slug}/tuan/1")
    assert (page.status_code, "Páo" in page.text) == (200, False)
    assert session.get(Participant, who.id).person_id is None


def test_nothing_finds_an_erased_person_again(session, keyring, round, who):
    old = {name: getattr(who, name) for name in ("identity_hash", "phone_hash", "code_hash", "sealed")}
    request = make_request(session, keyring, who)

    operations.erase(session, keyring, request, by=BY)

    erased = session.get(Participant, who.id)
    assert [name for name in old if getattr(erased, name) == old[name]] == []
    assert session.execute(text("SELECT count(*) FROM quiz_participant_word")).scalar() == 0
    assert session.scalar(select(func.count()).select_from(PersonKey)) == 0
    assert consent_of(session, who, "named")[0].withdrawn_at == BY.now
    assert read_asker(session, keyring, request, operations.PURPOSE) is None


def test_a_request_is_answered_once(session, keyring, who):
    request = make_request(session, keyring, who)

    first, second = (operations.erase(session, keyring, request, by=BY) for _ in range(2))

    assert (first, second) == (True, False)
    assert [step.deed for step in request.steps] == ["received", "identified", "erased", "answered"]


def test_an_erased_person_may_register_again_as_somebody_new(session, keyring, round, who):
    operations.erase(session, keyring, make_request(session, keyring, who), by=BY)

    again = make_participant(session, keyring, round.contest, name="Vàng Seo Páo", phone="0977123456")

    assert again.id != who.id


def test_whoever_was_erased_and_enters_again_in_an_open_week_is_ranked_once(session, keyring, round, who):
    now = round.opens_at + timedelta(hours=3)
    operations.erase(session, keyring, make_request(session, keyring, who), by=Deed(None, now))
    again = make_participant(session, keyring, round.contest, name="Vàng Seo Páo", phone="0977123456", now=now)
    make_attempt(session, keyring, round, participant=again, started_at=now)
    publish(session, round)

    result = find_result(session, round)

    assert (result.turns, result.people, rebuild_tally(session, round)) == (2, 1, [])
    assert [row.participant_id for row in session.scalars(select(StandingRow))] == [again.id]
    assert [each.participant_id for each in session.scalars(select(Winner))] == [again.id]


def test_a_week_with_an_erased_paper_is_marked_anew_without_it(session, keyring, round, who):
    operations.erase(session, keyring, make_request(session, keyring, who), by=Deed(None, round.opens_at + HOUR))
    make_attempt(session, keyring, round)
    publish(session, round)
    question = round.questions[0]
    fix = next(choice.letter for choice in question.choices if choice.letter not in question.key)

    shown = preview_remark(session, round, question.position, fix)
    result = remark_round(
        session, SYSTEM, round, question.position, fix, reason="Có đơn phản ánh", seen=shown.preview.digest, now=BY.now
    )

    assert (result.version, result.people) == (2, 1)


def test_a_paper_that_is_written_while_its_author_is_erased_comes_too_late(session, keyring, round, who):
    writes = make_participant(session, keyring, round.contest)
    attempt = find_attempt(session, start_attempt(session, round, writes, now=round.opens_at).id)
    operations.erase(session, keyring, make_request(session, keyring, writes), by=Deed(None, round.opens_at + MINUTE))

    with pytest.raises(TimeOver):
        submit_attempt(
            session, keyring, attempt, Submission({}, 1, new_code()), now=round.opens_at + 2 * MINUTE
        )  # fmt: skip


def test_whoever_was_erased_at_this_moment_begins_no_paper(session, keyring, round):
    late = make_participant(session, keyring, round.contest)
    operations.erase(session, keyring, make_request(session, keyring, late), by=Deed(None, round.opens_at))

    with pytest.raises(Restricted):
        start_attempt(session, round, session.get(Participant, late.id), now=round.opens_at + HOUR)


def test_whoever_is_restricted_is_neither_named_nor_called_nor_begins_a_paper(client, session, keyring, round, who):
    publish(session, round)
    request = make_request(session, keyring, who, kind=Kind.RESTRICT)

    operations.restrict(session, request, by=BY)
    session.commit()

    assert "Páo" not in client.get(f"/thi/{round.contest.slug}/tuan/1").text
    with pytest.raises(Restricted):
        start_attempt(session, round.contest.rounds[1], who, now=round.contest.rounds[1].opens_at)
    operations.lift(session, request, by=BY)
    session.commit()
    assert "Vàng Seo Páo" in client.get(f"/thi/{round.contest.slug}/tuan/1").text


def test_a_correction_keeps_what_was_said_before_and_finds_by_the_new_name(session, keyring, round, who):
    request = make_request(session, keyring, who, kind=Kind.CORRECT)

    correct_person(session, keyring, SYSTEM, request, name="Vàng Seo Phử", unit_id=None, by=BY)

    hashes = [phone_hash(keyring, round.contest_id, "0977123456")]
    found = [list_namesakes(session, keyring, hashes, name) for name in ("vàng seo phử", "Vàng Seo Páo")]
    before = held_of(session, keyring, who)["quiz_participant_version"][0]
    assert found == [[who], []]
    assert ("Họ và tên", "Vàng Seo Páo") in before
    assert session.get(ParticipantVersion, (who.id, 1)).until == BY.now


def test_a_corrected_unit_moves_the_turns_of_open_weeks(session, keyring):
    units = [make_unit(session), make_unit(session, name="xã Minh Quang")]
    round = make_contest(session, units=units).rounds[0]
    who = make_participant(session, keyring, round.contest, unit=units[0])
    make_attempt(session, keyring, round, participant=who)

    correct_person(
        session, keyring, SYSTEM, make_request(session, keyring, who, kind=Kind.CORRECT), name="Nguyễn Văn An",
        unit_id=units[1].id, by=BY,
    )  # fmt: skip

    rows = session.execute(text("SELECT unit_id, turns FROM quiz_tally")).all()
    assert [tuple(row) for row in rows] == [(units[1].id, 1)]


def test_a_correction_into_somebody_else_is_refused(session, keyring, round, who):
    make_participant(session, keyring, round.contest, name="Lò Thị Bé", phone="0977123456")

    with pytest.raises(AlreadyRegistered):
        request = make_request(session, keyring, who, kind=Kind.CORRECT)
        correct_person(session, keyring, SYSTEM, request, name="Lò Thị Bé", unit_id=None, by=BY)


def held_of(session, keyring, who):
    return {section.table: section.lines for section in held_about(session, keyring, [who])}


NOTHING_OF_PARTICIPANTS = {
    "account_account", "account_approval", "account_grant", "account_link", "account_recovery_code",
    "account_session", "account_totp", "account_tries", "commune_headcount", "commune_logo", "commune_office",
    "commune_spelling",
    "commune_succession", "commune_unit", "commune_unit_name", "core_imported_line", "core_instance_fact", "core_job",
    "core_job_part", "core_message", "core_purge", "core_sheet_draft", "core_sheet_mapping", "core_stored_reply",
    "core_unsent_form",
    "core_worker_beat", "quiz_choice", "quiz_contact_opening", "quiz_contest", "quiz_contest_unit", "quiz_key_version",
    "quiz_prize_tier", "quiz_question", "quiz_question_revision", "quiz_result", "quiz_round", "quiz_round_question",
    "quiz_tally", "quiz_unit_people", "survey_counter",
    "survey_counter_address", "survey_dead_scan", "survey_rating", "survey_rating_answer",
    "survey_option_tally", "survey_instrument_version", "commune_office_unit", "core_data_version",
}  # fmt: skip


def test_no_table_is_forgotten_in_a_copy():
    tables = set(core.db.Base.metadata.tables)

    assert tables - NOTHING_OF_PARTICIPANTS == set(labels.HELD)


@pytest.mark.both_databases
def test_a_copy_holds_something_of_every_table(session, keyring, round, who):
    publish(session, round)
    person = find_person(session, keyring, who.person_id)
    record(
        session, SYSTEM, Action.WINNER_CONFIRM, of_round(round), person=(person, {"name": "Vàng Seo Páo"}), now=MONDAY
    )
    request = make_request(session, keyring, who, kind=Kind.CORRECT)
    correct_person(session, keyring, SYSTEM, request, name="Vàng Seo Pao", unit_id=None, by=BY)

    session.add(Exclusion(round_id=round.id, participant_id=who.id, since_version=1, until_version=2, ground="several"))
    hashes = {"identity_hash": who.identity_hash, "phone_hash": who.phone_hash, "name_hash": b"n" * 32}
    session.add(RosterPerson(contest_id=who.contest_id, bloc="Cán bộ", imported_at=MONDAY, **hashes))

    held = held_of(session, keyring, who)

    assert set(held) == set(labels.HELD)
    assert [table for table, lines in held.items() if not lines] == []
    assert ("Số điện thoại", "0977123456") in held["quiz_participant"][0]


def test_the_address_of_a_search_opened_again_leads_to_the_request(desk, session, keyring, who):
    request = make_request(session, keyring, who)
    session.commit()
    case = f"/quan-tri/yeu-cau/{request.id}"

    assert desk.get(f"{case}/tim").location == case


@pytest.mark.both_databases
def test_from_the_receipt_to_the_erasure_at_the_desk(desk, session, keyring, round, who):
    facts = {"kind": "delete", "channel": "phone", "unit": round.contest.unit_id, "name": "Vàng Seo Páo"}
    case = send(desk, "/quan-tri/yeu-cau/them", **facts, phone="0977 123 456").location
    found = send(desk, case, f"{case}/tim", name="vàng seo páo", phone="0977123456")
    acknowledged = send(desk, case, f"{case}/bao-nhan")
    copy = send(desk, case, f"{case}/ban-sao.docx")
    unsure = send(desk, f"{case}/xoa")
    erased = send(desk, f"{case}/xoa", sure="y")

    words = "\n".join(cell.text for table in docx.Document(io.BytesIO(copy.data)).tables for row in table.rows
                      for cell in row.cells)  # fmt: skip
    page = Page(desk.get(case).text).text
    assert [each.status_code for each in (found, acknowledged, copy, unsure, erased)] == [302, 302, 200, 422, 302]
    assert "0977123456" in words
    assert "Đã trả lời" in page
    assert "Trần Thị Bình" in page
    assert "Páo" not in page


def test_a_foreign_unit_finds_neither_the_request_nor_the_person(client, session, keyring, who):
    request = make_request(session, keyring, who)
    stranger = make_account(session, role=Role.ORGANISER)
    session.commit()
    desk = enter(client, stranger)

    listed = desk.get("/quan-tri/yeu-cau/")
    opened = desk.get(f"/quan-tri/yeu-cau/{request.id}")

    assert "Xóa thông tin" not in Page(listed.text).text
    assert opened.status_code == 404


def test_a_request_that_is_somebodys_takes_nobody_else(desk, session, keyring, round, who):
    other = make_participant(session, keyring, round.contest, name="Lò Thị Bé", phone="0977000111", code=OTHER)
    session.commit()
    facts = {"kind": "delete", "channel": "phone", "unit": round.contest.unit_id, "name": "Vàng Seo Páo"}
    case = send(desk, "/quan-tri/yeu-cau/them", **facts, phone="0977 123 456").location
    send(desk, case, f"{case}/tim", code=CODE)

    send(desk, case, f"{case}/tim", code=OTHER)

    assert session.scalars(select(RequestSubject.participant_id)).all() == [who.id]
    assert other.id != who.id


def test_a_code_of_a_foreign_contest_identifies_nobody(client, session, keyring, who):
    other = make_unit(session)
    desk_account = make_account(session, unit=other)
    session.commit()
    desk = enter(client, desk_account)
    case = send(desk, "/quan-tri/yeu-cau/them", kind="view", channel="phone", unit=other.id, name="Ai Đó").location

    found = send(desk, case, f"{case}/tim", code=CODE)

    assert found.status_code == 404


@pytest.mark.both_databases
def test_a_request_sent_twice_with_ones_code_is_one_request(client, session, who):
    form = Page(client.get("/thi/quyen-cua-toi").text).form()
    data = dict(form.filled(code=CODE, act="ask", kind="delete", details="Xin xóa"))

    pages = [client.post("/thi/quyen-cua-toi", data=data) for _ in range(2)]

    assert [page.status_code for page in pages] == [200, 200]
    assert "Đã nhận yêu cầu" in pages[1].text
    assert session.scalar(select(func.count()).select_from(PersonRequest)) == 1


def test_an_overdue_request_is_on_the_staffs_home(desk, session, keyring, who):
    request = make_request(session, keyring, who)
    request.acknowledge_by = clock.now().date() - timedelta(days=1)
    session.commit()

    home, listed = Page(desk.get("/quan-tri/").text).text, Page(desk.get("/quan-tri/yeu-cau/").text).text

    assert "Báo đã nhận cho người yêu cầu" in home
    assert ("Quá hạn" in home, "Quá hạn" in listed) == (True, True)


def test_a_request_is_on_the_staffs_home_from_its_receipt_until_it_is_acknowledged_and_when_its_answer_is_near(
    desk, session, keyring, who
):
    request = make_request(session, keyring, who)
    request.acknowledge_by = clock.now().date() + timedelta(days=4)
    session.commit()
    at_first = Page(desk.get("/quan-tri/").text).text
    request.acknowledged_at, request.answer_by = clock.now(), local_date(clock.now()) + timedelta(days=4)
    session.commit()
    later = Page(desk.get("/quan-tri/").text).text
    request.answer_by = local_date(clock.now()) + timedelta(days=3)
    session.commit()
    near = Page(desk.get("/quan-tri/").text).text

    assert "Báo đã nhận cho người yêu cầu Xóa thông tin" in at_first
    assert "yêu cầu về thông tin cá nhân" not in later
    assert "Trả lời yêu cầu về thông tin cá nhân" in near


def test_several_requests_are_one_thing_of_the_day_dated_by_the_nearest(desk, session, keyring, who):
    for day in (date(2026, 6, 9), date(2026, 6, 8)):
        make_request(session, keyring, who).acknowledge_by = day
    session.commit()

    home = Page(desk.get("/quan-tri/").text).text

    assert "Báo nhận, trả lời 2 yêu cầu về thông tin cá nhân chậm nhất ngày 08/06/2026" in home


def test_what_the_asker_said_stands_in_no_column(session, keyring, who):
    make_request(session, keyring, who)
    session.flush()

    dump = "".join(str(row) for row in session.execute(text("SELECT * FROM quiz_person_request")))

    assert not any(secret in dump for secret in ("Páo", "0977123456", "Xin xóa"))
    assert session.scalar(select(func.count()).select_from(Attempt)) == 1


def test_of_several_units_none_is_taken_for_the_one_that_received_a_request(client, session):
    province = make_unit(session, name="tỉnh Tuyên Quang", kind="province")
    make_unit(session, name="phường An Tường", parent=province)
    account = make_account(session, unit=province)
    session.commit()
    desk = enter(client, account)

    reply = send(desk, "/quan-tri/yeu-cau/them", kind="view", channel="phone", name="Ai Đó", unit="")

    assert "Xin chọn đơn vị tiếp nhận." in reply.text
    assert session.scalar(select(func.count()).select_from(PersonRequest)) == 0


def test_what_was_typed_of_the_asker_is_looked_for_without_typing_it_again(desk, round):
    facts = {"kind": "view", "channel": "phone", "unit": round.contest.unit_id, "name": "Vàng Seo Páo"}

    case = send(desk, "/quan-tri/yeu-cau/them", **facts, phone="0977 123 456").location

    page = desk.get(case).text
    assert 'value="Vàng Seo Páo"' in page
    assert 'value="0977123456"' in page


@pytest.mark.both_databases
def test_whoever_holds_one_code_does_not_flood_the_desk(client, session, who):
    pages = []
    for _ in range(operations.MOST_OPEN + 1):
        form = Page(client.get("/thi/quyen-cua-toi").text).form()
        data = dict(form.filled(code=CODE, act="ask", kind="view", details="Tôi muốn xem"))
        pages.append(client.post("/thi/quyen-cua-toi", data=data))

    last = pages.pop()
    assert {page.status_code for page in pages} == {200}
    assert last.status_code == 409
    assert "5 yêu cầu đang chờ trả lời" in last.text
    assert "Tôi muốn xem" in last.text
    assert session.scalar(select(func.count()).select_from(PersonRequest)) == operations.MOST_OPEN


def test_what_somebody_says_that_they_agree_to_again_is_written_down_at_the_desk(desk, session, who):
    withdraw_consent(session, [who.id], [Purpose.NAMED], now=BY.now)
    session.commit()
    facts = {"kind": "agree", "channel": "phone", "unit": who.contest.unit_id, "name": "Vàng Seo Páo"}
    case = send(desk, "/quan-tri/yeu-cau/them", **facts, phone="0977 123 456").location
    send(desk, case, f"{case}/tim", code=CODE)

    silent = send(desk, f"{case}/dong-y")
    said = send(desk, f"{case}/dong-y", named="y")

    assert (silent.status_code, said.status_code) == (422, 302)
    assert [each.withdrawn_at is None for each in consent_of(session, who, "named")] == [False, True]
    assert consent_of(session, who, "reached") == []
    assert "Ghi sự đồng ý" in Page(desk.get(case).text).text
