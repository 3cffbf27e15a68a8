"""The pages of jobs show one's own and those of one's units, and build nothing from a header."""

import io
import re
import uuid
import zipfile
from dataclasses import replace

import pytest
from flask import g
from flask.testing import FlaskClient
from sqlalchemy import select

from account.rules.permissions import Role
from core import clock
from core.commands.worker import Worker
from core.crypto import unseal
from core.jobs import Job, JobOutcome, Order, enqueue, queue
from core.jobs.handlers import BACK
from core.messages.models import Message
from tests.factories import make_account, make_counter, make_office, make_unit
from tests.support.staff import enter, send

EVIL = {"X-Forwarded-Host": "localhost", "X-Forwarded-For": "6.6.6.6", "Forwarded": "host=evil.example;for=6.6.6.6"}


@pytest.fixture
def commune(session):
    unit = make_unit(session)
    session.commit()
    return unit


class Apart(FlaskClient):
    """A browser among others, without the signed-in account of the previous request."""

    def open(self, *args, **kwargs):
        for name in ("_login_user", "csrf_token"):
            g.pop(name, None)
        return super().open(*args, **kwargs)


def signed_in(app, session, unit, role=Role.MANAGER):
    account = make_account(session, role=role, unit=unit)
    session.commit()
    return enter(Apart(app, app.response_class), account), account


def ask(session, keyring, account, *, unit=None, title="Nhập phiếu"):
    order = Order("k", title, f"account:{account.id}", unit_id=unit.id if unit else None)
    id = enqueue(session, keyring, order, now=clock.now())
    session.commit()
    return id


def work(app, **handlers):
    app.extensions["jobs"].update(handlers)
    Worker(app).work(is_burst=True)


def test_a_list_holds_only_ones_own_jobs(app, session, keyring, commune):
    mine, me = signed_in(app, session, commune)
    _, other = signed_in(app, session, commune)
    ask(session, keyring, me, title="Việc của tôi", unit=commune)
    ask(session, keyring, other, title="Việc của người khác", unit=commune)

    page = mine.get("/quan-tri/viec").text

    assert "Việc của tôi" in page
    assert "Việc của người khác" not in page


def test_an_inspector_sees_the_jobs_of_their_units_and_can_not_touch_them(app, session, keyring, commune):
    _, owner = signed_in(app, session, commune)
    inspector, _ = signed_in(app, session, commune, Role.INSPECTOR)
    foreign, _ = signed_in(app, session, make_unit(session, name="xã Thượng Lâm"), Role.INSPECTOR)
    id = ask(session, keyring, owner, unit=commune, title="Nhập phiếu xã Lâm Bình")

    assert "Nhập phiếu xã Lâm Bình" in inspector.get("/quan-tri/viec").text
    assert inspector.get(f"/quan-tri/viec/{id}").status_code == 200
    assert inspector.get(f"/quan-tri/viec/{id}/ket-qua").status_code == 404
    assert send(inspector, "/quan-tri/", f"/quan-tri/viec/{id}/huy").status_code == 404
    assert foreign.get(f"/quan-tri/viec/{id}").status_code == 404
    assert foreign.get(f"/quan-tri/viec/{id}/tien-do.json").status_code == 404


def test_the_pages_require_signing_in(client):
    for path in ("", f"/{uuid.uuid4()}", f"/{uuid.uuid4()}/tien-do.json", f"/{uuid.uuid4()}/ket-qua"):
        assert client.get(f"/quan-tri/viec{path}").status_code == 401


def test_a_waiting_job_is_cancelled_from_its_page(app, session, keyring, commune):
    mine, me = signed_in(app, session, commune)
    id = ask(session, keyring, me)

    send(mine, f"/quan-tri/viec/{id}", f"/quan-tri/viec/{id}/huy")

    page = mine.get(f"/quan-tri/viec/{id}").text
    assert "Đã hủy, chưa có gì thay đổi." in page
    assert "Hủy việc này" not in page
    assert 'http-equiv="refresh"' not in page


def test_a_running_job_shows_its_progress_with_and_without_scripts(app, session, keyring, commune):
    mine, me = signed_in(app, session, commune)
    id = ask(session, keyring, me)
    claimed = queue.claim(session, keyring, ["k"], clock.now())
    queue.renew(session, id, claimed.token, clock.now(), done=1500, total=6000, word="dòng")
    session.commit()

    page, progress = mine.get(f"/quan-tri/viec/{id}").text, mine.get(f"/quan-tri/viec/{id}/tien-do.json").json

    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    assert "Đang thực hiện: 1.500 trên 6.000 dòng" in page
    assert 'value="25"' in page
    assert progress == {"is_over": False, "percent": 25, "words": "Đang thực hiện: 1.500 trên 6.000 dòng"}


