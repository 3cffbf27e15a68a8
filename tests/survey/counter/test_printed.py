"""From the paper to the page: every printed code leads to its own counter, an altered one nowhere, a replaced one
on.
"""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from account.operations.audit import TERMINAL
from account.rules.permissions import Role
from core import clock
from core.crypto import new_key
from core.values.week import local_date, monday_of
from survey.counter.documents import SHEETS, poster_of, printed_address
from survey.counter.models import CounterAddress, DeadScan
from survey.counter.operations.counters import (
    AlreadyReissued,
    count_dead_scan,
    reissue_address,
)
from survey.counter.queries.counters import find_counter_of, list_counters
from survey.counter.queries.printed import address_of
from survey.counter.rules.address import typed
from survey.rating.models import Rating
from survey.rating.views.rate import today
from tests.factories import MONDAY, make_account, make_counter, make_office, make_unit
from tests.support.pages import Page
from tests.support.sheets import COPIES, pages_of, texts_on, words_on
from tests.support.staff import enter, send

HOST = "http://LANG-NGHE.EXAMPLE"
FIELDS = {1: "Hộ tịch", 2: "Đất đai", 3: "Bảo trợ xã hội"}
OPINION = {"level": "2", "reasons": ["waiting", "trips"], "comment": "Chờ <b>lâu</b> quá"}


@pytest.fixture
def office(session):
    office = make_office(session)
    for number, name in FIELDS.items():
        make_counter(session, office=office, number=number, name=name)
    session.commit()
    return office


@pytest.fixture
def counter(session, office):
    return find_counter_of(session, office, 2)


def path_of(keyring, counter):
    return f"/q/{address_of(keyring, counter)}"


def reissue(session, counter):
    reissue_address(session, TERMINAL, counter, now=MONDAY)
    session.commit()


def filled(client, path, **changes):
    form = Page(client.get(path).text).form()
    return {name: form.values(name) for name, _ in form.pairs} | OPINION | changes


def scans(session):
    session.expire_all()
    return [(row.serial, row.week, row.scans) for row in session.scalars(select(DeadScan))]


@pytest.mark.parametrize("sheet", list(SHEETS))
def test_every_code_of_every_sheet_leads_to_its_own_counter(app, client, office, tmp_path, sheet):
    done = app.test_cli_runner().invoke(
        args=["survey", "posters", "--unit", office.unit.code, str(tmp_path), "--format", sheet, "--language", "en"]
    )

    pages = pages_of((tmp_path / f"{office.slug}-{sheet}-en.pdf").read_bytes())
    assert done.exit_code == 0, done.output
    assert len(pages) == 3
    for (number, name), page in zip(FIELDS.items(), pages, strict=True):
        codes = texts_on(page, 4)
        answers = {client.get(code.removeprefix(HOST)).text for code in set(codes)}
        assert len(codes) == COPIES[sheet]
        assert len(answers) == 1
        assert f"Quầy {number}: {name}" in Page(answers.pop()).text


@pytest.mark.parametrize("sheet", list(SHEETS))
def test_the_typed_address_opens_the_page_with_the_same_check_code(client, keyring, counter, sheet, session):
    account = make_account(session, role=Role.MANAGER, unit=counter.office.unit)
    session.commit()
    pdf = enter(client, account).get(f"/quan-tri/danh-gia/{counter.office.slug}/quay/2/to-treo.pdf?kho={sheet}")

    text = words_on(pages_of(pdf.data)[0])
    poster = poster_of(keyring, "http://lang-nghe.example", counter)
    page = client.get(poster.typed_address.removeprefix("lang-nghe.example").lower())

    assert poster.typed_address in text.replace(" ", "")
    assert page.status_code == 200
    assert poster.check_code in text
    assert poster.check_code in page.text


def test_a_changed_byte_of_a_scanned_address_is_unknown_without_a_query(client, keyring, counter, count_queries):
    path = printed_address(keyring, "http://lang-nghe.example", counter).removeprefix(HOST)
    count_queries.clear()

    altered = [path[:at] + ("0" if path[at] != "0" else "1") + path[at + 1 :] for at in range(3, len(path))]

    assert {client.get(each).status_code for each in altered} == {404}
    assert count_queries == []


def test_a_replaced_code_is_gone_and_leads_to_the_new_page(client, session, keyring, counter):
    old = path_of(keyring, counter)
    reissue(session, counter)

    answers = [client.get(each) for each in (old, old.upper(), f"/q/{typed(old[3:])}")]

    page = Page(answers[0].text)
    assert [answer.status_code for answer in answers] == [410] * 3
    assert page.heading == "Quầy này đã có mã mới"
    way_on = f"{path_of(keyring, counter).upper()}?thay=1"
    landed = client.get(way_on)
    assert way_on in page.links
    assert landed.status_code == 200
    assert ("Tờ cũ tại quầy in mã khác" in landed.text, "Nếu khác, xin đừng gửi" in landed.text) == (True, False)


