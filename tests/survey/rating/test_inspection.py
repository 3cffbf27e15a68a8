"""An inspector's export: released ratings, row by row, without comments, and nothing that identifies a person."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from account.models import AuditEntry
from account.rules.permissions import Role
from core import clock
from core.crypto import new_code
from survey.instrument.rules import quick
from survey.instrument.rules.levels import Level
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.factories import MONDAY, make_account, make_counter, make_unit
from tests.support.staff import enter

pytestmark = pytest.mark.both_databases


@pytest.fixture
def counter(session, keyring):
    """Create a counter with a batch of five ratings of two weeks, one of a rehearsal, and one rating elsewhere."""
    counter, elsewhere = make_counter(session), make_counter(session)
    said = Opinion(Level.DISSATISFIED, [quick.TRIPS, quick.ATTITUDE], "=HYPERLINK(1)")
    for where, opinion in ((counter, said), (elsewhere, said)):
        rate(session, keyring, where, opinion)
    for _ in range(4):
        rate(session, keyring, counter, Opinion(Level.SATISFIED), week=1)
    counter.is_rehearsal = True
    rate(session, keyring, counter, Opinion(Level.SATISFIED, [], "thử"))
    session.commit()
    return counter


def rate(session, keyring, counter, opinion, *, week=0, now=None):
    now = now or MONDAY + timedelta(weeks=week)
    record_rating(session, keyring, counter, opinion, channel=Channel.OPEN, receipt=new_code(), now=now)
    session.flush()


def taken(client, session, counter, role, unit=None):
    account = make_account(session, role=role, unit=unit or counter.office.unit)
    session.commit()
    return enter(client, account).get(f"/quan-tri/danh-gia/{counter.office.slug}/tung-luot.csv")


def test_an_inspectors_download_of_an_offices_rows_as_text_is_recorded(session, client, counter):
    reply = taken(client, session, counter, Role.INSPECTOR)

    head, *rows = csv.reader(io.StringIO(reply.data.decode("utf-8-sig")), delimiter=";")
    entry = session.scalars(select(AuditEntry)).one()
    days = ["Từ thứ Hai", "Đến Chủ nhật"]
    assert head == ["Quầy", "Lĩnh vực", *days, "Kênh", "Mức", "Điều muốn nói tới", "Cách tính"]
    assert sorted(row[5:] for row in rows) == [
        *([["Hài lòng", "", "Tính ngay"]] * 4),
        ["Không hài lòng", "Thái độ phục vụ; Số lần đi lại", "Tính ngay"],
    ]
    assert {tuple(row[2:4]) for row in rows} == {("01/06/2026", "14/06/2026")}  # no week of its own for the single one
    assert (entry.action, entry.subject) == ("rating.export", counter.office.name)


def test_what_is_added_in_the_open_week_changes_nothing_in_the_file(session, keyring, client, counter):
    before = taken(client, session, counter, Role.INSPECTOR).data
    counter.is_rehearsal = False
    for _ in range(7):
        said = Opinion(Level.DISSATISFIED, [quick.ATTITUDE], "anh trẻ nóng nảy")
        rate(session, keyring, counter, said, now=clock.now())
    session.commit()

    assert taken(client, session, counter, Role.INSPECTOR).data == before


def test_the_order_of_the_file_is_that_of_its_words(session, client, counter):
    lines = taken(client, session, counter, Role.INSPECTOR).data.decode("utf-8-sig").splitlines()

    assert sum("HYPERLINK" in line for line in lines) == 0
    assert [line.split(";")[5] for line in lines[1:]] == ["Không hài lòng", *["Hài lòng"] * 4]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ORGANISER, Role.ADMINISTRATOR])
def test_only_an_inspector_downloads_rows(session, client, counter, role):
    assert taken(client, session, counter, role).status_code == 403


def test_an_inspector_of_elsewhere_finds_nothing(session, client, counter):
    assert taken(client, session, counter, Role.INSPECTOR, make_unit(session)).status_code == 404


def test_the_rows_are_read_in_one_statement_however_many(session, client, counter, count_queries):
    taken(client, session, counter, Role.INSPECTOR)

    assert sum("FROM survey_rating" in each for each in count_queries) == 1