def test_a_failed_job_shows_the_remedy(app, session, keyring, commune):
    mine, me = signed_in(app, session, commune)
    id = ask(session, keyring, me)
    claimed = queue.claim(session, keyring, ["k"], clock.now())
    queue.fail(session, id, claimed.token, clock.now(), "Bảng có <b>dòng</b> hỏng. Hãy sửa.")
    session.commit()

    page = mine.get(f"/quan-tri/viec/{id}").text

    assert "Bảng có &lt;b&gt;dòng&lt;/b&gt; hỏng. Hãy sửa." in page


def test_only_the_owner_downloads_the_result_of_a_job(app, session, keyring, commune, tmp_path):
    mine, me = signed_in(app, session, commune)
    other, _ = signed_in(app, session, commune)
    id, content = ask(session, keyring, me), b"%PDF" + bytes(700_000)
    (tmp_path / "f").write_bytes(content)
    work(app, k=lambda _: JobOutcome("Xong.", tmp_path / "f", "tờ treo Lâm Bình.pdf", "application/pdf"))

    reply = mine.get(f"/quan-tri/viec/{id}/ket-qua")

    assert reply.data == content
    assert reply.headers["Content-Disposition"] == "attachment; filename=to-treo-lam-binh.pdf"
    assert reply.headers["Cache-Control"] == "no-store"
    assert other.get(f"/quan-tri/viec/{id}/ket-qua").status_code == 404


def test_posters_of_a_province_are_drawn_by_the_worker_into_one_archive(app, session, keyring, tmp_path):
    province = make_unit(session, name="tỉnh Tuyên Quang", kind="province")
    offices = [
        make_office(session, unit=make_unit(session, name=f"xã {name}", parent=province), name=f"Trung tâm xã {name}")
        for name in ("Lâm Bình", "Thượng Lâm", "Hồng Quang")
    ]
    for office in offices:
        make_counter(session, office=office)
    foreign = make_counter(session, office=make_office(session, name="Trung tâm nơi khác"))
    mine, _ = signed_in(app, session, province)

    reply = send(mine, "/quan-tri/danh-gia/to-treo", unit=str(province.id), find="lâm", sheet="a4", language="en")
    work(app)

    page = mine.get(reply.headers["Location"]).text
    names = archive(mine, page).namelist()
    assert "Tờ treo A4 của 2 cơ quan" in page
    assert "Đã tạo tờ treo của 2 cơ quan" in page
    assert names == [f"{office.slug}-a4-en.pdf" for office in offices[:2]]
    assert foreign.office.slug not in str(names)
    assert list((app.extensions["settings"].instance_path / "jobs").iterdir()) == []


def archive(client, page):
    link = re.search(r'href="([^"]+/ket-qua)"', page)
    return zipfile.ZipFile(io.BytesIO(client.get(link[1]).data))


def test_posters_drawn_before_the_worker_died_are_not_drawn_again(app, session, keyring, commune, monkeypatch):
    for _ in range(3):
        make_counter(session, office=make_office(session, unit=commune))
    mine, _ = signed_in(app, session, commune)
    reply = send(mine, "/quan-tri/danh-gia/to-treo", unit="all", find="", sheet="a4", language="vi")
    drawn = []
    work(app, **{"survey.posters": dying_after(app, drawn, 2)})

    session.rollback()
    session.execute(Job.__table__.update().values(due_at=clock.now()))
    session.commit()
    work(app)

    page = mine.get(reply.headers["Location"]).text
    assert drawn == [True, True]
    assert len(archive(mine, page).namelist()) == 3
    assert "Đã xong" in page


def dying_after(app, drawn, count):
    """Make the real handler fail after *count* files, once."""
    import survey.counter.jobs

    real = survey.counter.jobs.draw_all

    def handler(task):
        def watched(*args, **kwargs):
            for was_drawn in real(*args, **kwargs):
                drawn.append(was_drawn)
                yield was_drawn
                if len(drawn) == count:
                    raise OSError

        survey.counter.jobs.draw_all = watched
        try:
            return survey.counter.jobs.draw_posters(task)
        finally:
            survey.counter.jobs.draw_all = real
            app.extensions["jobs"]["survey.posters"] = survey.counter.jobs.draw_posters

    return handler


