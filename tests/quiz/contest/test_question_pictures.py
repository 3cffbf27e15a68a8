"""Pictures of questions: taken in the bank's page and from files, secret until the round opens."""

import io
import re
from base64 import b64encode
from dataclasses import replace
from datetime import date, timedelta

import docx
import pytest
from PIL import Image
from sqlalchemy import select

from account.operations.audit import SYSTEM
from core import clock
from core.images import WebPicture
from quiz.attempt.documents import PaperHeading, PrintedPaper, papers_pdf
from quiz.attempt.operations.trial import begin_trial
from quiz.attempt.queries.paper import AskedQuestion, Paper, PaperPicture, find_paper
from quiz.bank.files.export import questions_docx
from quiz.bank.files.formats import read_questions_file
from quiz.bank.forms import pictures
from quiz.bank.models import Question, QuestionPicture, QuestionRevision
from quiz.bank.rules.parsed import ParsedChoice, ParsedQuestion, PictureRef
from quiz.bank.rules.text_form import questions_as_text
from quiz.contest.operations.contest import set_questions
from quiz.contest.operations.pictures import delete_unused_pictures, store_picture
from quiz.contest.operations.questions import QuestionText, parsed_of, text_of
from quiz.contest.queries.bank import list_bank
from quiz.contest.queries.pictures import find_asked_picture, find_bank_picture
from quiz.contest.rules.schedule import SETTLING
from quiz.results.operations.closing import rank_round
from tests.factories import MONDAY, make_account, make_attempt, make_contest, this_monday
from tests.support.images import SVG, file_of, sign
from tests.support.papers import begin, register
from tests.support.staff import enter, send

ALT = "Biển báo tròn viền đỏ"
FIELDS = {"text": "Biển này có nghĩa gì?", "choice_a": "Cấm", "choice_b": "Chỉ dẫn", "right": ["A"]}
WEBP = file_of(sign(), "WEBP", lossless=True)


@pytest.fixture
def contest(session):
    return make_contest(session, questions=0, weeks=2, first_day=date(2100, 1, 4))


@pytest.fixture
def client(app, session, contest):
    account = make_account(session, unit=contest.unit)
    session.commit()
    return enter(app.test_client(), account)


@pytest.fixture
def digest(session):
    return store_picture(session, WebPicture(WEBP, 300, 200), today=date(2100, 1, 1))


def asked(digest):
    held = (("", PictureRef(digest, ALT)), ("B", PictureRef(digest, "Biển vuông")))
    return QuestionText("Biển này?", (("A", "Cấm", True), ("B", "", False)), pictures=held)


def upload(client, contest, **files):
    page = f"/quan-tri/cuoc-thi/{contest.slug}/cau-hoi/them"
    sent = {name: (io.BytesIO(data), "anh.jpg") for name, data in files.items() if isinstance(data, bytes)}
    typed = {name: value for name, value in files.items() if not isinstance(value, bytes)}
    return send(client, page, **FIELDS, **typed, **sent)


def test_a_photo_is_stored_upright_and_without_what_else_is_in_it(session, contest, client):
    photo = Image.new("RGB", (40, 20), "white")
    exif = photo.getexif()
    exif[0x0112], exif[0x010F] = 6, "Máy của Lan"

    upload(client, contest, image_cau=file_of(photo, "JPEG", exif=exif), alt_cau=ALT)

    revision = session.scalars(select(QuestionRevision)).one()
    stored = session.get(QuestionPicture, revision.image)
    assert (revision.image_alt, stored.width, stored.height) == (ALT, 20, 40)
    assert b"Lan" not in stored.data and b"EXIF" not in stored.data.upper()


def test_a_refused_file_loses_neither_words_nor_accepted_pictures(session, contest, client):
    page = upload(client, contest, image_cau=file_of(sign()), alt_cau=ALT, image_b=SVG, alt_b="Hình b")

    assert (page.status_code, session.scalars(select(Question)).all()) == (422, [])
    kept = session.scalars(select(QuestionPicture.digest)).one()
    assert all(each in page.text for each in ("Chỉ nhận hình PNG", ALT, kept, FIELDS["text"], "Hình b"))


