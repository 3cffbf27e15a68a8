"""The English names of offices and counters: typed by staff, in the trail, on citizens' pages in English."""

import pytest
from sqlalchemy import select

from account.models import AuditEntry
from account.operations.audit import TERMINAL
from account.rules.permissions import Role
from commune.models import Office
from core import clock
from core.content import ENGLISH, set_texts, texts_of_one
from survey.counter.models import Counter
from survey.counter.operations.counters import rename_counter
from survey.counter.operations.offices import correct_office
from survey.counter.queries.printed import address_of
from survey.figures.queries.office_search import search_offices
from tests.factories import make_account, make_counter, make_office, make_unit
from tests.support.pages import Page
from tests.support.staff import enter, send

STAFF = "/quan-tri/danh-gia"


@pytest.fixture
def counter(session, client):
    """Create a counter of xã Lâm Bình and sign in its officer."""
    unit = make_unit(session)
    made = make_counter(session, office=make_office(session, unit=unit), name="Đất đai")
    account = make_account(session, role=Role.MANAGER, unit=unit)
    session.commit()
    enter(client, account)
    return made


@pytest.fixture
def path(keyring, counter):
    return f"/q/{address_of(keyring, counter)}"


def names(session, row):
    return texts_of_one(session, row, ENGLISH)


def deeds(session):
    return [(entry.action, entry.changes) for entry in session.scalars(select(AuditEntry))]


def words(office):
    return {"name": office.name, "host": office.host, "hotline": "", "networks": ""}


def name_office(session, office):
    """Name *office* "Centre" in English."""
    correct_office(session, TERMINAL, office, words(office), english={"name": "Centre"}, now=clock.now())
    session.commit()


def test_an_english_name_of_an_office_is_kept_shown_again_and_in_the_trail(session, client, counter):
    office = counter.office
    page = f"{STAFF}/{office.slug}/sua"

    sent = send(client, page, **words(office), name_en="Lâm Bình One-Stop Centre")

    assert sent.status_code == 302
    assert names(session, office) == {"name": "Lâm Bình One-Stop Centre"}
    assert deeds(session) == [("office.edit", [("name_en", None, "Lâm Bình One-Stop Centre")])]
    assert '<details class="english" open>' in client.get(page).text
    assert 'value="Lâm Bình One-Stop Centre"' in client.get(page).text


def test_the_same_english_name_changes_nothing_and_a_blank_one_takes_it_away(session, client, counter):
    page = f"{STAFF}/{counter.office.slug}/quay/2/sua"
    for text in ("Land", "Land", ""):
        send(client, page, name="Đất đai", name_en=text)

    assert names(session, counter) == {}
    assert deeds(session) == [
        ("counter.edit", [("name_en", None, "Land")]),
        ("counter.edit", [("name_en", "Land", None)]),
    ]


def test_a_mistake_elsewhere_keeps_what_was_typed_in_english(client, counter):
    reply = send(client, f"{STAFF}/{counter.office.slug}/quay/2/sua", name="", name_en="Land")

    assert reply.status_code == 422
    assert 'value="Land"' in reply.text and '<details class="english" open>' in reply.text


def test_the_form_holds_the_vietnamese_on_an_english_page(session, client, counter):
    send(client, f"{STAFF}/{counter.office.slug}/quay/2/sua", name="Đất đai", name_en="Land")

    page = client.get(f"{STAFF}/{counter.office.slug}/quay/2/sua?lang=en").text

    assert 'name="name"' in page and 'value="Đất đai"' in page and 'value="Land"' in page


def test_a_folded_part_is_closed_where_nothing_was_typed(client, counter):
    assert '<details class="english">' in client.get(f"{STAFF}/{counter.office.slug}/sua").text


