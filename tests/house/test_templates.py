"""Every named template exists and belongs to its room; none is unused; none loads what the policy forbids."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
ROOMS = ("core", "account", "privacy", "survey", "quiz", "report")
NAMED = re.compile(r'"([a-z_/]+\.html)"')
USED = re.compile(r'(?:extends|include|from|import) "([^"]+\.html)"')


def named_in_code() -> set[tuple[str, str]]:
    return {
        (room, name)
        for room in ROOMS
        for file in (ROOT / room).rglob("*.py")
        for name in NAMED.findall(file.read_text())
    }


def test_every_template_named_in_code_exists():
    missing = {name for _, name in named_in_code() if not (TEMPLATES / name).is_file()}

    assert missing == set()


def test_every_template_belongs_to_the_room_that_names_it():
    astray = {(room, name) for room, name in named_in_code() if not name.startswith(f"{room}/")}

    assert astray == set()


def test_no_template_lies_unused():
    files = {str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("*.html")}
    used = {name for file in TEMPLATES.rglob("*.html") for name in USED.findall(file.read_text())}
    errors = {name for name in files if name.startswith("errors/")}

    assert files - used - errors - {name for _, name in named_in_code()} == set()


def test_every_page_with_the_tick_has_the_sheet_that_draws_it():
    texts = [file.read_text() for file in TEMPLATES.rglob("*.html")]
    ticked = [text for text in texts if re.search(r"import .*\btick\b", text) and "{{ tick()" in text]

    assert ticked
    assert [text for text in ticked if not re.search(r'set sheets = \[.*"(codes|survey)"', text)] == []


def test_no_template_carries_an_inline_style_or_handler():
    forbidden = re.compile(r'\s(style|on[a-z]+)="|<script(?! src)|\|\s*safe')
    guilty = [file.name for file in TEMPLATES.rglob("*.html") if forbidden.search(file.read_text())]

    assert guilty == []


def test_every_word_on_a_page_is_wrapped_for_translation():
    vietnamese = re.compile("[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)
    bare = {}
    for file in TEMPLATES.rglob("*.html"):
        text = re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", "", file.read_text(), flags=re.DOTALL)
        if vietnamese.search(text):
            bare[file.name] = vietnamese.search(text).group()

    assert bare == {}
