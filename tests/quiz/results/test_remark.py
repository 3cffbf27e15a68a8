"""Re-marking a round by another key: previewed, approved by two, all or nothing, with the old version kept."""

from dataclasses import replace

import pytest
from sqlalchemy import create_engine, event, func, select
from sqlalchemy.orm import Session

import quiz.results.manage.large
import quiz.results.operations.remark
from account.models import Approval, AuditEntry
from account.operations.audit import SYSTEM
from account.rules.permissions import Role
from core.commands.worker import Worker
from quiz.attempt.models import Attempt, Entry, Tally
from quiz.attempt.rules.commitment import of_answers, read_answers
from quiz.contest.models import Round
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import SETTLING
from quiz.results.models import KeyVersion, Result, RoundAnswers
from quiz.results.operations import closing, exclusion, remark
from quiz.results.operations.versions import Changed, NothingToDo
from quiz.results.queries.remark import VOID
from quiz.results.queries.result import find_result, list_standings, list_winners
from quiz.results.rules.corrections import ExclusionReason
from tests.factories import make_account, make_attempt, make_contest, make_participant
from tests.support.approval import agree
from tests.support.calls import confirm_winner, pass_winner
from tests.support.pages import Page
from tests.support.processes import begin, power_cut
from tests.support.staff import desk, send

THIRD = 3


def closed(session, keyring, preset="lam-binh", papers=()):
    """Close a round of papers (name, right, seconds): those with 2 right chose B at question 3, those with 3 right
    chose A.
    """
    contest = make_contest(session, preset=preset, tiers=(Tier("Giải Nhất", 1), Tier("Giải Nhì", 1)))
    round, people = contest.rounds[0], {}
    for name, correct, seconds in papers:
        who = people.setdefault(name, make_participant(session, keyring, contest, name=name) if name else None)
        make_attempt(session, keyring, round, participant=who, correct=correct, seconds=seconds, guess=1)
    closing.rank_round(session, round, now=round.closes_at + SETTLING)
    session.commit()
    return round


@pytest.fixture
def week(session, keyring):
    return closed(session, keyring, papers=[("Páo", 3, 100), ("Bé", 3, 200), ("Chi", 2, 50), ("Dìn", 1, 9)])


def mark(session, week, fix="B", position=THIRD):
    seen = remark.preview_remark(session, week, position, fix).preview.digest
    result = remark.remark_round(
        session, SYSTEM, week, position, fix, reason="Có đơn phản ánh", seen=seen, now=week.closes_at + SETTLING
    )
    session.commit()
    return result


def state(session, week):
    """Return everything that a re-mark may change."""
    session.rollback()
    session.expire_all()
    marks = sorted(session.execute(select(Attempt.id, Attempt.correct)).all())
    entries = sorted((entry.participant_id, entry.attempt_id, entry.guess) for entry in session.scalars(select(Entry)))
    tally = sorted((row.day, row.turns, row.people, row.perfect) for row in session.scalars(select(Tally)))
    keys = [(question.position, sorted(question.key), question.is_void) for question in week.questions]
    count = session.scalar(select(func.count()).select_from(Result))
    return [tuple(row) for row in marks], entries, tally, keys, count


def corrects(session, result):
    return [row.correct for row in list_standings(session, result)]


def page_of(week):
    return f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/1/cham-lai/{THIRD}"


def ask(client, week, fix="B", **fields):
    """Preview the re-mark, and send the form of the preview."""
    query = {"void": "y"} if fix == VOID else {"right": list(fix)}
    page = Page(client.get(page_of(week), query_string=query).text)
    form = next(form for form in page.forms if form.value("seen") is not None)
    data = dict(form.filled(reason="Nghị định 61 nói khác", **fields))
    return client.post(page_of(week), data=data)


def the_request(session):
    session.expire_all()
    return session.scalars(select(Approval).where(Approval.state == "pending")).one()


def test_a_question_of_one_choice_takes_no_key_of_several(organiser, week):
    page = organiser.get(page_of(week), query_string={"right": ["A", "B"]}).text

    assert "Câu này chỉ cho chọn một phương án" in page
    assert 'name="seen"' not in page


def test_no_request_makes_one_answer_into_several(session, week):
    with pytest.raises(NothingToDo):
        remark.preview_remark(session, week, 1, "AB")