@pytest.mark.parametrize("has_names", [False, True])
def test_a_rating_page_in_english_shows_the_names_for_one_statement(
    session, client, counter, path, count_queries, has_names, monkeypatch
):
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)  # what is kept for a second is kept
    client.get(f"{path}?lang=en")
    if has_names:
        rename_counter(session, TERMINAL, counter, "Đất đai", english={"name": "Land"}, now=clock.now())
        name_office(session, counter.office)
    count_queries.clear()

    page = client.get(f"{path}?lang=en")
    asked = [statement for statement in count_queries if "core_data_version.name = ?" not in statement[:200]]

    assert (">Counter 2: Land</b> Centre</h1>" in page.text) is has_names
    assert len(asked) == has_names, count_queries
    assert "Land" not in client.get(path).text and "Đất đai" in client.get(path).text


@pytest.mark.parametrize("first", ["vi", "en"])
def test_the_thanks_name_the_place_in_the_language_of_the_page(session, client, counter, path, first):
    set_texts(session, counter, ENGLISH, {"name": "Land"})
    session.commit()
    other = {"vi": "en", "en": "vi"}[first]

    for language in (first, other):
        page = client.get(f"{path}?lang={language}").text
        said = client.post(f"{path}?lang={language}", data=dict(Page(page).form().filled(level="5"))).text
        assert ("Land" in said, "Đất đai" in said) == ((True, False) if language == "en" else (False, True))


def test_public_pages_of_the_office_show_its_english_name_unmarked(session, client, counter):
    address = f"/ket-qua/{counter.office.slug}"
    marked = client.get(f"{address}?lang=en").text
    name_office(session, counter.office)

    page = client.get(f"{address}?lang=en").text

    assert "Centre" in page and "Centre" not in marked
    session.expire_all()
    assert "Centre" not in client.get(address).text


def test_a_new_office_and_its_first_counter_have_their_english_from_the_same_form(session, client, counter):
    unit = counter.office.unit
    typed = {"name": "Bộ phận Một cửa", "host": "Hội đồng nhân dân tỉnh", "hotline": ""}
    english = {"name_en": "One-Stop Desk", "host_en": "Provincial People’s Council"}

    made = send(client, f"{STAFF}/them", unit=unit.id, **typed, **english)
    address = made.location.split("?")[0]
    send(client, f"{address.removesuffix('/quay')}/quay/them", number=1, name="Hộ tịch", name_en="Civil status")

    office = session.scalar(select(Office).where(Office.name == "Bộ phận Một cửa"))
    assert names(session, office) == {"name": "One-Stop Desk", "host": "Provincial People’s Council"}
    [first] = session.scalars(select(Counter).where(Counter.office_id == office.id))
    assert names(session, first) == {"name": "Civil status"}
    assert deeds(session)[0] == (
        "office.create",
        [("host_en", None, "Provincial People’s Council"), ("name_en", None, "One-Stop Desk")],
    )


def test_a_rating_page_in_english_names_the_host_in_english(session, client, counter, path):
    office = counter.office
    assert f'<span lang="vi">{office.host}</span>' in client.get(f"{path}?lang=en").text
    correct_office(session, TERMINAL, office, words(office), english={"host": "People’s Council"}, now=clock.now())
    session.commit()

    assert "Survey run by People’s Council" in client.get(f"{path}?lang=en").text
    assert "People’s Council" not in client.get(path).text


@pytest.mark.parametrize("typed", ["one-stop", "CENTRE lam", "trung tam"])
def test_an_office_is_found_by_its_english_name(session, client, counter, typed):
    office = counter.office
    correct_office(session, TERMINAL, office, words(office), english={"name": "Lâm One-Stop Centre"}, now=clock.now())
    session.commit()

    found = search_offices(session, typed).offices
    everywhere = client.get("/quan-tri/tim/", query_string={"tim": typed}).text

    assert found == [office]
    assert f"/quan-tri/danh-gia/{office.slug}" in everywhere


def test_the_datalist_of_an_english_page_has_the_english_name_too(session, client, counter):
    name_office(session, counter.office)
    session.expire_all()

    for page in ("/?lang=en", "/ket-qua/?lang=en"):
        assert '<option value="Centre">' in client.get(page).text
        session.expire_all()
    assert '"Centre"' not in client.get("/").text