@pytest.mark.both_databases
def test_scans_of_a_replaced_poster_are_counted_by_the_week_and_nothing_else(client, session, keyring, counter):
    old, serial = path_of(keyring, counter), counter.addresses[-1].serial
    reissue(session, counter)

    for _ in range(3):
        client.get(old)
    client.head(old)
    client.post(old, data={})

    with client.application.test_request_context():
        week = monday_of(today())
    assert scans(session) == [(serial, week, 3)]
    assert {column.name for column in DeadScan.__table__.columns} == {"serial", "week", "scans"}


def test_a_rating_filled_in_under_the_old_code_is_sent_to_the_new_one_with_a_tap(client, session, keyring, counter):
    old = path_of(keyring, counter)
    sent = filled(client, old)
    reissue(session, counter)

    gone = client.post(old, data=sent)
    form = Page(gone.text).form()
    taken = client.post(form.action, data={name: form.values(name) for name, _ in form.pairs})

    rating = session.scalars(select(Rating)).one()
    assert (gone.status_code, taken.status_code) == (410, 201)
    assert form.action == f"{path_of(keyring, counter).upper()}?gui"
    assert (rating.counter_id, rating.level, rating.comment) == (counter.id, 2, "Chờ <b>lâu</b> quá")
    assert rating.reasons == ["trips", "waiting"]


@pytest.mark.parametrize("changes", [{"level": "9"}, {"key": "x"}, {"form_token": "x"}, {"level": []}])
def test_a_broken_answer_under_the_old_code_is_kept_too(client, session, keyring, counter, changes):
    old = path_of(keyring, counter)
    sent = filled(client, old, **changes)
    reissue(session, counter)

    gone = client.post(old, data=sent)

    form = Page(gone.text).form()
    assert gone.status_code == 410
    assert form.value("comment") == "Chờ <b>lâu</b> quá"
    assert len(form.value("key")) == 22


def test_an_answer_taken_before_the_code_was_replaced_still_has_its_receipt(client, session, keyring, counter):
    old = path_of(keyring, counter)
    sent = filled(client, old)
    taken = client.post(old, data=sent)
    reissue(session, counter)

    again, other = client.post(old, data=sent), client.post(old, data=sent | {"level": "5"})

    receipt = Page(taken.text).text
    assert (taken.status_code, again.status_code, other.status_code) == (201, 200, 410)
    assert Page(again.text).text == receipt
    assert Page(other.text).form().value("key") != sent["key"][0]
    assert len(session.scalars(select(Rating)).all()) == 1


def test_a_closed_counter_leads_to_the_others_and_to_the_figures(client, session, keyring, office, counter):
    counter.closed_on = MONDAY.date()
    session.commit()

    gone = client.get(path_of(keyring, counter))

    page = Page(gone.text)
    assert (gone.status_code, page.heading) == (410, "Quầy này đã đóng")
    assert [link for link in page.links if link.startswith("/Q/")] == [
        path_of(keyring, find_counter_of(session, office, number)).upper() for number in (1, 3)
    ]
    assert f"/ket-qua/{office.slug}" in page.links


def test_a_rating_filled_in_for_a_closed_counter_is_offered_to_the_others(client, session, keyring, office, counter):
    sent = filled(client, path_of(keyring, counter))
    counter.closed_on = MONDAY.date()
    session.commit()

    page = Page(client.post(path_of(keyring, counter), data=sent).text)

    ways = [value for tag, name, value in page.attributes if (tag, name) == ("button", "formaction")]
    assert page.form().value("comment") == "Chờ <b>lâu</b> quá"
    assert ways == [f"{path_of(keyring, find_counter_of(session, office, at)).upper()}?gui" for at in (1, 3)]


def test_without_an_open_counter_the_comment_is_shown_again(client, session, keyring, office, counter):
    sent = filled(client, path_of(keyring, counter))
    for each in list_counters(session, office):
        each.closed_on = MONDAY.date()
    session.commit()

    gone = client.post(path_of(keyring, counter), data=sent)

    assert gone.status_code == 410
    assert "Không hài lòng Chờ <b>lâu</b> quá" in Page(gone.text).text


def test_a_counter_that_opens_again_takes_ratings_under_its_old_code(client, session, keyring, counter):
    counter.closed_on = MONDAY.date()
    counter.closed_on = None
    session.commit()

    assert client.post(path_of(keyring, counter), data=filled(client, path_of(keyring, counter))).status_code == 201


def test_every_revision_but_the_newest_is_dead(client, session, keyring, counter):
    paths = [path_of(keyring, counter)]
    for _ in range(3):
        reissue(session, counter)
        paths.append(path_of(keyring, counter))

    assert [client.get(path).status_code for path in paths] == [410, 410, 410, 200]
    assert len(set(paths)) == 4


@pytest.mark.both_databases
@pytest.mark.parametrize("seen", [0, 2, 7, 2**70])
def test_only_the_address_that_counts_is_replaced(session, counter, seen):
    with pytest.raises(AlreadyReissued):
        reissue_address(session, TERMINAL, counter, now=MONDAY, replacing=seen)

    assert [address.revision for address in counter.addresses] == [1]