def test_papers_gain_and_lose_and_the_old_version_stays(session, week):
    result = mark(session, week)

    assert (result.version, result.cause, corrects(session, result)) == (2, "remark", [3, 2, 2, 2])
    assert corrects(session, session.get_one(Result, (week.id, 1))) == [3, 3, 2, 1]
    assert (result.turns, result.people, result.perfect, result.target) == (4, 4, 1, 1)


def test_the_old_key_is_kept_beside_the_new_one(session, week):
    mark(session, week)

    rows = session.scalars(select(KeyVersion).order_by(KeyVersion.version)).all()
    assert [(row.version, row.letters, row.is_void) for row in rows] == [(1, "A", False), (2, "B", False)]
    assert week.questions[2].key == {"B"}


def test_a_question_that_is_taken_out_is_right_for_everybody(session, week):
    result = mark(session, week, VOID)

    assert corrects(session, result) == [3, 3, 3, 2]
    assert (result.perfect, week.questions[2].is_void) == (3, True)


def test_the_preview_shows_gains_and_losses_and_changes_nothing(session, week):
    before = state(session, week)

    found = remark.preview_remark(session, week, THIRD, "B")

    assert (found.marks.gained, found.marks.lost, found.marks.unmarked) == (2, 2, 0)
    assert state(session, week) == before


def test_commitments_of_attempts_still_verify(session, week):
    mark(session, week)

    for attempt in session.scalars(select(Attempt)):
        sheet = attempt.sheet
        answers = read_answers(sheet.answers)
        assert attempt.answers_commitment == of_answers(sheet.salt, answers, sheet.guess)


@pytest.mark.both_databases
def test_the_tally_is_that_of_the_new_marks(session, week):
    mark(session, week)

    assert sum(row.perfect for row in session.scalars(select(Tally))) == 1


@pytest.mark.both_databases
def test_marking_with_the_same_key_twice_is_refused(session, week):
    mark(session, week)
    before = state(session, week)

    with pytest.raises(NothingToDo):
        mark(session, week)

    assert state(session, week) == before


def test_going_back_to_the_old_key_makes_a_third_version_equal_to_the_first(session, week):
    before = state(session, week)
    mark(session, week)

    result = mark(session, week, "A")

    assert result.version == 3
    assert state(session, week)[:4] == before[:4]
    assert corrects(session, result) == [3, 3, 2, 1]


@pytest.mark.both_databases
@pytest.mark.parametrize("step", ["_store_key", "store_version", "replace_tally"])
def test_a_re_mark_that_fails_half_way_changes_nothing(session, week, monkeypatch, step):
    before = state(session, week)
    seen = remark.preview_remark(session, week, THIRD, "B").preview.digest
    monkeypatch.setattr(quiz.results.operations.remark, step, broken)

    with pytest.raises(OSError):
        remark.remark_round(
            session, SYSTEM, week, THIRD, "B", reason="Có đơn phản ánh", seen=seen, now=week.closes_at + SETTLING
        )

    assert state(session, week) == before


def remark_with_power_for(statements, url, round_id, moment):
    """Mark the round anew in this process, which ends dead after so many statements."""
    engine = create_engine(url)
    with Session(engine) as session:
        round = session.get(Round, round_id)
        seen = remark.preview_remark(session, round, THIRD, "B").preview.digest
        event.listen(engine, "after_cursor_execute", power_cut(statements))
        remark.remark_round(session, SYSTEM, round, THIRD, "B", reason="Sai đáp án", seen=seen, now=moment)
        session.commit()


@pytest.mark.both_databases
@pytest.mark.parametrize(("statements", "is_done"), [(6, False), (18, False), (26, False), (999, True)])
def test_a_re_mark_killed_half_way_is_done_wholly_or_not_at_all(session, database_url, week, statements, is_done):
    before, moment = state(session, week), week.closes_at + SETTLING
    session.rollback()

    killed = begin(remark_with_power_for, statements, database_url, week.id, moment)
    killed.join()

    assert killed.exitcode == (0 if is_done else 9)
    assert (state(session, week) == before) is not is_done
    if not is_done:
        mark(session, week)
    assert corrects(session, find_result(session, week)) == [3, 2, 2, 2]


def broken(*_args, **_more):
    raise OSError


def test_another_try_counts_if_it_is_better_under_the_new_key(session, keyring):
    week = closed(session, keyring, "vcnet", [("Páo", 3, 100), ("Páo", 2, 90)])
    was = session.scalars(select(Entry)).one().attempt_id

    mark(session, week)

    entry = session.scalars(select(Entry)).one()
    assert entry.attempt_id != was
    assert entry.attempt.correct == 3
    assert session.get_one(RoundAnswers, week.id).answers[week.questions[2].ref] == {"B": 1}