def test_a_picture_needs_words(contest, client):
    page = upload(client, contest, image_cau=file_of(sign()))

    assert (page.status_code, "Xin ghi hình có gì" in page.text) == (422, True)


def test_a_picture_of_another_bank_is_not_taken_by_its_digest(session, contest, client, digest):
    other = make_contest(session, questions=0, weeks=1, first_day=date(2100, 1, 4))
    set_questions(session, other.rounds[0], [asked(digest)], now=MONDAY)

    session.commit()
    upload(client, contest, held_cau=digest, alt_cau=ALT)

    (each,) = list_bank(session, contest)
    assert each.revision.image is None
    assert client.get(f"/quan-tri/cuoc-thi/{contest.slug}/cau-hoi/hinh/{digest}.webp").status_code == 404


@pytest.mark.parametrize(("opens", "is_draft", "status"), [(-1, False, 200), (1, False, 404), (-1, True, 404)])
def test_the_public_gets_a_picture_once_its_round_is_open(app, session, contest, digest, opens, is_draft, status):
    round = contest.rounds[0]
    set_questions(session, round, [asked(digest)], now=MONDAY)
    round.opens_at, contest.is_draft = clock.now() + timedelta(days=opens), is_draft
    session.commit()

    reply = app.test_client().get(f"/thi/{contest.slug}/hinh/{digest}.webp")

    assert reply.status_code == status
    if status == 200:
        assert (reply.data, reply.mimetype) == (WEBP, "image/webp")
        assert reply.headers["Cache-Control"] == "private, max-age=31536000, immutable"


def test_papers_hold_the_pictures_with_their_size_and_words(session, contest, digest):
    round = contest.rounds[0]
    set_questions(session, round, [asked(digest)], now=MONDAY)

    (question,) = find_paper(session, round.id, round.paper_version).questions
    turned = question.arranged(1, "BA")

    assert question.pictures[""] == (digest, ALT, 300, 200)
    assert (turned.picture_of("A").alt, turned.picture_of("B")) == ("Biển vuông", None)


def test_a_copy_asks_with_the_same_pictures(session, contest, digest):
    set_questions(session, contest.rounds[0], [asked(digest)], now=MONDAY)
    first = contest.rounds[0].questions[0].revision

    set_questions(session, contest.rounds[1], [text_of(first)], now=MONDAY)

    assert text_of(contest.rounds[1].questions[0].revision).words == asked(digest).words


def test_pictures_that_no_question_holds_go_after_two_days(session, contest):
    stem, choice, free, young, again = (
        store_picture(session, WebPicture(WEBP + bytes([at]), 300, 200), today=date(2100, 1, 3 if at == 3 else 1))
        for at in range(5)
    )
    store_picture(session, WebPicture(WEBP + bytes([4]), 300, 200), today=date(2100, 1, 3))
    held = (("", PictureRef(stem, ALT)), ("B", PictureRef(choice, ALT)))
    set_questions(session, contest.rounds[0], [replace(asked(stem), pictures=held)], now=MONDAY)

    delete_unused_pictures(session, date(2100, 1, 4))

    assert set(session.scalars(select(QuestionPicture.digest))) == {stem, choice, young, again}


@pytest.mark.parametrize("place", ["", "B"])
def test_a_picture_is_shown_where_a_round_of_this_contest_asks_it(session, contest, digest, place):
    held = ((place, PictureRef(digest, ALT)),)
    set_questions(session, contest.rounds[0], [replace(asked(digest), pictures=held)], now=MONDAY)
    other = make_contest(session, questions=1, weeks=1, unit=contest.unit, first_day=date(2100, 1, 4))
    now = contest.rounds[0].opens_at

    assert find_asked_picture(session, contest, digest, now).digest == digest
    assert find_asked_picture(session, contest, digest, now - timedelta(milliseconds=1)) is None
    assert find_asked_picture(session, other, digest, now) is None


