"""Unexpected names, numbers and text are stored as text, normalised, or refused."""

import unicodedata

import pytest
from sqlalchemy import select

from core.crypto import new_key
from core.values.text import clean
from quiz.attempt.models import Attempt
from quiz.contest.models import Contest, Participant
from quiz.results.queries.result import contacts_of
from survey.rating.models import Rating

pytestmark = pytest.mark.both_databases

NASTY = [
    "<script>alert(1)</script>",
    "{{7*7}} ${7*7} <%= 7*7 %>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "' OR 1=1; DROP TABLE survey_rating; --",
    "=HYPERLINK(\"http://evil.example\")",
    "</textarea><script>alert(1)</script>",
    "\u202egnud\u202c 👩‍👩‍👧 H̴̢̛e",
]  # fmt: skip


@pytest.mark.parametrize("level", ["0", "6", "-1", "1e9", "NaN", "", " ", "null", "5.0", "9" * 5000, "<script>"])
def test_a_rating_outside_the_five_levels_is_refused_and_kept(served, visitor, level):
    form, before = served.rating_form(visitor), served.count(Rating)

    answer = visitor.post(served.rating, form.filled(level=level, comment="Tốt <script>"))

    assert answer.status == 422
    assert answer.page.form().value("comment") == "Tốt <script>"
    assert answer.page.form().value("key") == form.value("key")
    assert level or "Ông/bà chưa chọn mức nào. Xin chọn một trong năm mức." in answer.text
    assert served.count(Rating) == before


def test_a_fullwidth_five_is_five(served, visitor):
    answer = visitor.post(served.rating, served.rating_form(visitor).filled(level="５"))

    assert answer.status == 201
    assert served.find_rating(answer.receipt).level == 5


@pytest.mark.parametrize("reason", ["nope", "<script>", "speed' OR 1=1"])
def test_a_reason_that_is_not_on_the_page_is_refused(served, visitor, reason):
    answer = visitor.post(served.rating, served.rating_form(visitor).filled(level=5, reasons=reason, comment="Giữ"))

    assert answer.status == 422
    assert (answer.page.form().value("level"), answer.page.form().value("comment")) == ("5", "Giữ")


def test_a_comment_too_long_is_refused_and_kept(served, visitor):
    answer = visitor.post(served.rating, served.rating_form(visitor).filled(level=5, comment="ế" * 1001))

    assert answer.status == 422
    assert answer.page.form().value("comment") == "ế" * 1001
    assert "1000" in answer.text


@pytest.mark.parametrize("text", NASTY)
def test_a_comment_is_kept_as_text_and_shown_as_text(served, visitor, text):
    form = served.rating_form(visitor)
    refused = visitor.post(served.rating, form.filled(level="", comment=text))

    stored = visitor.post(served.rating, refused.page.form().filled(level=5))

    assert refused.page.form().value("comment") == clean(text)
    assert "<script>alert" not in refused.html
    assert served.find_rating(stored.receipt).comment == clean(text)


@pytest.mark.parametrize("guess", ["-1", "-99999999999", "1" + "0" * 30, "10000001"])
def test_a_guess_out_of_bounds_is_refused_with_the_bounds(served, visitor, guess):
    slug = served.new_contest()
    paper = served.begin(visitor, slug)

    answer = visitor.post(paper.action, paper.filled(q1="B", guess=guess))

    kept = answer.page.form("nop-bai")
    assert answer.status == 422
    assert "từ 0 đến 10.000.000" in answer.text
    assert (kept.value("q1"), kept.value("guess")) == ("B", guess)
    assert served.attempts(slug, Attempt.submitted_at.is_not(None)) == []


@pytest.mark.parametrize("guess", ["", " ", "\u200b", "nhiều", "1e3", "NaN", "12.5", "9" * 100_000, "<script>"])
def test_a_guess_that_is_no_number_is_refused_and_kept(served, visitor, guess):
    paper = served.begin(visitor, served.lam_binh)

    answer = visitor.post(paper.action, paper.filled(q1="B", guess=guess))

    assert answer.status == 422
    assert answer.page.form("nop-bai").value("q1") == "B"
    assert answer.page.form("nop-bai").value("guess").strip(" \u200b") == guess.strip(" \u200b")


@pytest.mark.parametrize(("guess", "read"), [("1.480", 1480), ("４８０", 480), (" 0 ", 0), ("10 000 000", 10_000_000)])
def test_a_guess_as_people_write_numbers_is_read(served, visitor, guess, read):
    slug = served.new_contest()
    paper = served.begin(visitor, slug)

    answer = visitor.post(paper.action, paper.filled(guess=guess))

    assert answer.status == 201
    with served.session() as session:
        assert [attempt.sheet.guess for attempt in map(session.merge, served.attempts(slug))] == [read]


