"""An inspector's export: every rating that counts, row by row, and nothing that identifies a person."""

import csv
import io

import pytest
from sqlalchemy import select

from account.models import AuditEntry
from account.rules.permissions import Role
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
    """Create a counter with two ratings, one of a rehearsal, and one elsewhere."""
    counter, elsewhere = make_counter(session), make_counter(session)
    said = Opinion(Level.DISSATISFIED, [quick.TRIPS, quick.ATTITUDE], "=HYPERLINK(1)")
    for where, opinion in ((counter, said), (counter, Opinion(Level.SATISFIED)), (elsewhere, said)):
        rate(session, keyring, where, opinion)
    counter.is_rehearsal = True
    rate(session, keyring, counter, Opinion(Level.SATISFIED, [], "thử"))
    session.commit()
    return counter


def rate(session, keyring, counter, opinion):
    record_rating(session, keyring, counter, opinion, channel=Channel.OPEN, receipt=new_code(), now=MONDAY)
    session.flush()


def taken(client, session, counter, role, unit=None):
    account = make_account(session, role=role, unit=unit or counter.office.unit)
    session.commit()
    return enter(client, account).get(f"/quan-tri/danh-gia/{counter.office.slug}/tung-luot.csv")


def test_an_inspectors_download_of_an_offices_rows_as_text_is_recorded(session, client, counter):
    reply = taken(client, session, counter, Role.INSPECTOR)

    head, *rows = csv.reader(io.StringIO(reply.data.decode("utf-8-sig")), delimiter=";")
    entry = session.scalars(select(AuditEntry)).one()
    assert head == ["Quầy", "Lĩnh vực", "Tuần (từ thứ Hai)", "Kênh", "Mức", "Điều muốn nói tới", "Góp ý", "Cách tính"]
    assert sorted(row[4:] for row in rows) == [
        ["Hài lòng", "", "", "Tính ngay"],
        ["Không hài lòng", "Thái độ phục vụ; Số lần đi lại", "'=HYPERLINK(1)", "Tính ngay"],
    ]
    assert {row[2] for row in rows} == {"01/06/2026"}
    assert (entry.action, entry.subject) == ("rating.export", counter.office.name)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ORGANISER, Role.ADMINISTRATOR])
def test_only_an_inspector_downloads_rows(session, client, counter, role):
    assert taken(client, session, counter, role).status_code == 403


def test_an_inspector_of_elsewhere_finds_nothing(session, client, counter):
    assert taken(client, session, counter, Role.INSPECTOR, make_unit(session)).status_code == 404


def test_the_rows_are_read_in_one_statement_however_many(session, client, counter, count_queries):
    taken(client, session, counter, Role.INSPECTOR)

    assert sum("FROM survey_rating" in each for each in count_queries) == 1
