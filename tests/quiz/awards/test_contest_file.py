"""The files of a whole contest."""

from io import BytesIO

import docx
import openpyxl
import pytest

from tests.factories import make_contest
from tests.quiz.awards.test_round_documents import words
from tests.support.pages import Page


@pytest.fixture
def address(season):
    return f"/quan-tri/cuoc-thi/{season.slug}/ho-so"


@pytest.fixture
def finished(session, season):
    for round in season.rounds:
        round.published_at = round.results_at
    session.commit()
    return season


def test_the_report_counts_different_people_weeks_prizes_and_what_collective_prizes_go_by(organiser, finished, address):
    answer = organiser.get(f"{address}/bao-cao-tong-ket.docx")

    text = words(docx.Document(BytesIO(answer.data)))
    assert "Cả cuộc thi có 8 người dự thi (mỗi người đếm một lần) với 13 lượt dự thi." in text
    assert "Tuần 2 | 8 | 8 | +3 | 4" in text
    assert "Giải Nhì | 4 | ............ | ............" in text
    assert "Lượt dự thi | xã Xuân Lập (6); xã Thượng Lâm (5); xã Lâm Bình (1)" in text
    assert "Giàng" not in text


def test_the_report_waits_until_every_week_is_published(session, organiser, finished, address):
    finished.rounds[1].published_at = None
    session.commit()

    answer = organiser.get(f"{address}/bao-cao-tong-ket.docx")

    assert (answer.status_code, answer.location) == (302, address)
    assert "Có khi mọi đợt đã công bố." in Page(organiser.get(address).text).text


def test_the_workbook_has_the_weeks_and_the_units_with_their_prizes(organiser, season, address):
    book = openpyxl.load_workbook(BytesIO(organiser.get(f"{address}/so-lieu.xlsx").data))

    weeks = [row[3:7] for row in book["Theo tuần"].iter_rows(min_row=5, values_only=True)]
    units = [row[:6] for row in book["Theo đơn vị"].iter_rows(min_row=5, values_only=True)]
    assert weeks == [(5, 5, None, 2), (8, 8, 3, 4)]
    assert ("xã Xuân Lập", 3, 6, 4_200, 0.7, 4) in units


def test_a_contest_without_a_closed_week_says_so(session, organiser, season):
    contest = make_contest(session, unit=season.unit)
    session.commit()
    address = f"/quan-tri/cuoc-thi/{contest.slug}/ho-so"

    assert "Chưa có đợt nào chốt" in organiser.get(address).text
    assert organiser.get(f"{address}/so-lieu.xlsx").location == address
