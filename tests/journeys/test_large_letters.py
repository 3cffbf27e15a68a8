"""Numbers of a board in large letters: each on one line, and whole."""

from pathlib import Path
from types import SimpleNamespace

import pytest

PARTS = ("tokens", "base", "components", "public", "charts", "board")
NUMBERS = ".plate strong, .race .rk, .race .mv, .race .val"
BROKEN = """(numbers) => [...document.querySelectorAll(numbers)].filter((each) => {
  const words = document.createRange();
  words.selectNodeContents(each);
  const name = each.matches(".mv, .rk") && each.parentElement.querySelector(".nm").getBoundingClientRect();
  const tops = [...words.getClientRects()].filter(({ width }) => width > 1).map(({ bottom }) => Math.round(bottom / 8));
  const box = words.getBoundingClientRect();
  const block = (each.closest(".blk") ?? document.body).getBoundingClientRect();
  const isCut = box.left < block.left || box.right > block.right || box.top < block.top - 8;
  return isCut || new Set(tops).size > 1 || (name && box.right > name.left && box.top < name.bottom);
}).map((each) => each.className + each.textContent)"""
"""The numbers that break, are cut off or lie over the name beside them."""


def row(rank: int) -> SimpleNamespace:
    value = ("1.750", "10,9", "10,4")[rank % 3]
    return SimpleNamespace(
        rank=rank,
        short="Thượng Lâm",
        value=value,
        moved=12 - rank,
        width=50,
        is_mine=False,
        unit_id=rank,
        villages=(),
        people=149,
        turns=344,
        headcount=14300,
    )


def board(app) -> str:
    """Return a board of twelve units, with the sheets of its page."""
    page = SimpleNamespace(order="dan", shows_turns=True, moves=True, is_bare=False)
    sheets = "".join(Path(app.static_folder, "css", f"{each}.css").read_text() for each in PARTS)
    with app.test_request_context():
        cloth = app.jinja_env.get_template("quiz/boards/_cloth.html").make_module()
        parts = cloth.podium([row(1), row(2), row(3)], "người trên 1.000 dân") + cloth.race(
            [*map(row, range(1, 13))], page
        )
    return (
        f'<!doctype html><html lang="vi"><style>{sheets}</style><body class="reads"><main class="page">{parts}</main>'
    )


@pytest.mark.parametrize("width", [320, 360])
def test_no_number_of_a_board_breaks_however_large_the_letters(village, page, width):
    page.set_viewport_size({"width": width, "height": 740})
    page.set_content(board(village.app))
    page.evaluate("document.querySelectorAll('.visually-hidden').forEach((each) => each.remove())")

    for size in range(5):
        page.evaluate(f"document.documentElement.dataset.size = {size}")
        assert page.evaluate(BROKEN, NUMBERS) == [], f"at size {size}"
        assert page.evaluate("document.documentElement.scrollWidth") == width
