"""Every public page of the demo in English marks what is Vietnamese: names, questions and answers (WCAG 3.1.2)."""

import html
import re

import pytest
from flask import current_app
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from commune.models import Unit
from core.content import Translation
from core.web.extensions import db, keyring
from survey.counter.models import Counter
from survey.counter.queries.printed import address_of
from tests.support.vietnamese import has_vietnamese, unmarked

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.usefixtures("province")]

BEGIN = (
    "/?lang=en",
    "/khong-co?lang=en",
    "/ket-qua/?tim=lam&lang=en",
    "/ket-qua/?tim=xuan+lap&lang=en",
    "/thi/lam-binh-2023/bang?chieu=&lang=en",
    "/thi/lam-binh-2023/tuan/8?chieu=1&lang=en",
    "/thi/cai-cach-hanh-chinh-2026/dang-ky?lang=en",
    "/thi/cai-cach-hanh-chinh-2026/vao-thi?lang=en",
    "/thi/bao-loi?lang=en",
)
EACH = 2
"""The pages of one route and one set of keys in the query that are read; the demo has thousands."""
LINK = re.compile(r'href="(/[^"#]*lang=en[^"#]*)')
SKIPPED = ("title:", "meta content:", "text:")
"""Places that hold text alone, in which a part cannot be marked, and drawings, which are read by their label."""
OURS = ("Lắng Nghe", "Bạn", "NĐ-CP", "Tày", "Mông", "đồng", "Gửi")
"""The name of the product, and Vietnamese words that our English sentences keep."""
WORD = re.compile(r"[^\W\d_]{2,}")


def public_pages(client):
    """Yield the address and the text of public pages, as links lead to them."""
    rating = f"/q/{address_of(keyring(), db.session.scalars(select(Counter).limit(1)).one())}?lang=en"
    waiting, seen, read = [rating, *BEGIN], set(), {}
    routes = current_app.url_map.bind("localhost")
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(routes, address)
        if address in seen or read.get(kind, 0) == EACH or "/quan-tri/" in address:
            continue
        seen.add(address)
        read[kind] = read.get(kind, 0) + 1
        reply = client.get(address)
        if reply.mimetype == "text/html":
            yield address, reply.text
            waiting += map(html.unescape, LINK.findall(reply.text))


def kind_of(routes, address):
    path, _mark, query = address.partition("?")
    try:
        endpoint = routes.match(path)[0]
    except HTTPException:
        endpoint = ""
    return endpoint, re.sub("=[^&]*", "", query)


def names_of_places():
    """Return the names of units, with and without their kind, that have a Vietnamese letter."""
    names = {name for (whole,) in db.session.query(Unit.name) for name in (whole, whole.partition(" ")[2])}
    return sorted(filter(has_vietnamese, names), key=len, reverse=True)


def is_excused(found, written, places):
    """Return whether the Vietnamese of a text is in a word of ours, in what staff wrote in English, or in the name of a
    place within an English sentence; a name alone is to be marked.
    """
    if found.startswith(SKIPPED) or "aria-label:" in found:
        return True
    rest = without(found.partition(": ")[2], [*written, *OURS])
    return not has_vietnamese(rest) or (
        not has_vietnamese(without(rest, places)) and is_sentence(without(rest, places))
    )


def without(text, names):
    return re.sub("|".join(map(re.escape, names)), " ", text, flags=re.I)


def is_sentence(rest):
    return any(word.lower() not in {"xã", "phường", "tỉnh"} for word in WORD.findall(rest))


def test_vietnamese_on_an_english_page_is_marked():
    written = sorted({text for (text,) in db.session.query(Translation.text)}, key=len, reverse=True)
    places = names_of_places()

    wrong = {
        f"{address} {found}"
        for address, text in public_pages(current_app.test_client())
        for found in unmarked(text)
        if not is_excused(found, written, places)
    }

    assert wrong == set()
