"""A paper that came by sheet into a contest held online: a second person, the limit, and where it came from."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from account.models import Approval
from account.operations.audit import TERMINAL
from account.rules.permissions import Role
from core import clock
from core.sheets.memory import SheetDraft
from core.web.extensions import keyring as keys
from quiz.attempt.models import Attempt
from quiz.attempt.operations.importing import import_entries
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import SETTLING
from quiz.results.models import StandingRow
from quiz.results.operations import closing, exclusion
from quiz.results.queries.result import find_result, list_standings, list_winners
from quiz.results.rules.corrections import ExclusionReason
from tests.factories import MONDAY, make_account, make_attempt, make_contest, make_participant
from tests.support.approval import agree, as_approver_reads
from tests.support.calls import confirm_winner
from tests.support.entries import as_csv, bring_in, read
from tests.support.pages import Page
from tests.support.staff import desk, send

ROW = "Lò Thị Rẻo;0912345678;1985;xã Lâm Bình;{day} 00:00:01;0:01;3;1"
"""A perfect paper, one second after the opening, in one second, with the right guess."""
FIELDS = {"cot_0": "name"}


@pytest.fixture
def week(session):
    return make_contest(session, tiers=(Tier("Giải Nhất", 1),), weeks=1).rounds[0]


@pytest.fixture
def rival(session, keyring, week):
    """Answer all right at the site, in three minutes."""
    person = make_participant(session, keyring, week.contest, name="Giàng A Páo", now=MONDAY)
    make_attempt(session, keyring, week, participant=person, seconds=180, guess=5)
    session.commit()
    return person


@pytest.fixture
def later(monkeypatch, week):
    """Set the clock to the hours between the close and the announced results."""
    monkeypatch.setattr(clock, "now", lambda: week.closes_at + timedelta(hours=1))


def row_of(week):
    return ROW.format(day=f"{week.opens_at + timedelta(hours=7):%d/%m/%Y}")


def path_of(week, rest=""):
    return f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/1{rest}"


def upload(organiser, week, *lines):
    """Upload a sheet and press the button that imports it."""
    sent = send(organiser, path_of(week, "/nhap-bai"), sheet=(io.BytesIO(as_csv(*lines)), "bang.csv"))
    form = next(form for form in Page(organiser.get(sent.location).text).forms if form.pairs and len(form.pairs) > 3)
    return organiser.post(sent.location, data=dict(form.filled()) | {"bring_in": "1"})


def sheet_turns(session):
    session.expire_all()
    return session.scalar(select(func.count()).select_from(Attempt).where(Attempt.mode == "sheet"))


def close(session, week):
    result = closing.rank_round(session, week, now=week.closes_at + SETTLING)
    session.commit()
    return result


def ranks(session, week):
    return [
        (row.participant.id, row.rank, row.duration_ms) for row in list_standings(session, find_result(session, week))
    ]


def publish(session, week):
    for winner in list_winners(session, find_result(session, week)):
        confirm_winner(session, week, winner.participant_id, now=week.closes_at)
    closing.mark_published(session, week, now=week.closes_at)
    week.results_at = week.published_at = week.closes_at
    session.commit()


@pytest.mark.usefixtures("later", "rival")
def test_one_organiser_alone_brings_in_no_paper_after_the_week(session, organiser, week):
    answer = upload(organiser, week, row_of(week))

    assert (answer.status_code, Page(organiser.get(answer.location).text).heading) == (
        303,
        "Chờ người thứ hai phê duyệt",
    )
    assert sheet_turns(session) == 0
    assert "1 bài từ bảng tính, Tuần 1" in Page(organiser.get(path_of(week)).text).text


@pytest.mark.usefixtures("later", "rival")
def test_the_approver_reads_what_the_sheet_holds_and_imports_it(app, session, organiser, week):
    upload(organiser, week, row_of(week))
    asked = session.scalars(select(Approval)).one()
    approver = make_account(session, role=Role.APPROVER, unit=week.contest.unit)
    session.commit()
    page = f"/quan-tri/phe-duyet/{asked.id}"

    shown = Page(desk(app, approver).get(page).text).text
    agree(app, session, asked)

    assert "Lượt đúng tất cả các câu trong bảng 1" in shown
    assert "bảng được gửi sau giờ đóng" in shown
    assert (asked.state, sheet_turns(session)) == ("approved", 1)
    assert session.scalar(select(func.count()).select_from(SheetDraft)) == 0


@pytest.mark.usefixtures("later", "rival")
def test_a_request_waits_as_long_as_others_and_its_sheet_with_it(session, organiser, week):
    upload(organiser, week, row_of(week))

    asked, draft = session.scalars(select(Approval)).one(), session.scalars(select(SheetDraft)).one()

    assert draft.expires_on == asked.expires_on


@pytest.mark.usefixtures("later", "rival")
def test_a_round_that_was_closed_meanwhile_takes_no_approved_sheet(app, session, organiser, week):
    upload(organiser, week, row_of(week))
    close(session, week)

    asked = session.scalars(select(Approval)).one()
    agree(app, session, asked)

    assert (asked.state, sheet_turns(session)) == ("failed", 0)
    assert "đã chốt nên không nhập thêm bài được" in asked.note


def test_while_people_may_still_come_online_a_sheet_waits_too(session, organiser, week, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: week.opens_at + timedelta(hours=1))

    answer = upload(organiser, week, row_of(week))

    assert (answer.status_code, sheet_turns(session)) == (303, 0)


@pytest.mark.usefixtures("later")
def test_a_contest_held_on_paper_alone_takes_its_sheets_at_once(session, organiser, week):
    answer = upload(organiser, week, row_of(week))

    assert (answer.status_code, sheet_turns(session)) == (302, 1)
    assert session.scalar(select(func.count()).select_from(Approval)) == 0


def test_a_row_from_a_sheet_ranks_at_the_limit_behind_a_slower_honest_paper(session, week, rival):
    bring_in(week, row_of(week))

    result = close(session, week)

    first, second = ranks(session, week)
    assert (first, second[1:]) == ((rival.id, 1, 180_000), (2, week.limit_seconds * 1000))
    assert list_winners(session, result)[0].participant_id == rival.id


@pytest.mark.parametrize("preset", ["vcnet", "duration"])
def test_the_moment_that_a_sheet_claims_is_the_last(session, keyring, preset):
    week = make_contest(session, preset=preset, weeks=1, tiers=(Tier("Giải Nhất", 1),)).rounds[0]
    rival = make_participant(session, keyring, week.contest)
    make_attempt(session, keyring, week, participant=rival, seconds=week.limit_seconds, guess=2)
    bring_in(week, row_of(week).replace("0:01;3;1", "0:01;3;2"))

    close(session, week)

    assert [row[1] for row in ranks(session, week)] == [1, 2]
    assert ranks(session, week)[0][0] == rival.id
    assert session.scalars(select(StandingRow.submitted_at).where(StandingRow.rank == 2)).one() is None


def test_a_round_that_came_by_sheet_as_a_whole_ranks_by_the_times_in_it(session, week):
    bring_in(week, row_of(week))

    result = close(session, week)

    assert (result.limits_sheets, ranks(session, week)[0][2]) == (False, 1000)


@pytest.mark.parametrize(("is_limited", "milliseconds"), [(True, 600_000), (False, 1000)])
def test_a_correction_ranks_sheets_as_the_close_did(session, week, rival, is_limited, milliseconds):
    bring_in(week, row_of(week), row_of(week).replace("Lò Thị Rẻo;0912345678", "Bàn Chi;0912345679"))
    result = close(session, week)
    result.limits_sheets = is_limited  # False: closed before the rule
    session.commit()

    preview = exclusion.preview_exclusion(session, week, rival.id, ExclusionReason.FALSE)

    assert {standing.entry.duration_ms for standing in preview.draft.standings} == {milliseconds}


def test_the_public_reads_how_many_papers_came_by_sheet_and_which(session, client, week, rival):
    imported(session, week)
    close(session, week)
    publish(session, week)

    page = Page(client.get(f"/thi/{week.contest.slug}/tuan/1").text).text

    assert "1 bài nhập từ bảng tính. Bài nhập từ bảng tính xếp hạng như làm hết giờ và nộp sau cùng." in page
    assert "Nhập bài không qua người phê duyệt thứ hai." in page
    assert "xã Lâm Bình · bài nhập từ bảng tính" in page


def test_the_public_of_a_paper_contest_reads_that_all_came_by_sheet(session, client, week):
    bring_in(week, row_of(week))
    close(session, week)
    publish(session, week)

    page = Page(client.get(f"/thi/{week.contest.slug}/tuan/1").text).text

    assert "Tất cả 1 bài nhập từ bảng tính. Thời gian làm bài và giờ nộp theo bảng tính." in page
    assert "· bài nhập từ bảng tính" not in page


def imported(session, week):
    """Import the row at the terminal, where one person decides alone."""
    now = week.closes_at + timedelta(seconds=1)
    sheet = read(week, as_csv(row_of(week))).sheet
    import_entries(session, keys(), TERMINAL, week, sheet, decisions={}, skip_errors=False, now=now)
    session.commit()


@pytest.mark.usefixtures("rival", "later")
def test_the_approver_of_the_publication_reads_who_let_the_sheet_in_and_who_excluded_whom(
    app, session, organiser, week
):
    imported(session, week)
    close(session, week)
    seen = exclusion.preview_exclusion(session, week, ranks(session, week)[0][0], ExclusionReason.FALSE).digest
    exclusion.exclude_entry(
        session,
        TERMINAL,
        week,
        ranks(session, week)[0][0],
        ExclusionReason.FALSE,
        seen=seen,
        reason="",
        now=clock.now(),
    )
    for winner in list_winners(session, find_result(session, week)):
        confirm_winner(session, week, winner.participant_id, now=week.closes_at)
    session.commit()
    send(organiser, path_of(week), to=path_of(week, "/cong-bo"))

    page = as_approver_reads(app, session, "round.publish", week.contest.unit)

    assert "Số bài 1 trong 2 bài" in page
    assert "Đã nhập người tại máy chủ, ngày" in page
    assert "thông tin đăng ký không đúng 1 bài, xã Lâm Bình; người tại máy chủ, ngày" in page


@pytest.mark.usefixtures("later", "rival")
def test_with_the_setting_off_a_sheet_comes_in_at_once_and_that_stays(app, session, organiser, week):
    app.extensions["settings"] = replace(app.extensions["settings"], second_approver=False)

    answer = upload(organiser, week, row_of(week))

    kept = session.scalars(select(Approval)).one()
    assert (answer.status_code, sheet_turns(session), kept.related) == (302, 1, "alone")


@pytest.mark.usefixtures("later", "rival")
def test_the_page_that_closes_a_round_says_that_a_sheet_waits(session, organiser, week):
    upload(organiser, week, row_of(week))

    page = Page(organiser.get(path_of(week, "/chot")).text).text

    assert "Còn 1 bảng bài thi chờ người thứ hai phê duyệt" in page
