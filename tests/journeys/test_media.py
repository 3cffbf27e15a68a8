"""The system's own colours, no movement, a page on paper: what a person has set is kept."""

import pytest
from playwright.sync_api import expect

from tests.journeys.every_page import build, read_pages
from tests.journeys.steps import heading, press, register

MOVING = """() => [...document.querySelectorAll("*")].filter((each) => {
  const style = getComputedStyle(each);
  const lasts = (times) => times.split(", ").some((time) => parseFloat(time) > 0);
  const isAnimated = style.animationName !== "none" && lasts(style.animationDuration);
  return isAnimated || lasts(style.transitionDuration) || style.scrollBehavior === "smooth";
}).map((each) => each.outerHTML.slice(0, 80))"""
"""The elements that would move."""
FRAMES = """(fields) => fields.map((field) => {
  const { borderTopWidth, borderTopColor } = getComputedStyle(field.nextElementSibling ?? field.parentElement);
  return borderTopWidth + borderTopColor;
})"""
"""The frame around each choice."""
SHOWN = "(parts) => parts.filter((each) => each.checkVisibility()).map((each) => each.outerHTML.slice(0, 80))"
ON_SCREEN_ALONE = ".skip, .textsize, .language, .nav, .search, main .button"
IS_DRAWN = "(part) => getComputedStyle(part).display !== 'none' && part.getClientRects().length > 0"
IS_DARK = "() => { const [r, g, b] = getComputedStyle(document.body).color.match(/\\d+/g); return +r + +g + +b > 300 }"
"""Whether the letters are light."""


@pytest.fixture(scope="module")
def scene(villages):
    return build(villages("sqlite"))


@pytest.fixture
def paper(village, scene, page):
    """Open a paper."""
    page.goto(f"{village.url}/thi/{scene.contest}/dang-ky")
    register(page, phone="0912345671")
    press(page, "Bắt đầu làm bài")
    expect(heading(page)).to_have_text("Bài thi tuần 3")
    return page


def frames(choices):
    """Return the frames of the chosen and of the other choices."""
    drawn = choices.evaluate_all(FRAMES)
    return drawn[0], drawn[1:]


def test_a_chosen_face_has_a_frame_of_its_own_in_the_colours_of_the_system(village, scene, page):
    page.emulate_media(forced_colors="active")
    page.goto(f"{village.url}/q/{scene.counter}")
    page.locator("[name=level]").first.check()

    chosen, others = frames(page.locator("[name=level]"))

    assert len(others) == 4
    assert chosen not in others


def test_a_chosen_answer_has_a_frame_of_its_own_in_the_colours_of_the_system(paper):
    paper.emulate_media(forced_colors="active")
    answers = paper.locator("form fieldset").first.locator("[type=radio]")
    answers.first.check()

    labels = answers.locator("xpath=ancestor::label")
    drawn = labels.evaluate_all("all => all.map(each => getComputedStyle(each).borderTopWidth)")

    assert drawn[0] == "4px"
    assert "4px" not in drawn[1:]


def test_nothing_moves_for_a_person_who_asked_for_that(village, scene, page):
    page.emulate_media(reduced_motion="reduce")

    moving = {}
    for path in read_pages(scene):
        page.goto(village.url + path)
        moving[path] = page.evaluate(MOVING)

    assert {path: found for path, found in moving.items() if found} == {}


def test_a_face_moves_under_the_finger_where_movement_is_wanted(village, scene, page):
    page.emulate_media(reduced_motion="no-preference")
    page.goto(f"{village.url}/q/{scene.counter}")

    assert page.evaluate(MOVING)


def test_a_page_on_paper_is_dark_on_white_and_leaves_out_what_is_pressed(village, scene, page):
    wrong = {}
    for path in ("/", "/ket-qua/", f"/ket-qua/{scene.office}", f"/thi/{scene.contest}/bang", "/quyen-rieng-tu"):
        page.emulate_media(media="screen", color_scheme="dark")
        page.goto(village.url + path)
        assert page.evaluate(IS_DARK), path
        page.emulate_media(media="print")
        left = page.locator(ON_SCREEN_ALONE).evaluate_all(SHOWN)
        wrong[path] = [*left, *(["light letters"] if page.evaluate(IS_DARK) else [])]

    assert {path: found for path, found in wrong.items() if found} == {}


def test_a_page_on_paper_ends_with_its_address(village, page):
    page.emulate_media(media="print")

    page.goto(f"{village.url}/quyen-rieng-tu")

    assert page.locator("footer .of-page").evaluate(IS_DRAWN)
