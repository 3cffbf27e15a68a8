"""Every sentence of the program is wrapped for translation, and has its English in the catalogue."""

import ast
import re
import subprocess
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from core.commands.extraction import program
from core.values.language import DEFAULT, LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("core", "commune", "account", "privacy", "survey", "quiz", "report", "demo")
VIETNAMESE = re.compile("[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)
WRAPPERS = {"_", "N_", "gettext", "lazy_gettext"}
MARKERS = {"content", "named"}
"""Functions whose markup a template prints, not a sentence."""
SPOKEN = ("aria-label", "title", "placeholder", "alt", "aria-description", "content")
"""Attributes whose text a person hears or reads."""
SAME_EVERYWHERE = {"Lắng Nghe", "A", "A+", "A−", "PDF", "CSV", "XLSX", "PNG", "SVG", "QR", "OK", "KB", "JSON"}
"""Text of templates that is the same in every language."""
OWN_WORDS = {
    "demo": "the demo's invented people, offices, comments and contests are content",
    "commune/data": "makes the tables of administrative units, whose names are content",
    "commune/labels.py": "kinds of unit as they stand in names and sheets",
    "commune/rules": "reads names of units as they are written, and reports in the importer's words",
    "commune/files": "recognises headers and kinds of unit in sheets, with examples of content",
    "core/values": "recognises and writes Vietnamese names, numbers and places",
    "core/sheets": "recognises Vietnamese headers and remarks in sheets",
    "core/importing/rows.py": "recognises two names in one cell",
    "core/docx": "the form of an official document by decree, which is Vietnamese",
    "core/settings.py": "the name of the product is the default name of an installation",
    "quiz/boards/views/board_words.py": "kinds of unit as they stand in names",
    "quiz/bank": "the format in which organisers paste questions",
    "quiz/awards/documents": "official documents, which are Vietnamese by decree (0050)",
    "quiz/awards/files": "workbooks that are enclosed with official documents (0060)",
    "quiz/outreach/files": "lists that villages and agencies get, as other official sheets (0060)",
    "quiz/outreach/rules/text_message.py": "text messages to participants, whose language no one has asked for",
    "quiz/contest/rules": "recognises choices that refer to other choices",
    "quiz/contest/forms": "the default prizes, which are content of the contest",
    "quiz/attempt/files": "recognises answers and scores in sheets",
    "quiz/attempt/operations/rehearsal.py": "the questions of a rehearsal, which are content",
    "survey/rating/files": "recognises levels and remarks in sheets",
    "survey/rating/rules": "recognises numbers of documents in comments",
    "survey/counter/documents": "words of the poster by language, from its own table",
    "account/cli/first_run.py": "the name of the product is the default name of an installation",
    "commune/queries/search.py": "the word with which names of cities begin",
}
"""The modules in which Vietnamese is data rather than a sentence of the program, each with the reason."""


def modules():
    return [file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))]


def name_of(file):
    return file.relative_to(ROOT).as_posix()


def is_own_words(name):
    return any(name == place or name.startswith(f"{place}/") for place in OWN_WORDS)


def called(node):
    function = node.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def unwrapped_in(source):
    """Return the lines with a Vietnamese text that is neither wrapped nor a docstring."""
    tree = ast.parse(source)
    excused = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in WRAPPERS:
            excused |= {id(inner) for inner in ast.walk(node)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in excused)
    return [text.lineno for text in texts if isinstance(text.value, str) and VIETNAMESE.search(text.value)]


def formatted_in(source):
    """Return the lines where `.format`, an f-string or a sum meets a sentence that is to be translated."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and called(node) == "format" and isinstance(node.func, ast.Attribute):
            whole = node.func.value
            is_said = isinstance(whole, ast.Call) and called(whole) in WRAPPERS
            is_constant = isinstance(whole, ast.Constant) and VIETNAMESE.search(str(whole.value))
            found += [node.lineno] if is_said or is_constant else []
        if isinstance(node, ast.Call) and called(node) in WRAPPERS and node.args:
            is_plain = isinstance(node.args[0], ast.Name | ast.Attribute | ast.Subscript | ast.IfExp | ast.Call)
            is_constant = isinstance(node.args[0], ast.Constant)
            found += [] if is_plain or is_constant else [node.lineno]
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            halves = [
                half for half in (node.left, node.right) if isinstance(half, ast.Call) and called(half) in WRAPPERS
            ]
            found += [node.lineno] if len(halves) == 2 else []
    return found


def marked_in(source):
    """Return the lines where a sentence of Python has a name marked up for a page, which the page would escape."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and called(node) in WRAPPERS:
            inner = (each for value in node.keywords for each in ast.walk(value))
            found += [each.lineno for each in inner if isinstance(each, ast.Call) and called(each) in MARKERS]
    return found


