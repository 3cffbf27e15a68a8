"""Logos of units: setting, accepted files, where they are shown, and removal."""

import io
from threading import Barrier, Thread

import pytest
from PIL import Image
from sqlalchemy import select

from account.models import AuditEntry
from account.rules.permissions import Role
from commune.models import Logo
from commune.operations.logos import set_logo
from commune.queries.logos import digest_of, logos_of
from core import clock
from core.images import redraw
from survey.counter.queries.printed import address_of
from tests.factories import make_account, make_contest, make_counter, make_office, make_unit
from tests.support import images
from tests.support.images import disc, file_of, opened, sign
from tests.support.pages import Page
from tests.support.staff import TOKEN, desk, enter, send

LIST = "/quan-tri/bieu-trung/"


@pytest.fixture(scope="module")
def green():
    return redraw(file_of(disc()))


@pytest.fixture(scope="module")
def square():
    return redraw(file_of(sign()))


@pytest.fixture
def province(session):
    return make_unit(session, name="tỉnh Tuyên Quang", kind="province")


@pytest.fixture
def commune(session, province):
    return make_unit(session, name="xã Lâm Bình", parent=province)


@pytest.fixture
def admin(session, client, province):
    account = make_account(session, role=Role.ADMINISTRATOR, unit=province)
    session.commit()
    enter(client, account)
    return account


def put(session, unit, drawn):
    set_logo(session, unit, drawn, by="account:1", now=clock.now())
    session.commit()
    return digest_of(session, unit.id)


def upload(client, unit, data, name="hinh.png"):
    return send(client, f"{LIST}{unit.id}", picture=(io.BytesIO(data), name))


def upload_heavy(client, unit, size):
    """Upload a file of *size* bytes in a body built by hand, since the test client would leave a file open."""
    token = TOKEN.search(client.get(f"{LIST}{unit.id}").text)[1]
    part = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    head = part.format("csrf_token", token) + part.format('picture"; filename="a.png', "")[:-2]
    body = head.encode() + bytes(size) + b"\r\n--x--\r\n"
    return client.post(f"{LIST}{unit.id}", data=body, content_type="multipart/form-data; boundary=x")


def address(digest):
    return f"/bieu-trung/{digest}.png"


def deeds(session):
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.number))
    return [(entry.action, entry.subject, entry.unit_id, entry.before, entry.after) for entry in entries]


def test_an_administrators_picture_becomes_the_logo_of_the_unit(session, client, admin, province):
    done = upload(client, province, images.with_notes(sign()))

    logo = session.get_one(Logo, province.id)
    assert (done.status_code, done.location) == (302, f"{LIST}{province.id}")
    assert logo.set_by == f"account:{admin.id}"
    assert opened(logo.large).info == opened(logo.small).info == {}
    assert "Đã đặt biểu trưng của tỉnh Tuyên Quang." in client.get(done.location).text
    assert deeds(session) == [
        ("logo.set", "Biểu trưng của tỉnh Tuyên Quang", province.id, "{}", f'{{"digest":"{logo.digest}"}}')
    ]


@pytest.mark.both_databases
def test_another_picture_takes_its_place_and_the_trail_has_both(session, client, admin, province, green):
    before = put(session, province, green)

    upload(client, province, file_of(sign()))

    session.expire_all()
    after = session.get_one(Logo, province.id).digest
    assert before != after
    assert deeds(session)[-1][3:] == (f'{{"digest":"{before}"}}', f'{{"digest":"{after}"}}')
    assert client.get(address(before)).status_code == 404


@pytest.mark.both_databases
def test_the_same_picture_again_changes_nothing(session, client, admin, province):
    upload(client, province, file_of(disc()))
    again = upload(client, province, file_of(disc()))

    assert again.status_code == 302
    assert len(deeds(session)) == 1


NO_PICTURES = {
    "svg": (images.SVG, "logo.svg"),
    "svg called png": (images.SVG, "logo.png"),
    "zip called png": (images.archive(), "logo.png"),
    "png and zip": (file_of(sign()) + images.archive(), "logo.png"),
    "gif with a script": (images.GIF_SCRIPT, "logo.gif"),
    "heic": (images.HEIC, "logo.heic"),
    "cut short": (file_of(Image.effect_noise((300, 200), 60))[:4000], "logo.png"),
    "400 million dots": (images.bomb(), "logo.png"),
    "an empty file": (b"", "logo.png"),
}


