"""A second room's people are found, copied, corrected, restricted and erased at the same desk, their consents too."""

import io

import docx
import pytest
from sqlalchemy import select

from account.models import Approval
from core import clock
from core.person_keys import PersonKey
from core.web.extensions import db
from privacy.models import Consent, PersonRequest, RequestSubject
from privacy.models.holder import holders_of, register_holders
from privacy.operations.consent import consent_values
from tests.factories import make_account, make_contest, make_participant
from tests.support.approval import agree
from tests.support.letters import LETTER, WORDS, registered
from tests.support.pages import Page
from tests.support.staff import enter, send

pytestmark = pytest.mark.both_databases
NAME, PHONE, TEXT = "Hoàng Thị Khuyên", "0977123456", "Đường liên thôn hỏng từ tháng ba."


@pytest.fixture
def letters(app):
    with registered(app) as box:
        yield box


@pytest.fixture
def session(letters, session):
    """A session that was made after the letter box was registered, and so knows it."""
    return session


@pytest.fixture
def contest(session):
    return make_contest(session)


@pytest.fixture
def desk(client, session, contest):
    account = make_account(session, unit=contest.unit)
    session.commit()
    return enter(client, account)


@pytest.fixture
def writer(letters, session, keyring, contest):
    made = letters.write(session, keyring, unit_id=contest.unit_id, name=NAME, phone=PHONE, text=TEXT)
    session.add_all(
        Consent(**row) for row in consent_values(LETTER, made.id, ["printed"], wording="1", now=clock.now())
    )
    session.commit()
    return made


def receive(desk, contest, kind):
    """A request that came by telephone and was found to be about the writer."""
    facts = {"kind": kind, "channel": "phone", "unit": contest.unit_id, "name": NAME, "phone": PHONE}
    case = send(desk, "/quan-tri/yeu-cau/them", **facts).location
    send(desk, case, f"{case}/tim", name=NAME, phone=PHONE)
    return case


def consents(session):
    session.expire_all()
    rows = session.scalars(select(Consent).where(Consent.holder == LETTER).order_by(Consent.given_at))
    return [row.withdrawn_at is None for row in rows]


def test_a_person_of_another_room_is_found_and_shown_in_its_words(session, desk, contest, writer):
    case = receive(desk, contest, "view")

    page = Page(desk.get(case).text).text
    found = session.scalars(select(RequestSubject)).one()
    assert (found.holder, found.subject_id, found.unit_id) == (LETTER, writer.id, contest.unit_id)
    assert "Người viết thư" in page
    assert "Hòm thư xã" in page
    assert NAME in page


def test_a_search_without_a_result_shows_the_words_of_every_room(desk, contest, writer):
    facts = {"kind": "view", "channel": "phone", "unit": contest.unit_id, "name": "Người Khác"}
    case = send(desk, "/quan-tri/yeu-cau/them", **facts).location

    page = send(desk, case, f"{case}/tim", name="Người Khác", phone=PHONE)

    assert page.status_code == 404
    assert WORDS.not_found in page.text
    assert "Không tìm thấy ai như vậy trong các cuộc thi của đơn vị." in page.text


def test_a_copy_holds_the_rooms_data_and_the_consents(desk, contest, writer):
    case = receive(desk, contest, "copy")

    paper = docx.Document(io.BytesIO(send(desk, case, f"{case}/ban-sao.docx").data))

    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert TEXT in cells
    assert "Cho phép in thư trên bản tin" in cells
    assert any("mà hòm thư đang giữ" in line.text for line in paper.paragraphs)


def test_a_name_is_corrected_in_its_room_without_a_unit(desk, session, keyring, contest, letters, writer):
    case = receive(desk, contest, "correct")

    form = desk.get(f"{case}/sua").text
    answer = send(desk, f"{case}/sua", name="Hoàng Thị Khuyến")

    assert 'name="unit"' not in form
    assert answer.status_code == 302
    assert letters.show(session, keyring, [writer.id])[0].contact.name == "Hoàng Thị Khuyến"
    assert session.scalars(select(PersonRequest)).one().outcome == "done"


