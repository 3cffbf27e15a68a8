"""The template is read back: every title is recognised, its examples are clean rows, LibreOffice opens it."""

import io
import shutil
import subprocess
from datetime import timedelta

import openpyxl
import pytest

from core.sheets.cells import SheetError
from quiz.attempt.files import imports
from quiz.attempt.files.template import template_of
from tests.factories import make_contest, make_unit
from tests.support.entries import read, report

SOFFICE = shutil.which("soffice")


@pytest.fixture
def round(session):
    units = [make_unit(session, name=name) for name in ("xã Lâm Bình", "xã Thượng Lâm", "xã Bình An")]
    return make_contest(session, unit=units[0], units=units).rounds[0]


def template(session, round, **more):
    return template_of(round, list(imports.units_of(session, round).values()), **more)


def filled(data):
    """Return the template with its examples copied to the rows for entries."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row in book["Ví dụ"].iter_rows(min_row=3, values_only=True):
        book["Nhập liệu"].append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("has_score", [True, False])
def test_every_title_is_understood_and_the_examples_are_clean_rows(session, round, has_score):
    data = template(session, round, has_score=has_score)
    titles = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(data))["Nhập liệu"][1]]

    planned = report(round, data=filled(data), name="mau.xlsx")

    used = read(round, filled(data), "mau.xlsx").places
    assert sorted(used.values()) == list(range(len(titles)))
    assert (planned.new, planned.errors, planned.warnings, planned.doubts) == (3, [], [], [])


def test_an_empty_template_is_reported_to_have_no_rows(session, round):
    with pytest.raises(SheetError, match="chưa có lượt dự thi nào"):
        read(round, template(session, round), "mau.xlsx")


def test_the_units_and_the_choices_are_offered_as_lists(session, round):
    book = openpyxl.load_workbook(io.BytesIO(template(session, round)))

    lists = {str(rule.sqref)[:1]: rule.formula1 for rule in book["Nhập liệu"].data_validations.dataValidation
             if rule.type == "list"}  # fmt: skip
    shelf = book["Danh mục"]
    units = [row[3].value for row in shelf.iter_rows(min_row=3) if row[3].value]
    assert "'Danh mục'" in lists["D"]
    assert sorted(units) == ["xã Bình An", "xã Lâm Bình", "xã Thượng Lâm"]
    assert {"G", "H", "I"} <= lists.keys()


@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls", "csv:Text - txt - csv (StarCalc):59,34,76"])
def test_a_template_saved_by_libreoffice_is_read(session, round, tmp_path, ending):
    assert SOFFICE, "libreoffice-calc-nogui is in deploy/install-test-packages"
    (tmp_path / "mau.xlsx").write_bytes(filled(template(session, round)))
    folder = tmp_path / "ra"
    command = [SOFFICE, f"-env:UserInstallation=file://{tmp_path}/ho-so", "--headless", "--convert-to", ending,
               "--outdir", folder, tmp_path / "mau.xlsx"]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)

    (made,) = folder.iterdir()
    planned = report(round, data=made.read_bytes(), name=made.name)

    assert (planned.new, planned.errors, planned.doubts) == (3, [], [])


def test_a_future_round_has_a_template_too(session, round):
    assert template(session, round.contest.rounds[1])[:2] == b"PK"
    assert round.contest.rounds[1].opens_at > round.opens_at + timedelta(days=6)