def test_a_job_that_is_over_leads_its_owner_back_to_where_it_was_asked_for(app, session, commune):
    make_counter(session, office=make_office(session, unit=commune))
    mine, _ = signed_in(app, session, commune)
    reply = send(mine, "/quan-tri/danh-gia/to-treo", unit="all", find="", sheet="a4", language="vi")

    before = mine.get(reply.location).text
    work(app)
    session.rollback()

    way_on = '<a class="button second" href="/quan-tri/danh-gia/to-treo">Quay lại trang vừa làm</a>'
    assert way_on not in before
    assert way_on in mine.get(reply.location).text


def test_the_way_back_is_for_the_owner_alone(app, session, keyring, commune):
    mine, me = signed_in(app, session, commune)
    inspector, _ = signed_in(app, session, commune, Role.INSPECTOR)
    order = Order("k", "Nhập phiếu", f"account:{me.id}", commune.id, {BACK: "/quan-tri/danh-gia"})
    id = enqueue(session, keyring, order, now=clock.now())
    session.commit()
    work(app, k=lambda _: JobOutcome("Xong."))

    pages = [each.get(f"/quan-tri/viec/{id}").text for each in (mine, inspector)]

    assert ['class="button" href="/quan-tri/danh-gia"' in page for page in pages] == [True, False]


def test_posters_without_an_open_counter_are_explained_at_the_field(app, session, commune):
    mine, _ = signed_in(app, session, commune)

    reply = send(mine, "/quan-tri/danh-gia/to-treo", unit="all", find="không có", sheet="a4", language="vi")

    assert reply.status_code == 422
    assert "không có cơ quan nào có quầy đang mở" in reply.text


def test_a_foreign_unit_is_no_choice(app, session, commune):
    province = make_unit(session, name="tỉnh Hà Giang", kind="province")
    make_counter(session, office=make_office(session, unit=province))
    mine, _ = signed_in(app, session, commune)

    reply = send(mine, "/quan-tri/danh-gia/to-treo", unit=str(province.id), find="", sheet="a4", language="vi")

    assert reply.status_code == 422
    assert session.scalar(select(Job.id)) is None


def test_a_requested_letter_links_to_the_public_address(app, session, keyring, commune):
    app.extensions["settings"] = replace(app.extensions["settings"], mail_url="smtp://127.0.0.1:9")
    make_counter(session, office=make_office(session, unit=commune))
    mine, me = signed_in(app, session, commune)

    send(mine, "/quan-tri/danh-gia/to-treo", unit="all", find="", sheet="a4", language="vi", tell="1")
    work(app)

    session.rollback()
    message = session.scalars(select(Message)).one()
    content = unseal(keyring.key("message"), message.sealed, about=message.id.bytes)
    assert f'"to": "{me.email}"' in content
    assert "http://lang-nghe.example/quan-tri/viec/" in content


@pytest.mark.parametrize("path", ["/quan-tri/viec", "/quan-tri/viec/{id}", "/quan-tri/danh-gia/to-treo"])
def test_no_page_is_built_from_a_request_header(app, session, keyring, commune, path):
    mine, me = signed_in(app, session, commune)
    id = ask(session, keyring, me)

    page = mine.get(path.format(id=id), headers=EVIL)
    foreign = mine.get(path.format(id=id), headers={"Host": "evil.example"})
    forwarded = mine.get(path.format(id=id), headers={"X-Forwarded-Host": "evil.example"})

    assert page.status_code == 200
    assert "evil" not in page.text
    assert "6.6.6.6" not in page.text
    assert (foreign.status_code, forwarded.status_code) == (400, 400)


def test_the_daily_duties_run_once_whichever_worker_is_first(app, session):
    for _ in range(2):
        Worker(app).work(is_burst=True)

    daily = session.scalars(select(Job).where(Job.kind == "core.daily")).all()
    assert [(job.state, job.attempts) for job in daily] == [("done", 1)]
    assert "Bản trả lời đã gửi, giữ để bấm gửi hai lần chỉ tính một: đã xóa 0." in daily[0].said


def test_duties_that_failed_today_are_not_asked_for_again_today(app, session, monkeypatch):
    monkeypatch.setitem(session.info["duties"], "daily", (lambda *_: 1 / 0,))
    Worker(app).work(is_burst=True)
    session.execute(Job.__table__.update().values(state="failed"))
    session.commit()

    Worker(app).work(is_burst=True)

    assert len(session.scalars(select(Job)).all()) == 1