class Texts(HTMLParser):
    """The texts and the spoken attributes of a template without its expressions."""

    def __init__(self):
        super().__init__()
        self.found, self.skipped = [], 0

    def handle_starttag(self, tag, attributes):
        self.skipped += tag in {"style", "script", "code"}
        self.found += [value or "" for name, value in attributes if name in SPOKEN and tag != "meta"]

    def handle_endtag(self, tag):
        self.skipped -= tag in {"style", "script", "code"}

    def handle_data(self, data):
        self.found += [] if self.skipped else [data]


def bare_texts(template):
    """Return the texts of a template that stand outside its expressions."""
    template = re.sub(r"\{% block main_frame %\}[\w -]*|\{% block main_class %\}[\w -]*", " ", template)
    reader = Texts()
    reader.feed(re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", " ", template, flags=re.DOTALL))
    texts = (re.sub(r'[\w-]+="[^"]*"|[-.]\w+', " ", text) for text in reader.found)  # attributes in a block, ids
    words = (word for text in texts for word in re.findall(r"[^\W\d_]{2,}", text))
    return [word for word in words if word not in SAME_EVERYWHERE and word not in "Lắng Nghe nbsp"]


def templates():
    return [file for ending in ("html", "txt") for file in sorted((ROOT / "templates").rglob(f"*.{ending}"))]


def catalogue(language):
    with (ROOT / "translations" / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id]


def places_in(text):
    return sorted(set(re.findall(r"%\((\w+)\)s|%(s|d)", text)))


LANGUAGES_ADDED = [language for language in LANGUAGES if language != DEFAULT]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('x = N_("Gửi")\n', []),
        ('"""Gửi."""\nx = 1\n', []),
        ('x = "Send"\n', []),
        ('x = "Gửi"\n', [1]),
        ('x = 1\ny = f"Gửi {x}"\n', [2]),
        ('help(text="Gửi")\n', [1]),
    ],
)
def test_an_unwrapped_text_is_found(source, lines):
    assert unwrapped_in(source) == lines


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('_("Gửi %(n)s", n=1)\n', []),
        ("gettext(WORDS[kind], n=1)\n", []),
        ('"Gửi {}".format(1)\n', [1]),
        ('_("Gửi {}").format(1)\n', [1]),
        ('_(f"Gửi {n}")\n', [1]),
        ('_("Gửi " + name)\n', [1]),
        ('_("Gửi ") + _("đi")\n', [1]),
    ],
)
def test_a_sentence_that_cannot_be_translated_is_found(source, lines):
    assert formatted_in(source) == lines


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>{{ _('Gửi') }}</p>", []),
        ("<p>{# Gửi #}</p>", []),
        ("<style>p { color: red }</style>", []),
        ("<p>Xem</p>", ["Xem"]),
        ('<a aria-label="Xem" class="big">{{ x }}</a>', ["Xem"]),
        ('<input placeholder="Xem">', ["Xem"]),
    ],
)
def test_a_bare_text_of_a_template_is_found(template, words):
    assert bare_texts(template) == words


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('_("Gửi %(name)s", name=shown(name))\n', []),
        ('_("Gửi %(name)s", name=content(name))\n', [1]),
        ('x = 1\n_("Gửi %(name)s", name=named(names[x]))\n', [2]),
    ],
)
def test_a_name_marked_up_inside_a_sentence_is_found(source, lines):
    assert marked_in(source) == lines


def test_no_sentence_of_a_module_has_markup_in_it():
    found = [f"{name_of(file)}:{line}" for file in modules() for line in marked_in(file.read_text())]

    assert found == []


def test_nothing_in_the_program_is_unwrapped():
    files = [file for file in modules() if not is_own_words(name_of(file))]
    found = [f"{name_of(file)}:{line}" for file in files for line in unwrapped_in(file.read_text())]

    assert found == []


def test_every_place_with_words_of_its_own_has_some():
    with_words = {name_of(file) for file in modules() if unwrapped_in(file.read_text())}
    needless = [place for place in OWN_WORDS if not any(name.startswith(place) for name in with_words)]

    assert needless == []


def test_no_sentence_is_formatted_or_joined_out_of_reach_of_a_translator():
    found = [f"{name_of(file)}:{line}" for file in modules() for line in formatted_in(file.read_text())]

    assert found == []


def test_no_template_has_a_text_that_is_not_wrapped():
    found = {file.name: words for file in templates() if (words := bare_texts(file.read_text()))}

    assert found == {}


def test_a_form_that_is_sent_by_get_keeps_the_language():
    forms = re.compile(r'<form(?=[^>]*method="get")(?:[^>{]|\{%.*?%\}|\{\{.*?\}\})*>(.{0,24})', re.DOTALL)
    found = [
        file.name for file in templates() for rest in forms.findall(file.read_text()) if "language_field()" not in rest
    ]

    assert found == []