def test_a_name_that_another_person_has_is_refused_in_the_words_of_the_room(
    desk, session, keyring, contest, letters, writer
):
    letters.write(session, keyring, unit_id=contest.unit_id, name="Lò Thị Bé", phone="0977000111", text="")
    case = receive(desk, contest, "correct")

    answer = send(desk, f"{case}/sua", name="Lò Thị Bé")

    assert (answer.status_code, WORDS.taken in answer.text) == (422, True)
    assert session.scalars(select(PersonRequest)).one().answered_at is None


def test_a_name_that_the_room_published_waits_for_a_second_person(
    app, desk, session, keyring, contest, letters, writer
):
    writer.printed_in = "Bản tin số 3"
    case = receive(desk, contest, "correct")

    asked = send(desk, f"{case}/sua", name="Hoàng Thị Khuyến")
    before = letters.show(session, keyring, [writer.id])[0].contact.name
    agree(app, session, session.scalars(select(Approval)).one())

    assert (asked.status_code, before) == (303, NAME)
    assert letters.show(session, keyring, [writer.id])[0].contact.name == "Hoàng Thị Khuyến"


def test_a_consent_is_withdrawn_and_given_again(desk, session, contest, letters, writer):
    withdrawing = receive(desk, contest, "withdraw")
    reply = desk.post(f"{withdrawing}/rut", data=dict(Page(desk.get(withdrawing).text).forms[-1].filled()))
    after = consents(session)
    agreeing = receive(desk, contest, "agree")

    page = desk.get(f"{agreeing}/dong-y").text
    send(desk, f"{agreeing}/dong-y", printed="y")

    assert (reply.status_code, after) == (302, [False])
    assert letters.stopped == [writer.id]
    assert "Cho phép in thư trên bản tin" in page
    assert consents(session) == [False, True]


def test_a_restriction_reaches_the_room_and_ends(desk, contest, writer):
    case = receive(desk, contest, "restrict")

    send(desk, case, f"{case}/han-che")
    stopped = writer.restricted_at
    send(desk, case, f"{case}/bo-han-che")

    assert stopped is not None
    assert writer.restricted_at is None


def test_an_erasure_reaches_the_room_the_key_the_consents_and_the_log(desk, session, settings, contest, writer):
    case, key = receive(desk, contest, "delete"), writer.person_id

    page = desk.get(f"{case}/xoa").text
    send(desk, f"{case}/xoa", sure="y")

    session.expire_all()
    assert "Tên người viết mất, thư vẫn còn." in page
    assert (writer.person_id, session.get(PersonKey, key), consents(session)) == (None, None, [False])
    assert f"{LETTER} {writer.id}\n" in (settings.instance_path / "erased.txt").read_text()
    assert NAME not in desk.get(case).text


def test_one_request_is_about_a_person_in_every_room_that_holds_them(desk, session, keyring, contest, writer):
    participant = make_participant(session, keyring, contest, name=NAME, phone=PHONE)
    session.commit()
    case = receive(desk, contest, "delete")
    shown = Page(desk.get(case).text).text

    send(desk, f"{case}/xoa", sure="y")

    session.expire_all()
    assert "Người viết thư, Người dự thi" in shown
    assert (writer.person_id, participant.person_id) == (None, None)


def test_erasures_and_restrictions_in_a_room_hold_after_a_restore(app, session, contest, writer, tmp_path):
    file, run = str(tmp_path / "copy.tar.gz"), app.test_cli_runner().invoke
    assert run(args=["backup", "create", file]).exit_code == 0
    id, key = writer.id, writer.person_id
    (app.extensions["settings"].instance_path / "erased.txt").write_text(f"{LETTER} {id}\n")
    session.close()

    done = run(args=["backup", "restore", file, "--replace"])

    assert "Đã xóa lại thông tin của 1 người" in done.output
    assert (writer.person_id, session.get(PersonKey, key)) == (None, None)


def test_two_holders_do_not_share_a_code_or_a_box(app, session):
    holders = list(holders_of(session).values())

    with pytest.raises(ValueError, match="participant"):
        register_holders(db.sessionmaker, holders * 2)