def test_a_score_without_answers_stays_and_is_reported(session, week):
    attempt = next(each for each in session.scalars(select(Attempt)) if each.correct == 3)
    attempt.mode, attempt.sheet.answers = "sheet", "{}"
    session.commit()

    found = remark.preview_remark(session, week, THIRD, "B")
    mark(session, week)

    assert (found.marks.unmarked, found.marks.lost, attempt.correct) == (1, 1, 3)


def test_an_excluded_entry_stays_excluded(session, week):
    first = list_standings(session, find_result(session, week))[0].participant_id
    seen = exclusion.preview_exclusion(session, week, first, ExclusionReason.FALSE).digest
    exclusion.exclude_entry(
        session,
        SYSTEM,
        week,
        first,
        ExclusionReason.FALSE,
        reason="Có đơn phản ánh",
        seen=seen,
        now=week.closes_at + SETTLING,
    )

    result = mark(session, week)

    ranked = [row.participant_id for row in list_standings(session, result)]
    assert (len(ranked), first in ranked, result.people) == (3, False, 4)


@pytest.mark.parametrize("fix", ["", "Z", "BA", "AA", "A", "**"])
def test_an_invalid_or_unchanged_key_is_refused(session, week, fix):
    with pytest.raises(NothingToDo):
        remark.preview_remark(session, week, THIRD, fix)


def test_b39_a_re_mark_by_one_person_waits_and_changes_nothing(session, organiser, week):
    before = state(session, week)

    answer = ask(organiser, week)

    assert (answer.status_code, Page(organiser.get(answer.location).text).heading) == (
        303,
        "Chờ người thứ hai phê duyệt",
    )
    assert state(session, week) == before


def test_a_second_person_sees_both_keys_and_the_changes_and_approves(app, session, organiser, week):
    ask(organiser, week)
    asked = the_request(session)
    account = make_account(session, role=Role.APPROVER, unit=week.contest.unit)
    session.commit()

    shown = Page(desk(app, account).get(f"/quan-tri/phe-duyet/{asked.id}").text).text
    agree(app, session, asked)

    assert "Đáp án đang dùng A. Đúng Đáp án mới B. Sai" in shown
    assert "Bài thêm một câu đúng 2 Bài bớt một câu đúng 2" in shown
    assert "Giải Nhất, hạng 1 xã Lâm Bình; mới vào danh sách" in shown
    assert corrects(session, find_result(session, week)) == [3, 2, 2, 2]
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "round.remark")).one()
    assert (entry.subject, entry.reason) == (f"Câu 3, Tuần 1, {week.contest.title}", "Nghị định 61 nói khác")
    assert ("key", "A", "B") in entry.changes


SWEEPING = ">4 trong 4 bài sẽ đổi điểm"


def test_requester_and_approver_are_warned_if_half_of_the_papers_change(
    app, session, organiser, week
):  # fmt: skip
    shown = organiser.get(page_of(week), query_string={"right": ["B"]}).text
    ask(organiser, week)
    account = make_account(session, role=Role.APPROVER, unit=week.contest.unit)
    session.commit()
    asked = desk(app, account).get(f"/quan-tri/phe-duyet/{the_request(session).id}").text

    assert (SWEEPING in shown, SWEEPING in asked) == (True, True)


def test_no_warning_is_shown_if_few_papers_change(session, keyring, app):
    week = closed(session, keyring, papers=[("Páo", 3, 100), ("Bé", 3, 200), ("Chi", 2, 50)])
    account = make_account(session, unit=week.contest.unit)
    session.commit()

    page = desk(app, account).get(page_of(week), query_string={"void": "y"}).text

    assert "bài sẽ đổi điểm" not in page
    assert "Bài thêm một câu đúng" in page


def test_the_requester_can_not_approve_the_re_mark(app, session, week):
    account = make_account(session, unit=week.contest.unit)
    account.grants.append(type(account.grants[0])(role=Role.APPROVER.value, unit_id=week.contest.unit_id))
    session.commit()
    both = desk(app, account)
    ask(both, week)
    page = f"/quan-tri/phe-duyet/{the_request(session).id}"

    answer = send(both, page, to=f"{page}/dong-y")

    assert (answer.status_code, find_result(session, week).version) == (403, 1)


