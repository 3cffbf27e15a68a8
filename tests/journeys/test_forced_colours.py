"""Chosen fields and drawn figures stay visible under forced colours."""

import pytest

from tests.journeys.every_page import build
from tests.journeys.steps import press, register

BORDER = "(each) => getComputedStyle(each).borderTopWidth + ' ' + getComputedStyle(each).borderTopColor"
DRAWN = """(marks) => [...document.querySelectorAll(marks)].filter((each) => {
  const box = each.getBoundingClientRect(), { fill, stroke, fillOpacity } = getComputedStyle(each);
  const paper = getComputedStyle(document.body).backgroundColor;
  return box.width * box.height > 0 && [fill, stroke].some((colour) => colour !== 'none' && colour !== paper);
}).length"""
"""The number of *marks* with a size and a colour that is not the paper's."""


@pytest.fixture(scope="module")
def scene(villages):
    return build(villages("sqlite"))


@pytest.fixture(autouse=True)
def forced(page):
    page.emulate_media(forced_colors="active")


def test_a_chosen_face_has_another_border_than_the_rest(village, scene, page):
    page.goto(f"{village.url}/q/{scene.counter}")
    page.get_by_label("Hài lòng", exact=True).check()

    borders = page.locator(".face label").evaluate_all(f"(all) => all.map({BORDER})")
    assert [borders.count(each) for each in borders] == [4, 1, 4, 4, 4]


def test_a_chosen_answer_has_another_border_than_the_rest(village, scene, page):
    page.goto(f"{village.url}/thi/{scene.contest}/dang-ky")
    register(page, name="Lý Thị Mẩy")
    press(page, "Bắt đầu làm bài")
    page.get_by_role("radio").first.check()

    question = page.locator("form fieldset").first
    borders = question.locator(".opt").evaluate_all(f"(all) => all.map({BORDER})")
    assert borders.count(borders[0]) == 1
    assert len(set(borders[1:])) == 1


@pytest.mark.parametrize(
    ("path", "marks"),
    [
        ("/thi/{contest}/tuan/1", ".qbars rect"),
        ("/ket-qua/{office}", "main svg :is(rect, path, circle)"),
    ],
)
def test_bars_keep_their_colours(village, scene, page, path, marks):
    page.goto(village.url + path.format(**scene._asdict()))

    assert page.locator(marks).count() > 0
    assert page.evaluate(DRAWN, marks) > 0


def test_the_week_that_is_shown_is_marked(village, scene, page):
    page.goto(f"{village.url}/thi/{scene.contest}/bang?tuan=1&xep=nguoi")

    outlines = page.locator(".seg a").evaluate_all("(all) => all.map((each) => getComputedStyle(each).outlineStyle)")
    assert "solid" in outlines
    assert "none" in outlines
