"""Each manual stands in English and in Vietnamese, with the same sections, commands, settings, tables and numbers."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAIRS = (
    ("getting-started.md", "bat-dau.md"),
    ("operating.md", "van-hanh.md"),
    ("importing.md", "nhap-du-lieu.md"),
    ("presets.md", "mau-luat.md"),
)
FENCE = re.compile(r"^ *```")
HEADING = re.compile(r"^(#+) ")
INDENTED = re.compile(r"^ {4}(?=\S)")
ITEM = re.compile(r"^ *(-|\d+\.) ")
ROW = re.compile(r"^\|")
CODE = re.compile(r"`([^`]+)`")
NUMBER = re.compile(r"\d+")
LINK = re.compile(r"\]\(([^)]+)\)")
COMMENT = re.compile(r"(^| +)# .*")
PLACEHOLDER = re.compile(r"<[^<>]*>")
DESCRIBED = re.compile(r"^([\w-]+): \(([^()]*)\)$")
"""A line of a file of words: its key, and in brackets what stands there and the most letters."""
ENGLISH_COMMANDS = " LANG_NGHE_LANG=en"
"""The setting that the English manual adds to an installation, whose command line is Vietnamese without it."""


def bare(code):
    """Return a line of code without what is written in the language of its manual: comments and placeholders."""
    spoken = PLACEHOLDER.sub("<>", COMMENT.sub(" #", code).replace(ENGLISH_COMMANDS, "").strip())
    described = DESCRIBED.match(spoken)
    return " ".join([described[1], *NUMBER.findall(described[2])]) if described else spoken


def kind_of(line, in_list):
    """Return the structure that a line of prose shows: a heading, a row, an item or indented code; else nothing."""
    if found := HEADING.match(line):
        return found[1]
    if ROW.match(line):
        return f"row of {line.count('|') - 1} cells"
    if ITEM.match(line):
        return "item"
    return f"code {bare(line)}" if INDENTED.match(line) and not in_list else ""


def kinds(text):
    """Yield each line of a manual that is not empty, with its structure, its names in code and its numbers."""
    fenced = in_list = False
    for line in filter(None, text.splitlines()):
        if FENCE.match(line):
            fenced = not fenced
            yield line.strip(), []
        elif fenced:
            yield f"code {bare(line)}", []
        else:
            in_list = bool(ITEM.match(line)) or (in_list and line.startswith(" "))
            yield kind_of(line, in_list), [*map(bare, CODE.findall(line)), *NUMBER.findall(line)]


def outline(text):
    """Return the sections of a manual in order, each as (level of its heading, structure, names and numbers)."""
    sections = []
    for kind, names in kinds(text):
        if kind.startswith("#"):
            sections.append((kind, [], set()))
        elif kind:
            sections[-1][1].append(kind)
        sections[-1][2].update(names)
    return sections


def differences(english, vietnamese):
    """Return the sections in which two manuals differ: their number, the structure of both, what only one names."""
    ours, theirs = outline(english), outline(vietnamese)
    if [section[0] for section in ours] != [section[0] for section in theirs]:
        return [("headings", [section[0] for section in ours], [section[0] for section in theirs])]
    return [
        (number, sorted({*mine[1]} ^ {*other[1]}), len(mine[1]), len(other[1]), sorted(mine[2] ^ other[2]))
        for number, (mine, other) in enumerate(zip(ours, theirs, strict=True))
        if mine != other
    ]


MANUAL = """# Backups

Set `BACKUP_PATH` first; kept 14 days.

```
flask backup create FILE   # while it runs
git clone <the repository>
question: (at most 90 letters)
```

- one
- two
"""
TRANSLATED = """# Sao lưu

Đặt `BACKUP_PATH` trước; giữ 14 ngày.

```
flask backup create FILE   # lúc đang chạy
git clone <kho mã>
question: (nhiều nhất 90 chữ)
```

- một
- hai
"""


def test_a_translation_has_the_outline_of_its_manual():
    assert differences(MANUAL, TRANSLATED) == []


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("# Sao", "## Sao"),
        ("- một", "## Thêm\n\n- một"),
        ("backup create", "backup restore"),
        ("FILE   # lúc đang chạy", "FILE"),
        ("90 chữ", "80 chữ"),
        ("`BACKUP_PATH`", "`BACKUP_RECIPIENT`"),
        ("14 ngày", "30 ngày"),
        ("- hai\n", ""),
        ("- hai", "| hai | ba |"),
    ],
)
def test_a_change_in_one_language_alone_is_found(ours, theirs):
    assert differences(MANUAL, TRANSLATED.replace(ours, theirs)) != []


@pytest.mark.parametrize(("english", "vietnamese"), PAIRS)
def test_a_manual_says_the_same_in_both_languages(english, vietnamese):
    found = differences((DOCS / english).read_text(), (DOCS / vietnamese).read_text())

    assert found == []


@pytest.mark.parametrize(("english", "vietnamese"), PAIRS)
def test_a_manual_leads_to_its_other_language_at_its_top(english, vietnamese):
    heads = {name: (DOCS / name).read_text().split("\n## ")[0][:800] for name in (english, vietnamese)}

    assert vietnamese in LINK.findall(heads[english])
    assert english in LINK.findall(heads[vietnamese])


@pytest.mark.parametrize("name", [name for pair in PAIRS for name in pair])
def test_the_readme_lists_each_manual(name):
    assert f"docs/{name}" in (ROOT / "README.md").read_text().split("## Read on")[1]