def test_a_contest_that_was_called_off_or_rehearses_shows_no_picture_of_its_rounds(session, contest, digest):
    set_questions(session, contest.rounds[0], [asked(digest)], now=MONDAY)
    opened = contest.rounds[0].opens_at
    contest.called_off_at, contest.called_off_why = opened, "Trùng cuộc thi của tỉnh"

    assert find_asked_picture(session, contest, digest, opened + timedelta(days=1)) is None
    contest.called_off_at = opened + timedelta(hours=1)
    assert find_asked_picture(session, contest, digest, opened + timedelta(days=1)) is not None
    contest.called_off_at, contest.called_off_why, contest.is_draft = None, "", True
    assert find_asked_picture(session, contest, digest, opened + timedelta(days=1)) is None


def test_a_picture_of_the_units_own_bank_is_shown_to_each_of_its_contests(session, contest, digest):
    other = make_contest(session, questions=0, weeks=1, unit=contest.unit, first_day=date(2100, 1, 4))
    set_questions(session, other.rounds[0], [asked(digest)], now=MONDAY)
    question = other.rounds[0].questions[0].revision.question

    assert find_bank_picture(session, contest, digest) is None
    question.contest_id, question.unit_id = None, contest.unit_id
    assert find_bank_picture(session, contest, digest).digest == digest


def test_a_file_of_many_megabytes_is_refused_before_it_is_read(contest, client, monkeypatch):
    monkeypatch.setattr(pictures, "LARGEST_PICTURE", 100)

    page = upload(client, contest, image_cau=file_of(sign()), alt_cau=ALT)

    assert (page.status_code, "Tệp nặng quá 12 MB" in page.text) == (422, True)


def test_editing_the_text_of_a_round_keeps_its_pictures(session, contest, client, digest):
    set_questions(session, contest.rounds[0], [asked(digest)], now=MONDAY)
    text = questions_as_text([parsed_of(contest.rounds[0].questions[0].revision)])

    session.commit()
    send(client, f"/quan-tri/cuoc-thi/{contest.slug}/tuan/1/cau-hoi", text=text.replace("Biển này", "Biển kia"))

    session.expire_all()
    revision = contest.rounds[0].questions[0].revision
    assert (revision.text, text_of(revision).pictures) == ("Biển kia?", asked(digest).pictures)


def word(alt):
    document = docx.Document()
    document.add_paragraph("Câu 1. Biển này?").add_run().add_picture(io.BytesIO(file_of(sign())))
    for properties in document.element.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    ):
        properties.set("descr", alt)
    for line in ("A. Cấm", "B. Chỉ dẫn", "Đáp án: A"):
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_pictures_of_a_word_file_are_taken_after_their_words(session, contest, client):
    page = f"/quan-tri/cuoc-thi/{contest.slug}/cau-hoi/nhap"
    read = send(client, page, sheet=(io.BytesIO(word("")), "de.docx")).headers["Location"]
    shown = client.get(read)
    mark = session.scalars(select(QuestionPicture.digest)).one()[:16]

    assert "chưa có lời mô tả" in shown.text and list_bank(session, contest) == []
    send(client, read, **{f"hinh-{mark}": ALT, "mode": "cuoc-thi", "bring_in": "1"})

    (each,) = list_bank(session, contest)
    assert (each.revision.image[:16], each.revision.image_alt) == (mark, ALT)


def test_a_word_export_holds_its_pictures_and_reads_back():
    image = PictureRef("a" * 64, ALT)
    choices = (ParsedChoice("A", "Cấm", True), ParsedChoice("B", "", image=image))
    made = questions_docx([ParsedQuestion("Biển này?", choices, image=image)], {"a" * 64: WEBP})

    read = read_questions_file(made, "de.docx")

    (question,) = read.parsed.questions
    assert (question.text, question.image.alt, question.choices[1].image.alt) == ("Biển này?", ALT, ALT)
    assert (question.key, len(read.pictures)) == (frozenset("A"), 1)