def test_a_sentence_inside_an_f_string_is_gathered():
    source = BytesIO("x = f\"{name} · {_('hạng %(rank)s', rank=1)}\"\n".encode())

    assert "hạng %(rank)s" in [text for _line, _name, text, _notes in program(source, ["_"], [], {})]


@pytest.mark.parametrize("language", LANGUAGES_ADDED)
def test_every_sentence_is_in_the_catalogue_and_no_other(language, tmp_path):
    pot = tmp_path / "messages.pot"
    command = ["-m", "babel.messages.frontend", "-q", "extract", "-F", "babel.cfg", "-k", "N_", "-k", "lazy_gettext"]
    spoken = re.search(r"^SPOKEN := (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE).group(1).split()
    subprocess.run([ROOT / ".venv/bin/python", *command, "-o", pot, *spoken], cwd=ROOT, check=True)
    with pot.open("rb") as file:
        said = {message.id for message in read_po(file) if message.id}

    known = {message.id for message in catalogue(language)}

    assert sorted(said - known) == [], "run `make messages` and translate"
    assert sorted(known - said) == [], "run `make messages`"


@pytest.mark.parametrize("language", LANGUAGES_ADDED)
def test_nothing_is_untranslated_or_fuzzy(language):
    assert [message.id for message in catalogue(language) if message.fuzzy or not message.string] == []


@pytest.mark.parametrize("language", LANGUAGES_ADDED)
def test_every_translation_has_the_places_of_its_sentence(language):
    wrong = {
        message.id: message.string
        for message in catalogue(language)
        if places_in(message.id) != places_in(message.string)
    }

    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES_ADDED)
def test_every_form_of_a_word_is_chosen_by_a_place_of_the_sentence(language):
    forms = re.compile(r"\{(\w*)\|[^{}|]*\|[^{}|]*\}")
    wrong = [
        message.id
        for message in catalogue(language)
        if any(f"%({name})s" not in message.string for name in forms.findall(message.string))
        or re.search(r"[{}|]", forms.sub("", message.string))
        and not re.search(r"[{}|]", message.id)
    ]

    assert wrong == []


COUNTED = [
    "people",
    "papers",
    "questions",
    "entries",
    "rounds",
    "weeks",
    "messages",
    "objections",
    "phones",
    "requests",
    "sheets",
    "ratings",
    "places",
    "units",
    "minutes",
    "hours",
    "days",
    "seconds",
    "times",
    "prizes",
    "offices",
    "counters",
    "participants",
    "certificates",
    "networks",
    "columns",
    "clusters",
    "codes",
    "accounts",
    "cards",
    "winners",
    "items",
    "decimals",
    "tasks",
    "inhabitants",
    "rows",
    "pictures",
    "groups",
]
"""Nouns that read wrongly after a 1."""
SEVERAL = {"of", "all", "most", "least", "than", "under", "over", "first", "nearly", "from", "to", "best"}
"""Words after which a number is never 1, or stands for a limit."""
ALWAYS_SEVERAL = (
    "1.000 dân",
    "cùng dẫn đầu",
    "có nhiều người trùng",
    "năm (",
    "năm và",
    "chia nhau",
    "bằng nhau chờ",
    "trong %(of)s lượt",
    "như vậy. Xin chọn",
    "một lần. Xin chia",
    "từ %(n)s người",
    "1 đến %(most",
    "mới nhất theo bộ",
    "Việc “draw”",
)
"""Parts of Vietnamese sentences whose number is a rate, a limit or more than one."""


def uncounted_in(english):
    """Return the words of a translation that read wrongly where the number before them is 1."""
    counted = (
        rf"(?:(\S+) )?%\((\w+)\)s (?:(?:new|more|other|closed|ranked|unused|such|practice) )*({'|'.join(COUNTED)})\b"
    )
    return [noun for before, _name, noun in re.findall(counted, english) if before.lower().strip("(,") not in SEVERAL]


@pytest.mark.parametrize(
    ("english", "words"),
    [
        ("%(n)s {n|paper|papers}", []),
        ("%(n)s of %(all)s papers", []),
        ("%(n)s papers", ["papers"]),
        ("Send %(n)s more messages", ["messages"]),
    ],
)
def test_a_number_without_the_form_for_one_is_found(english, words):
    assert uncounted_in(english) == words


def test_every_counted_noun_has_a_form_for_one():
    wrong = [
        message.string
        for message in catalogue("en")
        if uncounted_in(message.string) and not any(part in message.id for part in ALWAYS_SEVERAL)
    ]

    assert wrong == []
