"""Content in a further language: read with its owner, shown on pages, and Vietnamese everywhere else."""

import json

import pytest
from flask import render_template_string
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from sqlalchemy import select
from sqlalchemy.orm import aliased

from commune.models import Office
from core.content import ENGLISH, Translation, forget_texts, set_texts, text_column, texts_of_one
from core.translation import gettext
from core.values.content import Content, content_of, shown
from core.values.language import use
from survey.counter.models import Counter
from tests.factories import make_counter, make_office

NAME, ENGLISH_NAME = "Trung tâm Phục vụ hành chính công xã Lâm Bình", "Lâm Bình One-Stop Centre"


@pytest.fixture
def office(session):
    """Create an office with a name in English; its rows are read anew."""
    office = make_office(session, name=NAME)
    set_texts(session, office, ENGLISH, {"name": ENGLISH_NAME})
    id = office.id
    session.commit()
    session.expunge_all()
    return id


@pytest.fixture
def english():
    with use("en"):
        yield


def printed(source, **values):
    return render_template_string(source, **values)


@given(st.text(), st.text(min_size=1))
def test_content_is_its_vietnamese_everywhere_but_on_a_page(vietnamese, english):
    both = Content(vietnamese, english)

    assert (both == vietnamese, hash(both) == hash(vietnamese), f"{both}", str(both)) == (True, True, *[vietnamese] * 2)
    assert json.loads(json.dumps(both)) == vietnamese
    assert (shown(both), shown(vietnamese)) == (english, vietnamese)
    assert str(escape(both)) in {str(escape(english)), both.__html__()}
    assert "<" not in both.__html__() and '"' not in both.__html__()


@given(st.text(), st.sampled_from(["", None]))
def test_content_without_a_text_is_a_plain_string(vietnamese, text):
    assert type(content_of(vietnamese, text)) is str


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_name_is_read_with_its_owner_in_one_statement(session, office, count_queries, language):
    with use(language):
        name = session.get(Office, office).name

    assert (name, shown(name)) == (NAME, NAME if language == "vi" else ENGLISH_NAME)
    assert len(count_queries) == 1


@pytest.mark.usefixtures("english")
def test_names_of_an_alias_and_of_joined_rows_are_read_too(session, office):
    make_counter(session, office=session.get(Office, office), name="Đất đai")
    session.expunge_all()
    other = aliased(Office)

    [(counter, found)] = session.execute(select(Counter, other).join(other, other.id == Counter.office_id))
    [column] = session.scalars(select(text_column(Office.name)))

    assert (shown(found.name), counter.name, column) == (ENGLISH_NAME, "Đất đai", ENGLISH_NAME)
    assert not isinstance(counter.name, Content)


@pytest.mark.usefixtures("english")
def test_a_page_shows_the_text_in_its_language_and_marks_what_has_none(app, session, office):
    name = session.get(Office, office).name

    with app.test_request_context():
        assert printed("{{ name | content }}", name=name) == ENGLISH_NAME
        assert (
            printed('<b title="{{ name }}">{{ name }}</b>', name=Content("a", '<"'))
            == '<b title="&lt;&quot;">&lt;&quot;</b>'
        )
        assert printed("{{ 'Đất đai' | content }}") == '<span lang="vi">Đất đai</span>'
        assert printed("<p{{ 'Đất đai' | content_lang }}><b{{ name | content_lang }}>", name=name) == '<p lang="vi"><b>'
        assert printed("{{ _('Tuần %(number)s, %(title)s', number=2, title=name) }}", name=name).endswith(ENGLISH_NAME)
        assert gettext("Tuần %(number)s, %(title)s", number=2, title=name).endswith(ENGLISH_NAME)


def test_a_vietnamese_page_marks_nothing(app):
    with app.test_request_context():
        assert printed("{{ 'Đất đai' | content }}<p{{ 'Đất đai' | content_lang }}>") == "Đất đai<p>"


@pytest.mark.usefixtures("english")
def test_words_of_ours_are_not_marked_as_vietnamese(app):
    with app.test_request_context():
        assert printed("{{ _('Cuộc thi') | content }}") == "Contests"


@pytest.mark.usefixtures("english")
def test_a_new_name_is_stored_in_vietnamese(session, office):
    found = session.get(Office, office)
    found.host = found.name
    session.commit()

    with use("vi"):
        session.expunge_all()
        assert session.get(Office, office).host == NAME


def test_what_changes_is_named_as_the_audit_trail_names_it(session, office):
    found = session.get(Office, office)

    changes = [set_texts(session, found, ENGLISH, {"name": text}) for text in ("New", "New", "", "")]

    assert changes == [
        ({"name_en": ENGLISH_NAME}, {"name_en": "New"}),
        ({}, {}),
        ({"name_en": "New"}, {"name_en": None}),
        ({}, {}),
    ]
    assert session.scalar(select(Translation)) is None


def test_texts_of_a_row_that_goes_are_forgotten_and_others_stay(session, office):
    found, other = session.get(Office, office), make_office(session)
    counter = make_counter(session, office=other)
    for row in (other, counter):
        set_texts(session, row, ENGLISH, {"name": "Here"})

    forget_texts(session, Office, select(Office.id).where(Office.id == other.id))

    assert (texts_of_one(session, found, ENGLISH), texts_of_one(session, other, ENGLISH)) == (
        {"name": ENGLISH_NAME},
        {},
    )
    assert texts_of_one(session, counter, ENGLISH) == {"name": "Here"}
