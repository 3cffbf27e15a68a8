"""The English of a contest's title, host, prizes and rounds: typed when it is added or corrected, shown in English."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from account.models import AuditEntry
from core import clock
from core.content import Translation
from core.values.week import local_date, monday_of
from quiz.contest.queries import list_contests
from tests.factories import make_account, make_unit
from tests.support.staff import enter, send

LIST = "/quan-tri/cuoc-thi"
WORDS = {
    "title": "Tìm hiểu cải cách",
    "organiser": "Ban Tổ chức xã",
    "title_en": "Know the Reform",
    "organiser_en": "Commune Organising Committee",
    "prizes_en": "Giải Vàng = Gold prize",
    "rounds_en": "Vòng loại = Qualifying round",
}


@pytest.fixture
def unit(session, client):
    """Create a commune and sign in its organiser."""
    unit = make_unit(session)
    account = make_account(session, unit=unit)
    session.commit()
    enter(client, account)
    return unit


def answers(unit, **changes):
    first = monday_of(local_date(clock.now())) + timedelta(weeks=1)
    days = {"opens": first, "closes": first + timedelta(days=4), "results": first + timedelta(days=6)}
    row = {"rounds-0-name": "Vòng loại", **{f"rounds-0-{at}_day": f"{day}" for at, day in days.items()}}
    return (
        WORDS
        | row
        | {
            "unit": unit.id,
            "preset": "lam-binh",
            "schedule": "bang",
            "limit_minutes": 15,
            "units": [unit.id],
            "tiers": "Giải Vàng: 1\nGiải Nhì: 2",
        }
        | changes
    )


def texts(session):
    query = select(Translation.kind, Translation.field, Translation.text)
    return {(kind, field): text for kind, field, text in session.execute(query)}


@pytest.fixture
def contest(session, client, unit):
    reply = send(client, f"{LIST}/them", **answers(unit))
    assert reply.status_code == 302
    return list_contests(session)[0]


def test_a_new_contest_has_its_english_from_the_same_form(session, contest):
    assert texts(session) == {
        ("quiz_contest", "title"): "Know the Reform",
        ("quiz_contest", "organiser"): "Commune Organising Committee",
        ("quiz_contest", "prizes"): "Giải Vàng = Gold prize",
        ("quiz_round", "name"): "Qualifying round",
    }


def test_the_public_page_in_english_shows_them_and_marks_what_has_none(session, client, contest):
    contest.is_draft = False
    page = f"/thi/{contest.slug}"
    session.commit()

    session.expire_all()
    english = client.get(f"{page}?lang=en").text
    session.expire_all()
    vietnamese = client.get(page).text

    for words in ("Know the Reform", "Commune Organising Committee.", "Gold prize", "Second prize", "Qualifying round"):
        assert (words, words in english, words in vietnamese) == (words, True, False)
    assert "Giải Vàng" in vietnamese and "Giải Vàng" not in english


def test_the_form_shows_them_again_and_the_trail_names_what_changed(session, client, contest):
    page = f"{LIST}/{contest.slug}/sua"
    assert "Giải Vàng = Gold prize" in client.get(page).text and "Vòng loại = Qualifying round" in client.get(page).text

    changes = {"prizes_en": "", "rounds_en": "Vòng loại = Heats", "drops": ""}
    assert send(client, page, **answers(contest.unit, **changes)).status_code == 302

    newest = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert newest.changes == [
        ("prizes_en", "Giải Vàng = Gold prize", None),
        ("rounds_en", "Vòng loại = Qualifying round", "Vòng loại = Heats"),
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"prizes_en": "Giải Đồng = Bronze"}, "“Giải Đồng” không có ở phần tiếng Việt. Các tên ở đó: Giải Vàng"),
        ({"rounds_en": "Chung kết = Final"}, "“Chung kết” không có ở phần tiếng Việt. Các tên ở đó: Vòng loại."),
        ({"tiers": "giải gì", "prizes_en": "Giải Đồng = Bronze"}, "Dòng “giải gì”"),
    ],
)
def test_a_name_that_is_not_in_the_vietnamese_is_asked_for_again(session, client, unit, changes, words):
    reply = send(client, f"{LIST}/them", **answers(unit, **changes))

    assert reply.status_code == 422 and list_contests(session) == []
    assert words in reply.text
    assert next(iter(changes.values())).split("=")[0] in reply.text


def test_a_deleted_draft_leaves_no_texts(session, client, contest):
    send(client, f"{LIST}/{contest.slug}/xoa", sure="y")

    assert list_contests(session) == [] and texts(session) == {}