@pytest.mark.both_databases
def test_a_serial_that_is_gone_is_never_another_counters(session, keyring, counter):
    gone = counter.addresses[-1].serial
    session.execute(delete(CounterAddress).where(CounterAddress.serial == gone))
    session.commit()
    session.expire_all()

    other = make_counter(session, office=counter.office, number=9)

    assert other.addresses[-1].serial > gone


def test_one_rating_page_makes_one_query(client, keyring, counter, count_queries):
    path = path_of(keyring, counter)
    count_queries.clear()

    client.get(path)

    assert len(count_queries) == 1


@pytest.fixture
def officer(client, session, office):
    account = make_account(session, role=Role.MANAGER, unit=office.unit)
    session.commit()
    return enter(client, account)


@pytest.mark.both_databases
def test_replacing_a_code_needs_confirmation_and_happens_once(officer, session, keyring, office, counter):
    page, old = f"/quan-tri/danh-gia/{office.slug}/quay/2/thay-ma", path_of(keyring, counter)
    form = Page(officer.get(page).text).form("")
    said = Page(officer.get(page).text).text

    done = [send(officer, page, replacing=form.value("replacing") or 1) for _ in range(2)]

    session.expire_all()
    assert "không dùng được nữa" in said
    assert [answer.status_code for answer in done] == [302, 302]
    assert [address.revision for address in counter.addresses] == [1, 2]
    assert "vừa được thay rồi" in officer.get(f"/quan-tri/danh-gia/{office.slug}/quay").text
    assert officer.get(old).status_code == 410


def test_an_officer_closes_a_counter_and_opens_it_again(officer, session, office, counter):
    base = f"/quan-tri/danh-gia/{office.slug}"

    closed = send(officer, f"{base}/quay/2/dong")
    page = officer.get(f"{base}/quay").text
    is_closed = not session.get(type(counter), counter.id, populate_existing=True).is_open
    opened = send(officer, f"{base}/quay", to=f"{base}/quay/2/mo-lai")

    assert (closed.status_code, opened.status_code) == (302, 302)
    assert is_closed
    assert "Mở lại Quầy 2" in page
    assert session.get(type(counter), counter.id, populate_existing=True).is_open


@pytest.mark.parametrize(("weeks", "word"), [(0, "từ đầu tuần trước"), (1, "từ đầu tuần trước"), (2, None)])
def test_the_office_page_shows_where_replaced_posters_still_hang(officer, session, office, counter, weeks, word):
    day = local_date(clock.now()) - timedelta(weeks=weeks)
    serial = counter.addresses[-1].serial
    reissue(session, counter)
    for _ in range(12):
        count_dead_scan(session, serial, day)
    session.commit()

    text = Page(officer.get(f"/quan-tri/danh-gia/{office.slug}/quay").text).text

    said = f"12 lần {word}: hãy gỡ tờ cũ."
    assert (said in text) if word else ("Tờ cũ" not in text)


def test_one_file_holds_all_posters_of_an_office_except_closed_counters(officer, session, keyring, office, counter):
    counter.closed_on = MONDAY.date()
    session.commit()

    pdf = officer.get(f"/quan-tri/danh-gia/{office.slug}/to-treo.pdf?kho=nhan&ngon_ngu=en")

    found = [set(texts_on(page, 4)) for page in pages_of(pdf.data)]
    assert pdf.mimetype == "application/pdf"
    assert found == [{f"{HOST}{path_of(keyring, find_counter_of(session, office, at)).upper()}"} for at in (1, 3)]
    assert officer.get(f"/quan-tri/danh-gia/{office.slug}/quay/2/to-treo.pdf").status_code == 404


@pytest.mark.parametrize("query", ["kho=a3", "ngon_ngu=xx", "kho=", "kho=a4%00"])
def test_a_sheet_that_is_not_offered_is_refused(officer, office, query):
    assert officer.get(f"/quan-tri/danh-gia/{office.slug}/to-treo.pdf?{query}").status_code == 400


def test_staff_of_another_unit_find_no_counter_to_change(client, session, office):
    account = make_account(session, role=Role.MANAGER, unit=make_unit(session, name="xã Khác"))
    session.commit()
    stranger = enter(client, account)

    paths = ["to-treo.pdf", "quay/2/thay-ma", "quay/2/dong"]

    assert {stranger.get(f"/quan-tri/danh-gia/{office.slug}/{path}").status_code for path in paths} == {404}


def test_a_post_without_its_token_changes_nothing(officer, session, office, counter):
    base = f"/quan-tri/danh-gia/{office.slug}/quay/2"

    answers = [officer.post(f"{base}/{deed}", data={"replacing": 1}) for deed in ("thay-ma", "dong", "mo-lai")]

    session.expire_all()
    assert [answer.status_code for answer in answers] == [200, 200, 302]
    assert counter.is_open
    assert len(counter.addresses) == 1


@pytest.mark.both_databases
def test_the_key_of_an_answer_is_free_again_for_the_new_page(client, session, keyring, counter):
    old, key = path_of(keyring, counter), new_key()
    sent = filled(client, old, key=key)
    reissue(session, counter)

    gone = [client.post(old, data=sent) for _ in range(3)]

    assert {Page(each.text).form().value("key") for each in gone} == {key}