NAMES = {
    "NFD": unicodedata.normalize("NFD", "Nguyễn Thị Thúy"),
    "zero width": "Ngu\u200byễn\u2060 Văn\ufeff A",
    "right to left": "\u202eNguyễn\u202c Văn\u200f B",
    "emoji": "Lò Văn Páo 🌸👩‍🌾",
    "one letter": "Ý",
    "Ê Đê": "H'Bĭa Êñuôl Mlô",
    "Mông": "Giàng A Páo 𖬌𖬣𖬵",
    "apostrophe": "H’Hen Niê O'Brien",
}
STORED = NAMES | {
    "NFD": "Nguyễn Thị Thúy",
    "zero width": "Nguyễn Văn A",
    "right to left": "Nguyễn Văn B",
    "emoji": "Lò Văn Páo",
}
"""The same names as they are stored, in NFC."""
ODD_NAMES = {
    "<script>alert(1)</script> Hạ": "Họ và tên chỉ gồm chữ cái. Xin bỏ “&lt;”.",
    "{{7*7}} Sùng": "Họ và tên chỉ gồm chữ cái. Xin bỏ “{”.",
    "=HYPERLINK Tẩn": "Họ và tên chỉ gồm chữ cái. Xin bỏ “=”.",
    "Nguyễn Văn Mẫu.": "Họ và tên chỉ gồm chữ cái. Xin bỏ “.”.",
    "Nguyễn-Văn Mẫu": "Họ và tên chỉ gồm chữ cái. Xin bỏ “-”.",
    "Nguyễn Văn Mẫu 2": "Họ và tên chỉ gồm chữ cái. Xin bỏ “2”.",
    "Nguyễn Văn \u0410n": "Chữ “\u0410” không phải chữ Latinh, dù trông giống. Xin gõ lại chữ này.",
}


def register(visitor, slug, **facts):
    path = f"/thi/{slug}/dang-ky"
    known = {"name": "Ma Thị Hoa", "phone": "0356000001", "birth_year": 1970, "consent": "y"}
    form = visitor.get(path).page.form()
    return visitor.post(path, form.filled(**(known | {"key": new_key()} | facts)))


def contacts(served, slug):
    with served.session() as session:
        query = select(Participant).join(Contest).where(Contest.slug == slug).order_by(Participant.registered_at)
        return list(contacts_of(session, served.keyring, list(session.scalars(query))).values())


@pytest.mark.parametrize("kind", NAMES)
def test_any_name_with_a_letter_is_taken_and_normalised(served, visitor, kind):
    slug = served.new_contest()

    answer = register(visitor, slug, name=NAMES[kind])

    assert answer.status == 201
    assert [each.name for each in contacts(served, slug)] == [STORED[kind]]
    assert "\u202e" not in answer.html


@pytest.mark.parametrize("kind", NAMES)
def test_a_name_is_shown_again_as_text(served, visitor, kind):
    answer = register(visitor, served.lam_binh, name=NAMES[kind], birth_year="", phone="<b>09")

    kept = answer.page.form()
    assert answer.status == 422
    assert (kept.value("name"), kept.value("phone")) == (STORED[kind], "<b>09")


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_character_that_no_name_has_is_named_and_not_stored(served, visitor, name):
    slug = served.new_contest()

    answer = register(visitor, slug, name=name)

    assert (answer.status, contacts(served, slug)) == (422, [])
    assert ODD_NAMES[name] in answer.html
    assert answer.page.form().value("name") == name
    assert "<script>alert" not in answer.html


def test_a_full_date_of_birth_gives_its_year(served, visitor):
    assert register(visitor, served.new_contest(), birth_year="1/1/1990").status == 201


def test_an_unreadable_year_of_birth_is_explained_in_its_own_words(served, visitor):
    answer = register(visitor, served.lam_binh, birth_year="lâu rồi")

    assert "Năm sinh chưa đúng: xin ghi bốn chữ số, ví dụ 1990." in answer.text


@pytest.mark.parametrize("name", ["", " ", "\u200b\u202e", "🌸", "123", "-", "a" * 101])
def test_a_name_without_letters_or_end_is_refused(served, visitor, name):
    assert register(visitor, served.lam_binh, name=name).status == 422


PHONES = ["+84356111222", "84356111222", "0356 111 222", "0356.111.222", "０３５６１１１２２２", "(0356) 111-222"]


def test_every_way_of_writing_a_phone_is_one_number(served, visitor):
    slug = served.new_contest(people_per_phone=len(PHONES))

    answers = [register(visitor, slug, phone=phone, name="Ma Thị Hoa") for phone in PHONES]

    assert [answer.status for answer in answers] == [201] + [409] * (len(PHONES) - 1)
    assert {each.phone for each in contacts(served, slug)} == {"0356111222"}


@pytest.mark.parametrize(
    "phone", ["", " ", "123", "0156111222", "+1 202 555 0100", "abc", "0" * 5000, "9.1E99", "' OR 1=1"]
)
def test_a_text_that_is_no_phone_number_is_refused_and_stays_in_the_form(served, visitor, phone):
    answer = register(visitor, served.lam_binh, phone=phone)

    assert answer.status == 422
    assert answer.page.form().value("phone") == phone.strip()


@pytest.mark.parametrize(
    "year", ["", " ", "\u200b", "0", "-1964", "1e3", "99", "1" + "0" * 30, "2999", "1964.5", "abc"]
)
def test_a_birth_year_that_cannot_be_is_refused(served, visitor, year):
    slug = served.new_contest()

    answer = register(visitor, slug, birth_year=year)

    assert answer.status == 422
    assert contacts(served, slug) == []


@pytest.mark.parametrize("unit", ["", "0", "-1", "abc", "9" * 40, None])
def test_a_unit_that_may_not_enter_is_refused(served, visitor, unit):
    answer = register(visitor, served.lam_binh, unit=unit)

    assert answer.status == 422
    assert answer.page.form().value("name") == "Ma Thị Hoa"
