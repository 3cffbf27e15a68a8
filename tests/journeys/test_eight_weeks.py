"""A contest of eight weeks through the pages alone: from the plan with its Word file to the certificates.

`make test-long` runs it; `PICTURES=folder` keeps a picture of each of its main steps, at 360 and at 1280 pixels.
"""

from datetime import timedelta
from xml.etree import ElementTree
from zipfile import ZipFile

import docx
import openpyxl
import pypdfium2
import pytest

from app import create_app
from bench.pictures import serving_here
from bench.showcase import standing
from core import schema
from core.settings import Settings
from core.web.extensions import db
from tests.journeys.eight_weeks import BEGIN, DOCUMENTS, OPENING, PAPERS, PEOPLE, WEEKS, Journey, write_questions
from tests.journeys.steps import PUBLIC_URL
from tests.support.office import convert


@pytest.fixture
def journey(tmp_path, sqlite_template, new_context):
    """Serve an instance without a contest, at a Monday morning."""
    app = create_app(Settings(tmp_path, f"sqlite:///{tmp_path / 'l.sqlite3'}", PUBLIC_URL, frozenset(), "Lắng Nghe"))
    with standing(BEGIN) as later, serving_here(app) as url:
        with app.app_context():
            schema.upgrade(db.engine)
        yield Journey(app, url, new_context, later, tmp_path)


def opened(file):
    """Open a file as its own library and LibreOffice do; return the words in it."""
    if file.suffix == ".csv":
        return file.read_text("utf-8-sig")
    if file.suffix == ".pdf":
        with pypdfium2.PdfDocument(file) as document:
            return "\n".join(sheet.get_textpage().get_text_range() for sheet in document)
    assert convert(file, "pdf", file.parent).read_bytes().startswith(b"%PDF")
    if file.suffix == ".xlsx":
        book = openpyxl.load_workbook(file, read_only=True)
        return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    docx.Document(str(file))
    with ZipFile(file) as parts:
        return "".join(ElementTree.fromstring(parts.read("word/document.xml")).itertext())


def hold(journey, week):
    """Hold one week: papers, close, review, calls, publication, objection, answer, final results, claims."""
    closing = OPENING + timedelta(weeks=week)
    journey.at(OPENING + timedelta(weeks=week - 1, days=3 if week > 1 else 0))
    for at in range(len(PEOPLE)):
        journey.take(at, week)
    journey.at(closing)
    journey.close_and_publish(week)
    journey.at(closing.replace(hour=12, minute=5))
    if week in (1, 3):
        journey.object(0, week)
        journey.answer(week)
    if week == 3:
        journey.mark_again(week)
    journey.at(closing + timedelta(days=2, hours=20))
    journey.finish(week)


def read_files(journey):
    """Return the words of every file of three weeks and of the whole contest."""
    whole = ["/ho-so/bao-cao-tong-ket.docx", "/ho-so/so-lieu.xlsx", "/giai-tap-the/quyet-dinh.docx"]
    paths = [f"/tuan/{week}/ho-so/{name}" for week in (1, 3, WEEKS) for name in DOCUMENTS + PAPERS]
    paths += [*whole, "/giai-tap-the/giay-chung-nhan.pdf"]
    return {path: opened(journey.download(path)) for path in paths}


def test_eight_weeks_from_the_plan_to_the_certificates(journey, tmp_path):
    write_questions(tmp_path / "Bo cau hoi.docx")
    journey.plan(tmp_path / "Bo cau hoi.docx")

    for week in range(1, WEEKS + 1):
        hold(journey, week)
    journey.give_units_their_prizes()

    texts = read_files(journey)
    assert "BIÊN BẢN" in texts["/tuan/1/ho-so/bien-ban.docx"].upper()
    assert "1.000.000" in texts["/tuan/1/ho-so/quyet-dinh.docx"]
    assert "Lâm Bình" in texts["/giai-tap-the/giay-chung-nhan.pdf"]
    assert not [path for path, text in texts.items() if "None" in text.split() and path.endswith(".docx")]
