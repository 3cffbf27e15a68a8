"""All papers of a round, as CSV that is sent while it is read, and as a workbook."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from account.models import AuditEntry
from core.commands.worker import Worker
from quiz.attempt.models import Attempt
from quiz.awards.manage import paper_file as manage
from quiz.contest.models import Participant
from quiz.results.queries.correction import find_at
from tests.quiz.awards.test_round_workbook import address, open_contacts
from tests.quiz.results.test_exclusion import exclude

pytestmark = pytest.mark.both_databases


def lines(client, week):
    answer = client.get(address(week, "tat-ca-bai.csv"))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    return [line.split(";") for line in answer.get_data(as_text=True).removeprefix("\ufeff").splitlines()]


def sheet(client, week):
    book = openpyxl.load_workbook(BytesIO(client.get(address(week, "tat-ca-bai.xlsx")).data))
    return [list(row) for row in book.active.iter_rows(min_row=4, values_only=True)]


def test_every_paper_has_a_line_with_its_letters_and_no_name_and_no_moment(organiser, week):
    head, *papers = lines(organiser, week)

    assert head[:5] == ["Hạng", "Đơn vị", "Lượt thứ", "Cách dự thi", "Số câu đúng"]
    assert head[-4:] == ["Câu 1", "Câu 2", "Câu 3", "Câu 4"]
    assert [line[0] for line in papers] == ["1", "2", "2", "4", "5", "6", "7", "8"]
    assert papers[0][1:] == ["xã Xuân Lập", "1", "tự làm trên mạng", "4", "95.0", "5", "A", "A", "A", "A"]
    assert not any("Páo" in cell or "2026" in cell for line in papers for cell in line)


def test_the_workbook_has_the_same_papers(organiser, week):
    head, *papers = sheet(organiser, week)

    assert (head[0], head[-1], len(papers)) == ("Hạng", "Câu 4", 8)
    assert papers[0][:6] == [1, "xã Xuân Lập", 1, "tự làm trên mạng", 4, timedelta(seconds=95)]


def test_a_paper_on_a_printed_sheet_has_the_time_it_was_ranked_by(organiser, week, session):
    attempt = session.scalars(select(Attempt).where(Attempt.round_id == week.id).limit(1)).one()
    attempt.mode, attempt.duration_ms = "paper", 0
    session.commit()

    times = [line[5] for line in lines(organiser, week)[1:] if line[3] == "làm trên giấy"]

    assert times == [f"{week.limit_seconds}.0"]


def test_opened_names_stand_at_their_papers_alone_and_the_trail_counts_them(organiser, week, session):
    open_contacts(session, week)

    head, *papers = lines(organiser, week)

    assert head[1] == "Họ và tên"
    assert {line[1] for line in papers[:4]} == {"Giàng A Páo", "'=Lò Thị Bé", "Hoàng Văn Đức", "Ma Thị Hoà"}
    assert [line[1] for line in papers[4:]] == [""] * 4
    taken = session.scalars(select(AuditEntry.after).where(AuditEntry.after.like("%tat-ca-bai.csv%"))).all()
    assert taken == ['{"file":"tat-ca-bai.csv","people":4}']


def test_papers_without_a_rank_follow_and_those_never_handed_in_or_of_a_rehearsal_are_not_there(
    organiser, week, session, keyring
):
    first, second, third = (find_at(session, week, rank) for rank in (1, 2, 4))
    exclude(session, week, first)
    attempt = session.scalars(select(Attempt).where(Attempt.round_id == week.id).limit(1)).one()
    later = {"ordinal": 2, "started_at": attempt.started_at, "deadline_at": attempt.deadline_at}
    session.add(Attempt(round_id=week.id, participant_id=second, **later))
    session.get_one(Participant, third).is_rehearsal = True
    session.commit()

    _head, *papers = lines(organiser, week)

    assert [line[0] for line in papers] == ["1", "1", "4", "5", "6", "7", ""]
    assert papers[-1][5] == "95.0"


def test_names_that_are_public_are_not_in_the_papers_unless_opened(organiser, week, session):
    week.published_at = week.results_at
    session.commit()

    assert lines(organiser, week)[0][:2] == ["Hạng", "Đơn vị"]


def test_a_workbook_of_many_papers_is_a_job(app, organiser, week, monkeypatch):
    monkeypatch.setattr(manage, "LINES_IN_A_PAGE", 3)

    page = organiser.get(address(week, "tat-ca-bai.xlsx"))
    Worker(app).work(is_burst=True)

    book = openpyxl.load_workbook(BytesIO(organiser.get(f"{page.location}/ket-qua").data))
    assert len(list(book.active.iter_rows(min_row=5))) == 8
