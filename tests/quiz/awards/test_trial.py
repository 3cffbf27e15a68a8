"""The trial of a contest: the whole path by its organiser alone, seen by no one else, and gone without a trace."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import IntegrityError

from account.models import Approval, AuditEntry
from account.operations.approval import ask
from account.operations.audit import SYSTEM
from core import clock
from core.db import Base
from quiz.attempt.models import PaperSheet
from quiz.attempt.operations.lifecycle import HasTrial, delete_draft
from quiz.attempt.operations.rehearsal import NotNow, open_rehearsal
from quiz.attempt.operations.trial import TrialOver, begin_paper, begin_trial, end_round, practise_approval
from quiz.attempt.queries.trial import find_trial
from quiz.awards.operations.season_draw import of_season_tie
from quiz.awards.operations.trial import NotATrial, confirm_winners, delete_old_trials, delete_trial
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.terms import PrizeTerms
from quiz.results.manage.approval import page_of_publication
from quiz.results.models import Winner
from quiz.results.queries.events import published
from quiz.results.rules.draws import TieGroup
from report.queries import tasks
from tests.factories import make_account, make_contest, make_unit
from tests.support.approval import agree, as_approver_reads
from tests.support.pages import Page
from tests.support.staff import desk, enter, send

LEFT_OUT = {"account_audit", "account_approval", "core_data_version", "account_session", "core_stored_reply"}
"""Tables that keep what was done: the audit trail, approvals, sign-ins, and replies for a day."""


@pytest.fixture
def unit(session):
    return make_unit(session)


@pytest.fixture
def contest(session, unit):
    """Create a draft whose first round opens in three weeks."""
    first = clock.now().date() + timedelta(weeks=3)
    contest = make_contest(session, unit=unit, units=[unit], first_day=first - timedelta(days=first.weekday()), weeks=2)
    contest.is_draft = True
    session.commit()
    return contest


@pytest.fixture
def desk_of(client, session, unit, contest):
    """Sign in the organiser; there is no second person."""
    account = make_account(session, unit=unit)
    session.commit()
    return enter(client, account)


def page_of(contest):
    return f"/quan-tri/cuoc-thi/{contest.slug}"


@pytest.fixture
def trial(session, desk_of, contest):
    send(desk_of, page_of(contest), to=f"{page_of(contest)}/tong-duyet")
    session.expire_all()
    found = find_trial(session, contest)
    assert found is not None
    return found


def rows(session):
    session.expire_all()
    tables = [each for each in Base.metadata.sorted_tables if each.name not in LEFT_OUT]
    return {each.name: session.scalar(select(func.count()).select_from(each)) for each in tables}


def walk(client, session, trial):
    """Hand in papers, end the time, close, open the contacts, call everybody and publish."""
    page = page_of(trial)
    send(client, page, to=f"{page}/tong-duyet/them-bai")
    send(client, page, to=f"{page}/tong-duyet/het-gio")
    send(client, f"{page}/tuan/1/chot")
    week = f"{page}/tuan/1"
    send(client, week, to=f"{week}/mo-lien-he/nguoi-dat-giai", reason="Gọi thử")
    while waiting := session.scalars(select(Winner).where(Winner.state == "pending").limit(1)).first():
        send(client, week, to=f"{week}/nguoi-dat-giai/{waiting.participant_id}/xac-nhan")
        session.expire_all()
    return send(client, week, to=f"{week}/cong-bo", reason="Công bố thử")


def test_the_organiser_walks_the_whole_path_alone(session, desk_of, trial):
    walk(desk_of, session, trial)

    session.expire_all()
    round = session.scalars(select(Round).where(Round.contest_id == trial.id)).one()
    assert round.published_at is not None
    assert session.scalars(select(Winner.state).distinct()).all() == ["confirmed"]
    assert session.scalar(select(func.count()).select_from(Approval).where(Approval.state == "pending")) == 0


def test_everybody_on_the_list_is_confirmed_at_once(session, desk_of, trial):
    page, week = page_of(trial), f"{page_of(trial)}/tuan/1"
    send(desk_of, page, to=f"{page}/tong-duyet/them-bai")
    send(desk_of, page, to=f"{page}/tong-duyet/het-gio")
    send(desk_of, f"{week}/chot")
    early = send(desk_of, week, to=f"{page}/tong-duyet/xac-nhan-het")
    states = session.scalars(select(Winner.state).distinct()).all()
    send(desk_of, week, to=f"{week}/mo-lien-he/nguoi-dat-giai", reason="Gọi thử")
    offered = "Coi như đã gọi, xác nhận cả danh sách" in desk_of.get(week).text
    send(desk_of, week, to=f"{page}/tong-duyet/xac-nhan-het")

    session.expire_all()
    assert (states, early.status_code, offered) == (["pending"], 302, True)
    assert session.scalars(select(Winner.state).distinct()).all() == ["confirmed"]


def test_calls_of_a_real_contest_are_not_confirmed_at_once(session, keyring, contest):
    with pytest.raises(NotATrial):
        confirm_winners(session, keyring, SYSTEM, contest, now=clock.now())


def test_it_leads_to_the_contest_that_it_copies(desk_of, contest, trial):
    shown = Page(desk_of.get(page_of(trial)).text)

    assert page_of(contest) in shown.links
    assert f"Về cuộc thi thật: {contest.title}" in shown.text


def test_it_asks_the_questions_of_the_contest_in_rows_of_its_own(session, contest, trial):
    copied, asked = trial.rounds[0].questions, contest.rounds[0].questions

    assert [each.text for each in copied] == [each.text for each in asked]
    assert {each.revision_id for each in copied}.isdisjoint({each.revision_id for each in asked})


def test_a_trial_that_is_deleted_leaves_nothing(session, desk_of, contest):
    before = rows(session)
    send(desk_of, page_of(contest), to=f"{page_of(contest)}/tong-duyet")
    session.expire_all()
    trial = find_trial(session, contest)
    walk(desk_of, session, trial)
    middle = rows(session)
    reply = send(desk_of, f"{page_of(trial)}/tong-duyet/xoa")

    assert reply.headers["Location"] == page_of(contest)
    assert middle["quiz_winner"] > 0
    assert rows(session) == before


def test_every_table_that_refers_to_a_contest_is_emptied_of_a_trial(session, trial):
    targets = {"quiz_contest", "quiz_round", "quiz_participant", "quiz_attempt", "quiz_collective_decision"}
    due = {
        table.name
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in targets and key.ondelete != "CASCADE"
    }
    emptied = set()
    event.listen(
        session.connection(),
        "before_cursor_execute",
        lambda _c, _u, sql, *_rest: emptied.update(re.findall(r"^DELETE FROM (\w+)", sql)),
    )

    delete_trial(session, SYSTEM, trial, now=clock.now())

    assert due - emptied - {"quiz_rules_amendment"} == set()  # a draft is changed, never amended


def test_a_draft_with_printed_sheets_is_deleted(session, contest):
    session.add(PaperSheet(round_id=contest.rounds[0].id, number=1))
    session.commit()

    delete_draft(session, SYSTEM, contest, now=clock.now())

    assert session.scalar(select(func.count()).select_from(PaperSheet)) == 0


def test_the_public_finds_no_page_of_it(session, client, desk_of, trial):
    trial.terms = PrizeTerms(objection_days=3).to_dict()
    session.commit()
    walk(desk_of, session, trial)
    client.delete_cookie("lang_nghe")

    pages = ["", "/vao-thi", "/dang-ky", "/bang", "/tuan/1", "/tuan/1/khieu-nai", "/giai-tap-the", "/thoi", "/dong-ho"]
    assert {client.get(f"/thi/{trial.slug}{page}").status_code for page in pages} == {404}
    assert "TỔNG DUYỆT" not in client.get("/").text + client.get("/thi/").text


def test_its_publication_is_no_event_and_no_task(session, desk_of, unit, trial):
    walk(desk_of, session, trial)
    session.expire_all()

    assert published(session, trial.rounds[0]) is None
    assert [task for task in tasks(session, frozenset({unit.id}), clock.now()) if task.contest.id == trial.id] == []


def test_a_paper_is_taken_as_a_participant_takes_it(session, desk_of, trial):
    page = page_of(trial)
    paper = send(desk_of, page, to=f"{page}/tong-duyet/lam-bai")
    form = Page(paper.text).form()
    answers = dict.fromkeys(re.findall(r'name="(q\d+)"', paper.text), "A")
    reply = desk_of.post(f"/thi/{trial.slug}/nop-bai", data=dict(form.filled(**answers, guess="3")))

    assert "DIỄN TẬP" in paper.text
    assert (reply.status_code, "Bài diễn tập không được tính" in reply.text) == (201, True)
    assert f'href="{page}">Về các bước tổng duyệt' in reply.text


@pytest.mark.parametrize("deed", ["", "/lam-bai", "/them-bai", "/het-gio"])
def test_another_unit_s_organiser_finds_nothing(app, session, trial, deed):
    other = make_account(session, unit=make_unit(session, name="xã Minh Quang"))
    session.commit()
    stranger = desk(app, other)

    assert send(stranger, "/quan-tri/tai-khoan/mat-khau", to=f"{page_of(trial)}/tong-duyet{deed}").status_code == 404


@pytest.mark.parametrize("whole", [{}, {"preset": "lam-binh"}])
def test_a_trial_keeps_its_name_when_its_form_is_saved(desk_of, trial, whole):
    reply = send(desk_of, f"{page_of(trial)}/sua", title=trial.title, **whole)

    assert trial.title.startswith("TỔNG DUYỆT")
    assert "Xin nhập tên Ban Tổ chức." in reply.text
    assert "dành cho bản tổng duyệt" not in reply.text


@pytest.mark.both_databases
def test_a_trial_can_not_be_made_public(session, desk_of, trial):
    assert desk_of.get(f"{page_of(trial)}/cong-khai").headers["Location"] == page_of(trial)
    trial.is_draft = False
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_a_trial_is_not_opened_to_others_by_a_rehearsal(session, trial):
    with pytest.raises(NotNow):
        open_rehearsal(session, trial, now=clock.now())


def test_a_contest_is_deleted_after_its_trial(session, desk_of, contest, trial):
    with pytest.raises(HasTrial):
        delete_draft(session, SYSTEM, contest, now=clock.now())
    session.rollback()

    reply = send(desk_of, f"{page_of(contest)}/xoa")
    assert reply.status_code == 409
    assert "Xin xóa bản tổng duyệt trước." in reply.text


def test_a_real_contest_is_not_deleted_as_a_trial(session, contest):
    with pytest.raises(NotATrial):
        delete_trial(session, SYSTEM, contest, now=clock.now())


def test_after_its_time_no_paper_is_begun(session, keyring, trial):
    end_round(session, trial, now=clock.now())

    with pytest.raises(TrialOver):
        begin_paper(session, keyring, trial, now=clock.now())
    with pytest.raises(TrialOver):
        end_round(session, trial, now=clock.now())


@pytest.mark.both_databases
def test_there_is_one_trial_at_a_time(session, desk_of, contest, trial):
    reply = send(desk_of, page_of(contest), to=f"{page_of(contest)}/tong-duyet")

    assert reply.headers["Location"] == page_of(trial)
    with pytest.raises(IntegrityError):
        begin_trial(session, SYSTEM, contest, now=clock.now())
    session.rollback()


def test_without_questions_there_is_nothing_to_try(session, desk_of, unit):
    blank = make_contest(session, unit=unit, questions=0)
    session.commit()
    reply = send(desk_of, page_of(blank), to=f"{page_of(blank)}/tong-duyet")

    assert "chưa có câu hỏi nào để tổng duyệt" in desk_of.get(reply.headers["Location"]).text
    assert session.scalar(select(func.count()).select_from(Contest).where(Contest.trial_of_id.is_not(None))) == 0


def test_names_in_the_audit_trail_are_unreadable_afterwards(session, desk_of, trial):
    walk(desk_of, session, trial)
    send(desk_of, f"{page_of(trial)}/tong-duyet/xoa")
    session.expire_all()

    actions = session.scalars(select(AuditEntry.action)).all()
    assert {"trial.begin", "trial.delete"} <= set(actions)
    assert session.scalar(select(func.count()).select_from(Participant)) == 0


def test_a_forgotten_trial_is_deleted_after_thirty_days(session, desk_of, trial):
    walk(desk_of, session, trial)
    today = clock.now().date()

    assert delete_old_trials(session, today + timedelta(days=29)) == "Đã xóa 0 bản tổng duyệt để quên."
    assert delete_old_trials(session, today + timedelta(days=32)) == "Đã xóa 1 bản tổng duyệt để quên."
    assert session.scalar(select(func.count()).select_from(Contest).where(Contest.trial_of_id.is_not(None))) == 0


def practise(client, trial, asks="co"):
    return send(client, page_of(trial), to=f"{page_of(trial)}/tong-duyet/phe-duyet", asks=asks)


def asks_to_publish(client, trial):
    """Hand in papers, end the time, close, call everybody at once, and ask to publish."""
    page, week = page_of(trial), f"{page_of(trial)}/tuan/1"
    for step in ("them-bai", "het-gio"):
        send(client, page, to=f"{page}/tong-duyet/{step}")
    send(client, f"{week}/chot")
    send(client, week, to=f"{week}/mo-lien-he/nguoi-dat-giai", reason="Gọi thử")
    send(client, week, to=f"{page}/tong-duyet/xac-nhan-het")
    send(client, week, to=f"{week}/cong-bo", reason="Công bố thử")


def test_the_second_person_reads_that_a_request_is_of_a_trial(app, session, desk_of, trial):
    practise(desk_of, trial)

    asks_to_publish(desk_of, trial)

    assert "TỔNG DUYỆT: " in as_approver_reads(app, session, "round.publish", trial.unit)


def test_a_trial_with_a_second_person_is_published_by_their_approval(app, session, desk_of, trial):
    practise(desk_of, trial)
    asks_to_publish(desk_of, trial)
    session.expire_all()
    before = trial.rounds[0].published_at
    asked = session.scalars(select(Approval).where(Approval.action == "round.publish")).one()

    agree(app, session, asked)

    assert (before, asked.state) == (None, "approved")
    assert trial.rounds[0].published_at is not None
    assert page_of_publication(session, asked) is None


def test_it_can_be_left_again_and_a_real_contest_can_not_leave_it(session, desk_of, contest, trial):
    practise(desk_of, trial)
    practise(desk_of, trial, asks="khong")

    session.expire_all()
    assert trial.trial_asks is False
    with pytest.raises(ValueError, match="always asks"):
        practise_approval(session, contest, asks=False)


def test_requests_of_a_deleted_trial_expire_with_it(session, desk_of, contest, trial):
    practise(desk_of, trial)
    asks_to_publish(desk_of, trial)
    waiting = session.scalars(select(Approval.state)).all()

    send(desk_of, f"{page_of(trial)}/tong-duyet/xoa")

    session.expire_all()
    assert "pending" in waiting
    assert session.scalars(select(Approval).where(Approval.state == "pending")).all() == []


@pytest.mark.parametrize(("about", "state"), [("trial", "expired"), ("contest", "pending")])
def test_a_request_for_a_draw_over_the_whole_contest_expires_with_its_own_trial(
    session, unit, contest, trial, about, state
):
    organiser, drawn_in = make_account(session, unit=unit), {"trial": trial, "contest": contest}[about]
    subject = of_season_tie(drawn_in, TieGroup(bloc=0, rank=1, refs=(), places=()))
    asked = ask(session, organiser, QuizAction.SEASON_DRAW, subject, reason="", details={}, now=clock.now())

    delete_trial(session, SYSTEM, trial, now=clock.now())

    session.refresh(asked)
    assert asked.state == state