@pytest.mark.parametrize("shuffles", [False, True])
def test_a_paper_shows_each_picture_in_its_choice_with_its_size(app, session, keyring, digest, shuffles):
    round = make_contest(session, first_day=this_monday(), shuffles=shuffles).rounds[0]
    set_questions(session, round, [asked(digest)], now=round.opens_at - timedelta(days=1))
    session.commit()

    page = begin(app.test_client(), round, register(session, keyring, round))

    own, of_choice = re.findall(r'<img class="pic" src="([^"]+)" alt="([^"]+)" width="300" height="200"', page)
    assert (own[1], of_choice[1]) == (ALT, "Biển vuông")
    assert own[0] == of_choice[0] == f"/thi/{round.contest.slug}/hinh/{digest}.webp"
    assert re.search(r"<b>[AB]</b> <span>\s*<img", page)


def test_printed_sheets_hold_the_pictures(digest):
    picture = PaperPicture(digest, ALT, 300, 200)
    question = AskedQuestion(
        "1",
        1,
        "Biển này?",
        (("A", "Cấm"), ("B", "")),
        frozenset("A"),
        False,
        "AB",
        pictures={"": picture, "B": picture},
    )
    heading = PaperHeading("Cuộc thi", "Xã", "tuần 1", "", "")

    made = papers_pdf(heading, [PrintedPaper(1, "https://a.vn/1", Paper(1, (question,)))], {digest: WEBP})

    assert (made.count(b"/Subtype /Image"), b"/Width 300" in made) == (1, True)


MOODLE = """<?xml version="1.0" encoding="UTF-8"?><quiz><question type="multichoice">
<questiontext format="html">
<text><![CDATA[<p>Biển này?</p><img src="@@PLUGINFILE@@/bi%E1%BB%83n.png" alt="{alt}">]]></text>
<file name="biển.png" encoding="base64">{file}</file></questiontext>
<answer fraction="100"><text>Cấm</text></answer>
<answer fraction="0" format="html">
<text><![CDATA[<img src="data:image/png;base64,{file}" alt="Biển vuông">]]></text></answer>
</question></quiz>"""


def test_pictures_of_a_moodle_file_come_into_the_bank(session, contest, client):
    file = MOODLE.format(alt=ALT, file=b64encode(file_of(sign())).decode())
    page = f"/quan-tri/cuoc-thi/{contest.slug}/cau-hoi/nhap"
    read = send(client, page, sheet=(io.BytesIO(file.encode()), "de.xml")).headers["Location"]

    send(client, read, mode="cuoc-thi", bring_in="1")

    (each,) = list_bank(session, contest)
    stored = session.scalars(select(QuestionPicture.digest)).one()
    held = (("", PictureRef(stored, ALT)), ("B", PictureRef(stored, "Biển vuông")))
    assert (each.revision.text, text_of(each.revision).pictures) == ("Biển này?", held)


def test_a_trial_asks_with_the_pictures_and_keeps_them(session, contest, digest):
    set_questions(session, contest.rounds[0], [asked(digest)], now=MONDAY)
    trial = begin_trial(session, SYSTEM, contest, now=MONDAY)
    session.flush()

    delete_unused_pictures(session, date(2100, 2, 1))

    (question,) = trial.rounds[0].questions
    assert text_of(question.revision).pictures == asked(digest).pictures
    assert session.get(QuestionPicture, digest) is not None


def test_the_keys_and_the_remark_of_a_closed_round_show_pictures(app, session, keyring, digest):
    round = make_contest(session, questions=0, weeks=1).rounds[0]
    set_questions(session, round, [asked(digest)], now=round.opens_at - timedelta(days=1))
    make_attempt(session, keyring, round, correct=0)
    rank_round(session, round, now=round.closes_at + SETTLING)
    account = make_account(session, unit=round.contest.unit)
    session.commit()
    client = enter(app.test_client(), account)
    page = f"/quan-tri/cuoc-thi/{round.contest.slug}/tuan/1"

    for shown in (client.get(f"{page}/cham-lai").text, client.get(f"{page}/cham-lai/1").text):
        assert re.findall(r'<img class="pic" src="[^"]+" alt="([^"]+)"', shown) == [ALT, "Biển vuông"]
    assert "B. Biển vuông" in client.get(f"{page}/cham-lai/1").text
