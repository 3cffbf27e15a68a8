"""Roster lines that several people fit: the organiser calls and confirms one, and the approver reads it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from account.models import Approval, AuditEntry
from account.operations.audit import SYSTEM
from account.rules.permissions import Role
from core.commands.worker import Worker
from quiz.contest.operations.registration import Identity
from quiz.contest.operations.roster_import import import_roster, listed
from quiz.contest.rules.presets import Eligibility
from quiz.contest.rules.schedule import SETTLING
from quiz.results.models import ContactOpening
from quiz.results.models.contact import LINES
from quiz.results.operations import closing, lines
from quiz.results.operations.lines import confirm_on_line
from quiz.results.operations.remark import preview_remark
from quiz.results.operations.versions import Changed, NothingToDo
from quiz.results.queries.result import find_result, list_standings
from tests.factories import make_account, make_attempt, make_contest, make_participant
from tests.support.approval import agree, as_approver_reads
from tests.support.pages import Page
from tests.support.staff import desk, send

NAMED = {"name": "Lò Thị Hoà", "birth_year": 1985}


@pytest.fixture
def round(session, keyring, monkeypatch):
    """Create a contest of a roster with one line without a phone, an hour after the close of its first week."""
    contest = make_contest(session, weeks=2, eligibility=Eligibility.ROSTER)
    unit, round = contest.units[0].unit_id, contest.rounds[0]
    row = listed(keyring, contest.id, Identity("Lò Thị Hoà", None, 1985, instead=f"unit {unit}"), unit, "")
    import_roster(session, SYSTEM, contest, [row], False, {}, now=round.opens_at)
    monkeypatch.setattr("core.clock.now", lambda: round.closes_at + 60 * SETTLING)
    session.commit()
    return round


@pytest.fixture
def both(session, keyring, round):
    """Enter a stranger and then the person on the line."""
    found = [make_participant(session, keyring, round.contest, phone=f"091234567{n}", **NAMED) for n in (9, 8)]
    for place, each in enumerate(found):
        make_attempt(session, keyring, round, participant=each, seconds=60 + place)
    session.commit()
    return found


@pytest.fixture
def organiser(app, session, round):
    account = make_account(session, unit=round.contest.unit)
    session.commit()
    return desk(app, account)


def path_of(round, rest=""):
    return f"/quan-tri/cuoc-thi/{round.contest.slug}/tuan/{round.number}{rest}"


def close(session, round):
    closing.rank_round(session, round, now=round.closes_at + SETTLING)
    session.commit()


def ranked(session, round):
    session.expire_all()
    return [row.participant_id for row in list_standings(session, find_result(session, round))]


def confirm(session, keyring, round, person):
    return confirm_on_line(session, keyring, SYSTEM, round.contest, person.id, now=round.closes_at + 2 * SETTLING)


@pytest.mark.both_databases
def test_who_is_confirmed_before_the_close_is_ranked_by_it(session, keyring, round, both):
    again = confirm(session, keyring, round, both[1])
    close(session, round)

    assert (again, ranked(session, round)) == ([], [both[1].id])


@pytest.mark.both_databases
def test_who_is_confirmed_between_close_and_publication_is_ranked_by_a_new_version(session, keyring, round, both):
    close(session, round)
    before = ranked(session, round)
    again = confirm(session, keyring, round, both[1])
    result = find_result(session, round)

    assert (before, again, ranked(session, round)) == ([], [1], [both[1].id])
    assert (result.version, result.cause, result.target, result.people) == (2, "line", 1, 2)
    assert [e.entry.ref for e in preview_remark(session, round, 1, "B").preview.draft.standings] == [str(both[1].id)]


def test_a_published_round_stays_as_it_is(session, keyring, round, both):
    close(session, round)
    closing.mark_published(session, round, now=round.results_at)

    assert (confirm(session, keyring, round, both[1]), ranked(session, round)) == ([], [])


def test_one_of_a_line_is_confirmed_and_no_second(session, keyring, round, both):
    close(session, round)
    confirm(session, keyring, round, both[1])

    with pytest.raises(NothingToDo):
        confirm(session, keyring, round, both[0])
    assert ranked(session, round) == [both[1].id]


def test_a_line_on_which_somebody_is_ranked_ranks_no_second(session, keyring, round):
    first = make_participant(session, keyring, round.contest, phone="0912345679", **NAMED)
    second = make_participant(session, keyring, round.contest, phone="0912345678", name="Bàn Thị Chi")
    for each in (first, second):
        make_attempt(session, keyring, round, participant=each)
    close(session, round)
    second.name_hash = first.name_hash
    session.flush()

    assert (confirm(session, keyring, round, second), ranked(session, round)) == ([], [first.id])


def test_the_only_one_on_a_line_is_not_asked_for(session, keyring, round):
    only = make_participant(session, keyring, round.contest, **NAMED)

    with pytest.raises(NothingToDo):
        confirm(session, keyring, round, only)


def test_the_organiser_opens_the_numbers_calls_and_confirms_one(session, round, both, organiser):
    at, lines = path_of(round), path_of(round, "/trung-dong")
    before = Page(organiser.get(path_of(round, "/chot")).text).text
    close(session, round)
    notice = Page(organiser.get(at).text).text
    hidden = Page(organiser.get(lines).text).text
    early = send(organiser, lines, to=f"{lines}/{both[1].id}")
    unranked = ranked(session, round)
    silent = send(organiser, lines, to=f"{lines}/mo", reason="")
    send(organiser, lines, to=f"{lines}/mo", reason="Gọi để biết ai trong danh sách")
    shown = Page(organiser.get(lines).text).text
    send(organiser, lines, to=f"{lines}/{both[1].id}")

    assert "2 người trùng một dòng trong danh sách dự thi, chưa gọi xác nhận ai." in before
    assert "2 người trùng một dòng trong danh sách dự thi, chưa gọi xác nhận ai." in notice
    assert ("Lò Thị Hoà" in hidden, "0912345678" in shown, "0912345679" in shown) == (False, True, True)
    assert (early.status_code, unranked, silent.status_code) == (302, [], 422)
    assert ranked(session, round) == [both[1].id]
    after = Page(organiser.get(lines).text).text
    assert "Đã xác nhận và xếp hạng lại đợt 1." in after and "Người được xác nhận" in after
    assert "trùng một dòng trong danh sách" not in Page(organiser.get(at).text).text
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "line.confirm")).one()
    assert (entry.kind, entry.after) == ("quiz.participant", '{"reranked":"1"}')


@pytest.mark.parametrize("falls_behind", [False, True])
def test_a_line_of_a_large_round_is_confirmed_by_a_job(
    app, session, keyring, round, both, organiser, monkeypatch, falls_behind
):
    monkeypatch.setattr("quiz.results.manage.large.ENTRIES_IN_A_PAGE", 1)
    close(session, round)
    lines = path_of(round, "/trung-dong")
    send(organiser, lines, to=f"{lines}/mo", reason="Gọi để biết ai trong danh sách")

    job = send(organiser, lines, to=f"{lines}/{both[1].id}").location
    before = ranked(session, round)
    if falls_behind:
        confirm(session, keyring, round, both[0])
        session.commit()
    session.rollback()
    Worker(app).work(is_burst=True)

    said = "Danh sách đã thay đổi, xin xem lại." if falls_behind else "Đã xác nhận và xếp hạng lại đợt 1."
    assert (before, ranked(session, round)) == ([], [both[0 if falls_behind else 1].id])
    assert said in Page(organiser.get(job).text).text


def test_the_numbers_stay_closed_before_the_close_and_after_the_publication(
    session, round, both, organiser, monkeypatch
):
    lines = path_of(round, "/trung-dong")
    form = dict(Page(organiser.get(lines).text).form().filled(reason="Gọi"))
    monkeypatch.setattr("core.clock.now", lambda: round.closes_at - SETTLING)
    early = organiser.post(f"{lines}/mo", data=form)
    monkeypatch.setattr("core.clock.now", lambda: round.closes_at + SETTLING)
    close(session, round)
    closing.mark_published(session, round, now=round.results_at)
    session.commit()
    late = organiser.post(f"{lines}/mo", data=form)

    assert [early.status_code, late.status_code] == [302, 302]
    assert session.scalars(select(ContactOpening).where(ContactOpening.people == LINES)).all() == []


@pytest.mark.parametrize(
    ("confirms", "words"),
    [(False, "chưa xác nhận ai, nên không ai được xếp hạng"), (True, "Trần Thị Bình gọi xác nhận một người, ")],
)
def test_the_approver_reads_how_a_line_was_settled(app, session, round, both, organiser, confirms, words):
    close(session, round)
    lines = path_of(round, "/trung-dong")
    if confirms:
        send(organiser, lines, to=f"{lines}/mo", reason="Gọi để biết ai trong danh sách")
        send(organiser, lines, to=f"{lines}/{both[1].id}")
    send(organiser, path_of(round), to=path_of(round, "/cong-bo"))
    approver = make_account(session, role=Role.APPROVER, unit=round.contest.unit)
    session.commit()

    asked = session.scalars(select(Approval)).one()
    page = Page(desk(app, approver).get(f"/quan-tri/phe-duyet/{asked.id}").text).text

    assert f"Một tên trong danh sách, nhiều người đăng ký 2 người, xã Lâm Bình {words}" in page


def test_another_writer_gets_through_while_a_line_is_confirmed_and_its_round_ranked(
    session, keyring, round, both, monkeypatch
):
    close(session, round)
    free, kept = list[bool](), lines.draft_results

    def ranking(*given, **named):
        free.append(not session.connection().connection.driver_connection.in_transaction)
        return kept(*given, **named)

    monkeypatch.setattr(lines, "draft_results", ranking)

    again = confirm_on_line(
        session, keyring, SYSTEM, round.contest, both[1].id, now=round.closes_at, between=session.commit
    )

    assert (again, free) == ([1], [True])


@pytest.mark.both_databases
def test_a_call_that_comes_while_the_round_is_ranked_leaves_all_as_it_was(session, keyring, round, both):
    close(session, round)
    steps = []

    def between():
        session.commit()
        steps.append(1)
        if len(steps) == 1:
            confirm(session, keyring, round, both[0])
            session.commit()

    with pytest.raises((Changed, NothingToDo)):
        confirm_on_line(session, keyring, SYSTEM, round.contest, both[1].id, now=round.closes_at, between=between)
    session.rollback()

    assert ranked(session, round) == [both[0].id]
    assert both[1].verified_at is None


@pytest.fixture
def numbered(session, round, both, monkeypatch):
    """Close a round whose ties go by a public number, and open the line's numbers on the day when it may be known."""
    round.contest.rules = round.rules = round.rules | {"ties": "draw", "draw_source": "XSMB"}
    close(session, round)
    monkeypatch.setattr("core.clock.now", lambda: round.closed_at + timedelta(days=1))
    return round