@pytest.mark.parametrize(("data", "name"), NO_PICTURES.values(), ids=NO_PICTURES)
def test_a_file_that_is_no_picture_gets_415_on_the_same_form_and_is_not_stored(
    session, client, admin, province, green, data, name
):
    before = put(session, province, green)

    refused = upload(client, province, data, name)

    page = Page(refused.text)
    assert refused.status_code == 415
    assert page.heading == "Biểu trưng của tỉnh Tuyên Quang"
    assert "Xin xem lại:" in page.text
    assert "Xin" in page.text.split("Xin xem lại:")[1]
    assert digest_of(session, province.id) == before
    assert deeds(session) == []


def test_no_file_is_422_and_a_heavy_one_413_each_on_the_same_form(client, admin, province):
    none = send(client, f"{LIST}{province.id}")
    heavy = upload_heavy(client, province, 4 * 1024 * 1024 + 1)

    assert (none.status_code, heavy.status_code) == (422, 413)
    assert "Xin chọn tệp hình." in none.text
    assert "Tệp nặng quá 4 MB. Xin thu nhỏ hình rồi chọn lại." in heavy.text


def test_a_body_beyond_any_picture_is_not_read(client, admin, province):
    assert upload_heavy(client, province, 6 * 1024 * 1024).status_code == 413


def test_a_form_without_its_token_sets_nothing(session, client, admin, province):
    refused = client.post(f"{LIST}{province.id}", data={"picture": (io.BytesIO(file_of(sign())), "a.png")})

    assert refused.status_code == 422
    assert digest_of(session, province.id) is None


def test_a_logo_is_removed_only_after_a_question(session, client, admin, province, commune, green, square):
    put(session, province, green)
    digest = put(session, commune, square)

    asked = client.get(f"{LIST}{commune.id}/go")
    still = digest_of(session, commune.id)
    done = send(client, f"{LIST}{commune.id}/go")

    assert "dùng biểu trưng của tỉnh Tuyên Quang" in Page(asked.text).text
    assert still == digest
    assert "Đã gỡ biểu trưng của xã Lâm Bình." in client.get(done.location).text
    assert logos_of(session, [commune.id])[commune.id].unit == "tỉnh Tuyên Quang"
    assert deeds(session)[-1][:4] == (
        "logo.remove", "Biểu trưng của xã Lâm Bình", commune.id, f'{{"digest":"{digest}"}}',
    )  # fmt: skip


