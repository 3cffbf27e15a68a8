"""The search for a place suggests names however their accents are typed."""

from tests.factories import make_office, make_unit

NAMES = "() => [...document.querySelectorAll('datalist option')].map(({ value }) => value.replace('xã ', ''))"
LABELLED = """() => [...document.querySelectorAll("option[label]")].map(({ value, label }) =>
  [value.replace("xã ", ""), label.replace("xa ", "")])"""
FOUND = {
    "lam th": [["Lâm Thao", "lam thao"]],
    "DAC L": [["Đắc Lâm", "dac lam"]],
    "Lâm": [],  # the browser finds it by itself
    "": [],
}


def test_a_name_is_suggested_without_its_accents(village, page):
    with village.session() as session:
        for name in ("xã Lâm Thao", "xã Đắc Lâm"):
            make_office(session, unit=make_unit(session, name=name), name=f"Một cửa {name}")

    for path in ("/", "/ket-qua/"):
        page.goto(village.url + path)
        assert set(page.evaluate(NAMES)) >= {"Lâm Thao", "Đắc Lâm"}
        for typed, found in FOUND.items():
            page.locator("#tim").fill(typed)
            assert page.evaluate(LABELLED) == found
