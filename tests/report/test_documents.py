"""The processing record and the breach checklist, filled in from this installation."""

import io

import docx
import pytest

from account.rules.permissions import Role
from core import retention
from tests.factories import make_account, make_contest
from tests.support.office import convert
from tests.support.staff import enter


@pytest.fixture
def desk(client, session):
    make_contest(session)
    account = make_account(session, role=Role.ADMINISTRATOR)
    session.commit()
    return enter(client, account)


def words(document):
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(paragraphs + cells)


@pytest.mark.parametrize(
    ("name", "title"),
    [("ho-so-xu-ly", "HỒ SƠ XỬ LÝ DỮ LIỆU CÁ NHÂN"), ("su-co", "PHIẾU XỬ LÝ SỰ CỐ LỘ, MẤT DỮ LIỆU CÁ NHÂN")],
)
def test_a_document_is_laid_out_as_offices_do(desk, name, title):
    document = docx.Document(io.BytesIO(desk.get(f"/quan-tri/luu-giu/{name}.docx").data))

    section, text = document.sections[0], words(document)
    edges = (section.page_width, section.page_height, section.left_margin, section.top_margin, section.right_margin)
    assert [round(edge.mm) for edge in edges] == [210, 297, 30, 20, 15]
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert title in text
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Nơi nhận:" in text


def test_the_record_holds_every_rule_of_retention(app, session, desk):
    text = words(docx.Document(io.BytesIO(desk.get("/quan-tri/luu-giu/ho-so-xu-ly.docx").data)))

    rules = retention.rules(session)
    assert [rule.code for rule in rules if str(rule.kind) not in text or str(rule.period) not in text] == []
    assert "Tìm hiểu cải cách hành chính" in text


def test_the_checklist_knows_the_72_hours(desk):
    text = words(docx.Document(io.BytesIO(desk.get("/quan-tri/luu-giu/su-co.docx").data)))

    assert "Thông báo trong 72 giờ" in text


def test_libreoffice_opens_it(desk, tmp_path):
    file = tmp_path / "ho-so.docx"
    file.write_bytes(desk.get("/quan-tri/luu-giu/ho-so-xu-ly.docx").data)

    assert convert(file, "pdf", tmp_path).read_bytes()[:5] == b"%PDF-"