def opened(organiser, round):
    lines = path_of(round, "/trung-dong")
    send(organiser, lines, to=f"{lines}/mo", reason="Gọi để biết ai trong danh sách")
    return lines


def test_a_second_person_confirms_once_the_number_may_be_known(app, session, numbered, both, organiser):
    lines = opened(organiser, numbered)
    said = Page(organiser.get(lines).text).text

    answer = send(organiser, lines, to=f"{lines}/{both[1].id}")
    alone = ranked(session, numbered)
    read = as_approver_reads(app, session, "line.confirm", numbered.contest.unit)
    agree(app, session, session.scalars(select(Approval)).one())

    assert "Số công khai đã có thể được biết: việc này cần một người khác đồng ý." in said
    assert (answer.status_code, alone, ranked(session, numbered)) == (303, [], [both[1].id])
    assert "có thể đã được biết từ ngày" in read and "2 người" in read
    assert "Lò Thị Hoà" not in read
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "line.confirm")).one()
    assert '"second_approver":true' in entry.after


def test_a_second_person_agrees_in_a_large_round_by_a_job(app, session, numbered, both, organiser, monkeypatch):
    monkeypatch.setattr("quiz.results.manage.large.ENTRIES_IN_A_PAGE", 1)
    lines = opened(organiser, numbered)
    send(organiser, lines, to=f"{lines}/{both[1].id}")
    agree(app, session, session.scalars(select(Approval)).one())
    before = ranked(session, numbered)
    session.rollback()
    Worker(app).work(is_burst=True)

    assert (before, ranked(session, numbered)) == ([], [both[1].id])


def test_a_line_that_was_settled_meanwhile_is_not_confirmed_by_the_request(
    app, session, keyring, numbered, both, organiser
):
    lines = opened(organiser, numbered)
    send(organiser, lines, to=f"{lines}/{both[1].id}")
    confirm(session, keyring, numbered, both[0])
    session.commit()

    agree(app, session, session.scalars(select(Approval)).one())

    assert session.scalars(select(Approval)).one().state == "failed"
    assert ranked(session, numbered) == [both[0].id]


def test_before_the_number_may_be_known_one_person_confirms(session, numbered, both, organiser, monkeypatch):
    monkeypatch.setattr("core.clock.now", lambda: numbered.closed_at)
    lines = opened(organiser, numbered)

    send(organiser, lines, to=f"{lines}/{both[1].id}")

    assert ranked(session, numbered) == [both[1].id]
    assert session.scalars(select(Approval)).all() == []
