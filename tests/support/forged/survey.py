"""Offices, counters, posters and ratings."""

from collections.abc import Callable

from flask.testing import FlaskClient

from tests.support.forged.scenario import Names, Scenario, form_to, opened
from tests.support.pages import Page

OFFICES = "/quan-tri/danh-gia"
OFFICE, COUNTER = f"{OFFICES}/<slug>", f"{OFFICES}/<slug>/quay/<int:number>"
DOSSIERS = f"{OFFICE}/ho-so"
DRAFT = {"slug": "office", "draft_id": "dossier_draft"}
OPEN = {"slug": "office", "number": "2"}
RATING = Scenario({"code": "printed"}, fields={"level": "5", "comment": "Tốt"}, is_staff=False)


def rate(letter: str) -> Callable[[FlaskClient, Names], Names]:
    """Return a function that rates the counter and gives the page of thanks, whose form has an address of *letter*."""

    def begin(client: FlaskClient, names: Names) -> Names:
        path = f"/q/{names['printed']}"
        form = form_to(path, path, Page(opened(client, path)))
        return {"thanks": client.post(path, data=dict(form.filled(level=4))).text.replace("/Q/", f"/{letter}/")}

    return begin


def more(letter: str) -> Scenario:
    """Return the scenario of reasons and a comment that are added to a rating."""
    words = {"comment": "Chỉ từng dòng", "reasons": ["guidance"]}
    return Scenario({"code": "printed"}, fields=words, begin=rate(letter), kept="thanks", is_staff=False)


SCENARIOS = {
    f"{OFFICES}/them": Scenario(
        fields={"unit": "{commune}", "name": "Trạm y tế xã Lâm Bình", "host": "Mặt trận Tổ quốc tỉnh"}
    ),
    f"{OFFICES}/to-treo": Scenario(),
    f"{OFFICE}/sua": Scenario({"slug": "office"}, fields={"name": "Trung tâm một cửa", "host": "Mặt trận tỉnh"}),
    f"{OFFICE}/xoa-dien-tap": Scenario({"slug": "office"}),
    f"{OFFICE}/nhieu-quay/<any('dong','mo-lai'):deed>": Scenario(
        {"slug": "office", "deed": "dong"}, f"{OFFICES}/{{office}}/nhieu-quay/dong?so=2"
    ),
    f"{OFFICE}/quay/them": Scenario({"slug": "office"}, fields={"number": "9", "name": "Tư pháp"}),
    f"{COUNTER}/dong": Scenario(OPEN),
    f"{COUNTER}/mo-lai": Scenario({"slug": "office", "number": "3"}, f"{OFFICES}/{{office}}/quay"),
    f"{COUNTER}/sua": Scenario(OPEN, fields={"name": "Tư pháp"}),
    f"{COUNTER}/thay-ma": Scenario(OPEN),
    f"{COUNTER}/de-rieng/<kind>/<week>": Scenario(
        {**OPEN, "kind": "own", "week": "set_apart"}, fields={"reason": "Buổi họp thôn, nhiều người cùng gửi"}
    ),
    f"{COUNTER}/dien-tap/<any('bat','tat'):turn>": Scenario({**OPEN, "turn": "bat"}),
    f"{COUNTER}/nhap": Scenario(OPEN, files={"sheet": ("ratings", "bang.csv")}),
    f"{COUNTER}/nhap/<uuid:draft_id>": Scenario({**OPEN, "draft_id": "rating_draft"}, fields={"bring_in": "1"}),
    f"{COUNTER}/nhap/<uuid:draft_id> drop": Scenario({**OPEN, "draft_id": "rating_draft"}, fields={"drop": "1"}),
    f"{DOSSIERS}/nhap": Scenario({"slug": "office"}, files={"sheet": ("dossiers", "bang.csv")}),
    f"{DOSSIERS}/nhap/<uuid:draft_id>": Scenario(DRAFT, fields={"bring_in": "1"}),
    f"{DOSSIERS}/nhap/<uuid:draft_id> drop": Scenario(DRAFT, fields={"drop": "1"}),
    f"{DOSSIERS}/he-thong-tinh": Scenario({"slug": "office"}, fields={"returned": "1.911"}),
    f"{DOSSIERS}/mau": Scenario({"slug": "office"}, fields={"stratified_by": "channel"}),
    "/q/<code>": RATING,
    "/Q/<code>": RATING,
    "/q/<code>/them": more("q"),
    "/Q/<code>/them": more("Q"),
    "/danh-gia/tra-cuu": Scenario(fields={"code": "{rating}", "act": "erase"}, is_staff=False),
}
"""URL rule → how its form is sent."""