def test_a_call_between_asking_and_agreeing_that_moves_a_seat_ends_the_request(app, session, organiser, week):
    ask(organiser, week, VOID)
    asked = the_request(session)
    first = list_winners(session, find_result(session, week))[0].participant_id
    pass_winner(session, week, first)
    session.commit()

    agree(app, session, asked)

    session.expire_all()
    assert (asked.state, find_result(session, week).version) == ("failed", 1)


def test_a_stranger_finds_no_question_and_an_inspector_may_not_ask(app, session, organiser, week):
    stranger, inspector = make_account(session), make_account(session, role=Role.INSPECTOR, unit=week.contest.unit)
    session.commit()

    assert desk(app, stranger).get(page_of(week)).status_code == 404
    assert desk(app, inspector).get(page_of(week)).status_code == 403
    assert organiser.get(page_of(week).replace("/3", "/9")).status_code == 404


def test_the_present_key_and_no_key_are_explained(organiser, week):
    same = organiser.get(page_of(week), query_string={"right": "A"})
    none = organiser.get(page_of(week), query_string={"xem": "1"})

    assert (same.status_code, "Đáp án này đang được dùng" in same.text) == (422, True)
    assert (none.status_code, "Xin chọn phương án đúng, hoặc chọn bỏ câu này." in none.text) == (422, True)


def test_without_a_reason_the_key_that_was_chosen_stays_chosen(organiser, week):
    page = Page(organiser.get(page_of(week), query_string={"right": "B"}).text)
    form = next(form for form in page.forms if form.value("seen") is not None)

    answer = organiser.post(page_of(week), data=dict(form.filled(reason="")))

    assert (answer.status_code, "Xin ghi lý do, căn cứ." in answer.text) == (422, True)
    assert next(each for each in Page(answer.text).forms if each.values("right")).values("right") == ["B"]


def test_the_public_page_shows_the_right_answer_and_the_day_of_the_correction(app, session, client, organiser, week):
    for winner in list_winners(session, find_result(session, week)):
        confirm_winner(session, week, winner.participant_id, now=week.closes_at)
    closing.mark_published(session, week, now=week.results_at)
    session.commit()
    ask(organiser, week)
    agree(app, session, the_request(session))

    text = Page(client.get(f"/thi/{week.contest.slug}/tuan/1").text).text

    assert "Đính chính lần 1, ngày " in text
    assert "chấm lại câu 3, đáp án đúng là B; xếp hạng và giải được xếp lại." in text
    assert "Số đúng để so với dự đoán: 1." in text


def test_with_the_setting_off_the_re_mark_is_done_at_once(app, session, organiser, week):
    app.extensions["settings"] = replace(app.extensions["settings"], second_approver=False)

    answer = ask(organiser, week, VOID)

    session.expire_all()
    result = find_result(session, week)
    assert (answer.status_code, result.version, result.approval.related) == (302, 2, "alone")


@pytest.mark.parametrize("has_second", [True, False])
def test_a_large_week_is_re_marked_by_a_job(app, session, organiser, week, monkeypatch, has_second):
    monkeypatch.setattr(quiz.results.manage.large, "ENTRIES_IN_A_PAGE", 1)
    app.extensions["settings"] = replace(app.extensions["settings"], second_approver=has_second)
    ask(organiser, week)
    if has_second:
        agree(app, session, the_request(session))
    before = find_result(session, week).version

    session.rollback()
    Worker(app).work(is_burst=True)

    session.expire_all()
    result = find_result(session, week)
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert (before, result.version, corrects(session, result)) == (1, 2, [3, 2, 2, 2])
    assert (entry.action, entry.reason, ("key", "A", "B") in entry.changes) == (
        "round.remark", "Nghị định 61 nói khác", True,
    )  # fmt: skip
    assert result.approval.related == ("none" if has_second else "alone")


def test_an_outdated_preview_is_shown_again(session, organiser, week):
    answer = ask(organiser, week, seen="0" * 32)

    assert answer.status_code == 409
    assert find_result(session, week).version == 1


def test_a_re_mark_is_refused_if_its_preview_has_changed(session, week):
    seen = remark.preview_remark(session, week, THIRD, "B").preview.digest
    mark(session, week, VOID, position=1)

    with pytest.raises(Changed):
        remark.remark_round(
            session, SYSTEM, week, THIRD, "B", reason="Có đơn phản ánh", seen=seen, now=week.closes_at + SETTLING
        )
