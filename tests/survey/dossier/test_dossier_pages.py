"""The staff's pages of dossiers: figures with n, the provincial system's total, gaps, samples, and who may do what."""

import csv
from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

import core.web.importing.pages
from account.models import AuditEntry
from account.rules.permissions import Role
from core import clock
from core.commands.worker import Worker
from survey.dossier.models import Dossier, DossierSample, DrawnDossier
from survey.dossier.operations import purge_dossiers
from survey.dossier.rules.sample import draw
from tests.factories import make_office, make_unit
from tests.support.pages import Page
from tests.support.staff import desk_in, send
from tests.survey.dossier.lists import NOW, SHEET, line, listed

OCTOBER = "?ky=2026-10"


@pytest.fixture(autouse=True)
def _second_of_november(monkeypatch, app):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def office(session):
    office = make_office(session)
    session.commit()
    return office


@pytest.fixture
def home(office):
    return f"/quan-tri/danh-gia/{office.slug}/ho-so"


@pytest.fixture
def desk(app, session, office):
    return desk_in(app, session, office.unit)


def uploaded(desk, home, text=SHEET):
    return send(desk, f"{home}/nhap", sheet=(BytesIO(text.encode()), "hồ sơ tháng 10.csv")).location


def brought_in(desk, home, text=SHEET, **changes):
    review = uploaded(desk, home, text)
    form = next(each for each in Page(desk.get(review).text).forms if each.value("cot_number") is not None)
    return desk.post(review, data=MultiDict(form.filled(bring_in=1, **changes)), follow_redirects=True)


def test_the_tab_without_a_list_says_what_it_is_for(desk, home):
    assert "Chưa có danh sách hồ sơ" in desk.get(home).text


def test_the_page_shows_the_share_with_its_n_and_what_is_open(desk, home):
    brought_in(desk, home)

    page = desk.get(home + OCTOBER).text

    assert "2 trong 3 hồ sơ đã trả có ngày hẹn" in page
    assert "quá hạn 1, tính đến 31/10/2026" in page
    assert "Thiếu 3 số ở 2 chỗ" in page
    assert "H51.25-261006-" in desk.get(f"{home}/so-trong{OCTOBER}").text


def test_the_difference_from_the_provincial_system_is_shown(desk, home, session):
    brought_in(desk, home)

    send(desk, f"{home}/he-thong-tinh{OCTOBER}", returned="1.911")
    send(desk, f"{home}/he-thong-tinh{OCTOBER}", returned="1.911")

    assert "Đã trả 3, hệ thống tỉnh 1.911, lệch 1.908." in desk.get(home + OCTOBER).text
    assert "Chưa ghi số của hệ thống tỉnh" in desk.get(home + "?ky=2026-q4").text
    actions = list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)))
    assert actions == ["dossier.import", "dossier.total"]


def test_a_sample_is_drawn_once_and_can_be_drawn_again_by_its_seed(desk, home, session):
    brought_in(desk, home)

    for _ in range(2):
        drawn = send(desk, f"{home}/mau{OCTOBER}", stratified_by="channel")

    sample = session.scalars(select(DossierSample)).one()
    numbers = session.scalars(
        select(Dossier.number).join(DrawnDossier, DrawnDossier.dossier_id == Dossier.id).order_by(DrawnDossier.place)
    )
    population = [("counter", "H51.25-261005-0001"), ("online", "H51.25-261005-0002"), ("online", "H51.25-261006-0004")]
    assert [number for _, number in draw(sample.seed, population, {"counter": 1, "online": 2})] == list(numbers)
    assert sample.seed in desk.get(drawn.location).text


def test_the_list_of_a_sample_holds_no_formula(desk, home, session):
    brought_in(desk, home, listed([line("=1+1", "05/10/2026", "", "06/10/2026", procedure="@SUM(1)")]))
    page = send(desk, f"{home}/mau{OCTOBER}", stratified_by="procedure").location

    sent = desk.get(f"{page}/danh-sach.csv").data.decode("utf-8-sig")

    rows = list(csv.reader(sent.splitlines(), delimiter=";"))
    assert rows[1][:3] == ["1", "'=1+1", "'@SUM(1)"]
    assert session.scalars(select(AuditEntry.action).order_by(AuditEntry.number.desc())).first() == "dossier.export"


@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        (Role.ORGANISER, [200, 200, 200, 200]),
        (Role.MANAGER, [200, 200, 200, 403]),
        (Role.INSPECTOR, [200, 403, 403, 403]),
    ],
)
def test_each_role_does_its_part(app, session, office, home, role, statuses):
    desk = desk_in(app, session, office.unit, role)

    assert [desk.get(home + path).status_code for path in ("", "/nhap", "/he-thong-tinh", "/mau")] == statuses


def test_staff_of_another_commune_see_nothing(app, session, desk, home):
    brought_in(desk, home)
    sample = send(desk, f"{home}/mau{OCTOBER}", stratified_by="channel").location
    stranger = desk_in(app, session, make_unit(session, name="xã khác"))

    paths = (home, f"{home}/so-trong", f"{home}/nhap", f"{home}/he-thong-tinh", f"{home}/mau", sample)
    assert {stranger.get(path).status_code for path in (*paths, f"{sample}/danh-sach.csv")} == {404}


def test_a_sample_is_not_shown_below_another_office(desk, home, session, office):
    brought_in(desk, home)
    sample = send(desk, f"{home}/mau{OCTOBER}", stratified_by="channel").location
    other = make_office(session, unit=office.unit)
    session.commit()

    assert desk.get(sample.replace(office.slug, other.slug)).status_code == 404


@pytest.mark.both_databases
def test_a_large_list_becomes_a_job_with_progress(app, desk, home, session, monkeypatch):
    monkeypatch.setattr(core.web.importing.pages, "ROWS_IN_A_PAGE", 4)

    page = brought_in(desk, home)
    session.rollback()
    Worker(app).work(is_burst=True)

    assert "Nhập danh sách hồ sơ của" in page.text
    assert session.scalar(select(func.count()).select_from(Dossier)) == 5


def test_dossiers_of_three_years_ago_are_deleted_with_their_samples(desk, home, session):
    brought_in(desk, home)
    send(desk, f"{home}/mau{OCTOBER}", stratified_by="channel")

    kept, gone = purge_dossiers(session, date(2029, 10, 3)), purge_dossiers(session, date(2029, 10, 7))

    assert (kept, gone) == (0, 5)
    assert session.scalar(select(func.count()).select_from(DossierSample)) == 0