@pytest.mark.both_databases
def test_the_audit_trail_shows_which_of_two_concurrent_logos_replaced_the_other(app, session, province):
    accounts = [make_account(session, role=Role.ADMINISTRATOR, unit=province) for _ in range(2)]
    session.commit()
    page, pictures, together = f"{LIST}{province.id}", [file_of(disc()), file_of(sign())], Barrier(2)
    desks, statuses = [desk(app, account) for account in accounts], []

    def put_at_once(colleague, data):
        token = TOKEN.search(colleague.get(page).text)[1]
        together.wait()
        sent = {"csrf_token": token, "picture": (io.BytesIO(data), "a.png")}
        statuses.append(colleague.post(page, data=sent).status_code)

    threads = [Thread(target=put_at_once, args=pair) for pair in zip(desks, pictures, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    session.expire_all()
    changes = [(before, after) for _, _, _, before, after in deeds(session)]
    assert statuses == [302, 302]
    assert [before for before, _ in changes] == ["{}", *(after for _, after in changes[:-1])]
    assert changes[-1][1] == f'{{"digest":"{session.get_one(Logo, province.id).digest}"}}'


def test_a_logo_that_a_colleague_removed_gets_a_message(client, admin, commune):
    page = client.get(f"{LIST}{commune.id}/go", follow_redirects=True)

    assert "đã được gỡ từ trước" in page.text


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_other_roles_can_not_set_a_logo_or_see_the_form(app, session, province, role):
    account = make_account(session, role=role, unit=province)
    session.commit()
    colleague = desk(app, account)

    statuses = {
        colleague.get(LIST).status_code,
        colleague.get(f"{LIST}{province.id}").status_code,
        colleague.post(f"{LIST}{province.id}").status_code,
        colleague.post(f"{LIST}{province.id}/go").status_code,
    }

    assert statuses == {403}


def test_a_unit_above_a_foreign_one_and_a_village_are_not_there(app, session, province, commune):
    village = make_unit(session, name="thôn 1", kind="village", parent=commune)
    account = make_account(session, role=Role.ADMINISTRATOR, unit=commune)
    session.commit()
    colleague = desk(app, account)

    statuses = [colleague.get(f"{LIST}{unit.id}").status_code for unit in (commune, province, village)]

    assert statuses == [200, 404, 404]


def test_the_list_says_whose_logo_each_unit_shows_in_few_statements(
    session, client, admin, province, commune, green, count_queries
):
    for name in ("xã Bình An", "xã Minh Quang"):
        make_unit(session, name=name, parent=province)
    put(session, province, green)
    count_queries.clear()

    text = Page(client.get(LIST).text).text

    assert "tỉnh Tuyên Quang Riêng của đơn vị" in text
    assert "xã Lâm Bình Của tỉnh Tuyên Quang" in text
    assert len(count_queries) <= 9


def test_a_commune_shows_its_own_or_that_of_the_nearest_above(session, province, commune, green, square):
    village = make_unit(session, name="thôn 1", kind="village", parent=commune)
    elsewhere = make_unit(session, name="tỉnh khác", kind="province")
    above = put(session, province, green)
    inherited = digest_of(session, village.id)
    own = put(session, commune, square)

    shown = logos_of(session, [province.id, commune.id, village.id, elsewhere.id])

    assert inherited == above
    assert {id: each.digest for id, each in shown.items()} == {province.id: above, commune.id: own, village.id: own}


def test_a_logo_is_served_as_a_picture_that_can_be_cached_forever(session, client, province, green):
    digest = put(session, province, green)

    reply = client.get(address(digest))

    assert (reply.status_code, reply.data) == (200, green.small)
    assert reply.headers["Content-Type"] == "image/png"
    assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert reply.headers["ETag"] == f'"{digest}"'
    assert "Set-Cookie" not in reply.headers
    assert len(reply.data) <= 10_500


def test_a_copy_that_is_still_right_is_not_sent_again(session, client, province, green):
    digest = put(session, province, green)

    reply = client.get(address(digest), headers={"If-None-Match": f'"{digest}"'})

    assert (reply.status_code, reply.data) == (304, b"")


@pytest.mark.parametrize("name", ["0" * 64, "0" * 63, "..%2f" * 16, "'" * 64, "\x7f" * 64])
def test_an_address_of_no_logo_is_404_and_not_kept(client, name):
    reply = client.get(f"/bieu-trung/{name}.png")

    assert reply.status_code == 404
    assert "immutable" not in reply.headers["Cache-Control"]


def test_the_rating_page_and_the_contest_page_show_the_logo_with_its_size(session, client, keyring, commune, green):
    counter = make_counter(session, office=make_office(session, unit=commune))
    contest = make_contest(session, unit=commune, weeks=1)
    digest = put(session, commune, green)
    wanted = f'<img class="logo" src="{address(digest)}" alt="" width="40" height="40">'

    pages = [client.get(rating(keyring, counter)).text, client.get(f"/thi/{contest.slug}").text]

    assert [page.count(wanted) for page in pages] == [1, 1]


def test_a_rating_page_with_an_error_shows_the_logo_too(session, client, keyring, commune, green):
    counter = make_counter(session, office=make_office(session, unit=commune))
    digest = put(session, commune, green)
    path = rating(keyring, counter)
    form = Page(client.get(path).text).form()

    wrong = client.post(path, data={name: form.values(name) for name, _ in form.pairs})

    assert wrong.status_code == 422
    assert address(digest) in wrong.text


def test_without_a_logo_no_page_requests_a_picture(session, client, keyring, commune):
    counter = make_counter(session, office=make_office(session, unit=commune))
    session.commit()

    assert "<img" not in client.get(rating(keyring, counter)).text


def test_sending_a_rating_queries_no_logo_after_the_first(session, client, keyring, commune, green, count_queries):
    counter = make_counter(session, office=make_office(session, unit=commune))
    put(session, commune, green)
    path, sent = rating(keyring, counter), []
    for _ in range(2):
        form = Page(client.get(path).text).form()
        count_queries.clear()
        sent.append(client.post(path, data={name: form.values(name) for name, _ in form.pairs} | {"level": "4"}))

    assert [reply.status_code for reply in sent] == [201, 201]
    assert not any("commune_logo" in statement for statement in count_queries)


def rating(keyring, counter):
    return f"/q/{address_of(keyring, counter)}"
