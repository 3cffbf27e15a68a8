"""The index of all pictures: a part per door of the product, a row per scene, and the problems at its head."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, field

DOORS = {
    "danh-gia": "Người dân đánh giá",
    "ket-qua": "Trang chủ và kết quả đánh giá",
    "cuoc-thi": "Người dự thi",
    "bang": "Bảng xếp hạng, kết quả tuần, hội trường",
    "chung": "Đăng nhập, quyền riêng tư, lỗi",
    "to-chuc": "Ban Tổ chức",
    "phe-duyet": "Người phê duyệt",
    "co-quan": "Cán bộ một cửa",
    "giam-sat": "Người giám sát",
    "quan-tri": "Người quản trị",
    "giay": "Tờ in",
    "buoc": "Từng bước",
}
"""The doors by the name that `--doors` takes, with their titles, in the order of the index."""
ACCOUNTS = {
    "organiser": "to-chuc",
    "newcomer": "to-chuc",
    "approver": "phe-duyet",
    "new_approver": "phe-duyet",
    "officer": "co-quan",
    "new_officer": "co-quan",
    "commune": "co-quan",
    "inspector": "giam-sat",
}
NAMES = (
    ("danh-gia", ("cham", "ma-da-", "quay-da-", "tra-cuu-danh-gia", "dien-tap-cham", "bieu-trung-cham")),
    ("ket-qua", ("trang-chu", "cac-co-quan", "so-lieu", "so-sanh")),
    ("bang", ("bang", "ket-qua-tuan", "tuan-", "hoi-truong")),
    (
        "cuoc-thi",
        (
            "cuoc-thi",
            "dang-ky",
            "da-",
            "vao-thi",
            "phieu-giay",
            "bai-thi",
            "giu-lai",
            "tra-cuu-thi",
            "ket-qua-c",
            "quyen-cua-toi",
            "dien-tap",
            "khoe",
            "xn-",
            "sua-",
            "bieu-trung-cuoc-thi",
        ),
    ),
    ("buoc", ("buoc-",)),
)
"""Scenes of pages that need no account, by how their names begin."""


@dataclass
class SceneRow:
    """A scene with its pictures, those of a language beside each other."""

    name: str
    title: str
    door: str
    files: dict[str, list[str]] = field(default_factory=dict)


def door_of(name: str, account: str) -> str:
    """Return the door through which a scene is reached."""
    if account:
        return ACCOUNTS.get(account, "quan-tri")
    return next((door for door, begins in NAMES if name.startswith(begins)), "chung")


def index(rows: Sequence[SceneRow], problems: Sequence[str]) -> str:
    """Return the index as HTML."""
    doors = [(door, title, [row for row in rows if row.door == door]) for door, title in DOORS.items()]
    filled = [each for each in doors if each[2]]
    links = "".join(f'<a href="#{door}">{title} ({len(found)})</a> ' for door, title, found in filled)
    parts = [f'<h2 id="{door}">{title}</h2>{"".join(map(_row, found))}' for door, title, found in filled]
    return "".join([_HEAD, _problems(problems), f"<nav>{links}</nav>", *parts])


def _problems(problems: Sequence[str]) -> str:
    if not problems:
        return "<p>Không có trang nào quá rộng, không có mã kịch bản nào lỗi.</p>"
    lines = "".join(f"<li>{html.escape(problem)}</li>" for problem in problems)
    return f'<section class="problems"><h2>Cần sửa ({len(problems)})</h2><ol>{lines}</ol></section>'


def _row(row: SceneRow) -> str:
    strips = "".join(_strip(language, files) for language, files in row.files.items())
    return (
        f'<section id="canh-{row.name}"><h3>{html.escape(row.title)} <small>{row.name}</small></h3>{strips}</section>'
    )


def _strip(language: str, files: Sequence[str]) -> str:
    pictures = "".join(f'<a href="{file}"><img src="{file}" alt="{file}" loading="lazy"></a>' for file in files)
    return f'<div lang="{language}"><b>{language}</b>{pictures}</div>'


_HEAD = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Lắng Nghe: mọi trang</title><style>
body { font: 16px system-ui; margin: 2rem; background: #ddd }
nav a { margin-right: 1rem } h2 { border-top: 2px solid #666; padding-top: 1rem } small { color: #555 }
section div { display: flex; gap: 1rem; overflow-x: auto; align-items: flex-start; margin-bottom: 1rem }
.problems { background: #fff; border-left: 6px solid #b93a26; padding: .5rem 1.5rem }
img { height: auto; border: 1px solid #999 }
img[src*="-360-"] { width: 240px } img[src*="-1280-"], img[src*="-1920-"] { width: 560px }
img[src*="-giay-"] { width: 320px }
</style><h1>Mọi trang</h1>"""
