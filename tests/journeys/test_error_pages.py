"""Error pages lead back to the counter, to the contest's organisers, or to one's own administrator."""

import pytest
from playwright.sync_api import expect

PAPER = "Điền phiếu giấy tại quầy"
ORGANISERS = "Gọi Ban Tổ chức theo số ghi trên trang cuộc thi."
ADMINISTRATOR = "Vẫn chưa được thì báo người quản trị của đơn vị."


@pytest.mark.parametrize(
    ("path", "advice"),
    [
        ("/q/khong-co", PAPER),
        ("/Q/KHONG-CO", PAPER),
        ("/ket-qua/khong-co", PAPER),
        ("/thi/khong-co", ORGANISERS),
        ("/quan-tri/khong-co", ADMINISTRATOR),
        ("/khong-co", None),
    ],
)
def test_another_way_suits_the_place(village, page, path, advice):
    page.goto(village.url + path)

    main = page.get_by_role("main")
    for words in (PAPER, ORGANISERS, ADMINISTRATOR):
        expect(main.get_by_text(words)).to_have_count(int(words == advice))
