"""The measures that every page is held to find what they look for."""

import pytest

from tests.support.looks import faults, violations


def body(page, text, head=""):
    page.set_content(f'<html lang="vi"><title>x</title>{head}<main><h1>x</h1>{text}</main></html>')


def test_axe_is_awake(page):
    body(page, '<p style="color:#ccc">mờ quá</p><img src="x">')

    assert sorted(each.split(":")[0] for each in violations(page)) == ["color-contrast", "image-alt"]


def test_a_page_that_is_too_wide_is_found(page):
    body(page, '<p style="width:350px">x</p>')

    assert faults(page) == ["38 px too wide at 320 px"]


@pytest.mark.parametrize(
    ("width", "found"),
    [("10rem", []), ("12rem", ["with letters of 200 %"]), ("17rem", ["with A+ to the end", "with letters of 200 %"])],
)
def test_a_page_that_is_too_wide_only_in_large_letters_is_found(page, width, found):
    sheet = "html { font-size: 100% } html[data-size='4'] { font-size: 150% } body { margin: 0 }"
    body(page, f'<p style="width:{width}">x</p>', f"<style>{sheet}</style>")

    assert [fault.partition("wide ")[2] for fault in faults(page)] == found


def test_a_colour_that_is_too_faint_only_in_the_dark_is_found(page):
    faint = "@media (prefers-color-scheme: dark) { p { color: #333; background: #222 } }"
    body(page, "<p>mờ</p>", f"<style>{faint}</style>")

    assert [fault.split(":")[:2] for fault in faults(page)] == [["dark", " color-contrast"]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<button style="width:50px;height:43px">Gửi</button>', ["Gửi is only 50 x 43 px"]),
        ('<button style="width:50px;height:44px">Gửi</button>', []),
        ('<p><a href="#" style="display:block;width:50px;height:23px">Xem</a></p>', ["Xem is only 50 x 23 px"]),
        ('<p>Xin đọc <a href="#">điều này</a> trước.</p>', []),
        ('<label style="display:block;width:60px;height:44px"><input type="checkbox">Có</label>', []),
        ('<label><input type="checkbox" name="co">Có</label>', ["co is only"]),
    ],
)
def test_a_target_that_is_too_small_to_press_is_found(page, text, found):
    body(page, text)

    seen = [fault for fault in faults(page) if "is only" in fault]
    assert len(seen) == len(found)
    assert all(each.startswith(start) for each, start in zip(seen, found, strict=True))
