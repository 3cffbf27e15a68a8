"""Names in sheets that are not the name of one person."""

import pytest

from core.importing.rows import name_issue


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Nguyễn Văn An và Trần Thị Bình", "nhiều người"),
        ("Lò An và Bình", "nhiều người"),
        ("LÒ THỊ AN VÀ LÒ VĂN BÌNH", "nhiều người"),
        ("Ông Lò Văn An", "danh xưng “Ông”"),
        ("Đồng chí Lò Thị An", "danh xưng “Đồng chí”"),
        ("UBND xã Mẫu", "không phải tên người"),
        ("Không tên", "không phải tên người"),
    ],
)
def test_a_name_of_several_people_or_of_none_has_an_issue(name: str, said: str) -> None:
    assert said in (name_issue(name) or "")


@pytest.mark.parametrize("name", ["Thào A Và", "Và Thị Mỷ", "Vừ Và Dế", "Ông Văn Tùng", "Ông Thị Kim Ngân", "Lò Anh"])
def test_a_rare_name_has_no_issue(name: str) -> None:
    assert name_issue(name) is None
