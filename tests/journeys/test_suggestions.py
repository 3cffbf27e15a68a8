"""The search for a place suggests names however their accents are typed."""

import pytest

from tests.factories import make_office, make_unit

NAMES = "() => [...document.querySelectorAll('datalist option')].map(({ value }) => value.replace('xã ', ''))"
LABELLED = """() => [...document.querySelectorAll("option[label]")].map(({ value, label }) =>
  [value.replace("xã ", ""), label.replace("xa ", "")])"""


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("lam bi", [["Lâm Bình", "lam binh"]]),
        ("DAC L", [["Đắc Lâm", "dac lam"]]),
        ("Lâm", []),  # the browser finds it by itself
        ("", []),
    ],
)
@pytest.mark.parametrize("path", ["/", "/ket-qua/"])
def test_a_name_is_suggested_without_its_accents(village, page, path, typed, found):
    with village.session() as session:
        for name in ("xã Lâm Bình", "xã Đắc Lâm"):
            make_office(session, unit=make_unit(session, name=name), name=f"Một cửa {name}")
    page.goto(village.url + path)

    page.locator("#tim").fill(typed)

    assert {"Lâm Bình", "Đắc Lâm"} <= set(page.evaluate(NAMES))
    assert page.evaluate(LABELLED) == found
