"""Pages read as a browser would: text, links, and forms with their values."""

from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

Pairs = list[tuple[str, str]]
Attributes = dict[str, str]
SILENT = {"style", "script", "title"}


@dataclass
class Form:
    """A form as one tap sends it: its successful controls, in order."""

    action: str
    method: str
    id: str = ""
    pairs: Pairs = field(default_factory=list)
    button_actions: list[str] = field(default_factory=list)
    """The addresses of buttons that post it elsewhere."""

    def value(self, name: str) -> str | None:
        return next((value for key, value in self.pairs if key == name), None)

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.pairs if key == name]

    def filled(self, **changes: object) -> Pairs:
        """Return the pairs with some replaced: a list gives several values, None leaves the field out."""
        kept = [(name, value) for name, value in self.pairs if name not in changes]
        for name, value in changes.items():
            many = value if isinstance(value, list) else [] if value is None else [value]
            kept += [(name, str(each)) for each in many]
        return kept


class Page(HTMLParser):
    """A parsed page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.links: list[str] = []
        self.headings: list[str] = []
        self._words: list[str] = []
        self._open: list[str] = []
        self._select: str | None = None
        self._options: list[tuple[str, bool]] = []
        self._area: str | None = None
        self._distant: list[tuple[str, str]] = []
        self.feed(html)
        self.close()
        for form in self.forms:
            form.button_actions += [action for owner, action in self._distant if owner == form.id]

    @cached_property
    def text(self) -> str:
        """The text that a person reads."""
        return " ".join(" ".join(self._words).split())

    @cached_property
    def heading(self) -> str:
        """The first h1."""
        return self.headings[0].strip() if self.headings else ""

    def form(self, action: str = "") -> Form:
        """Return the form that posts to *action*, or the first that posts; one that only asks, if none does."""
        found = [form for form in self.forms if action in form.action]
        return next((form for form in found if form.method == "post"), found[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.attributes += [(tag, name, value) for name, value in found.items()]
        if tag not in {"input", "meta", "link", "img", "br", "hr"}:
            self._open.append(tag)
        if tag == "h1":
            self.headings.append("")
        if tag == "form":
            self.forms.append(Form(found.get("action", ""), found.get("method", "get"), found.get("id", "")))
        if tag in {"a", "link", "img", "script"}:
            self.links.append(found.get("href") or found.get("src") or "")
        self._control(tag, found)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def _control(self, tag: str, found: Attributes) -> None:
        name = found.get("name", "")
        if tag == "input" and name and self.forms:
            is_choice = found.get("type") in {"radio", "checkbox"}
            if not is_choice or "checked" in found:
                self.forms[-1].pairs.append((name, found.get("value", "on" if is_choice else "")))
        elif tag == "button" and "formaction" in found and "form" in found:
            self._distant.append((found["form"], found["formaction"]))
        elif tag == "button" and "formaction" in found and self.forms:
            self.forms[-1].button_actions.append(found["formaction"])
        elif tag == "select":
            self._select, self._options = name, []
        elif tag == "option":
            self._options.append((found.get("value", ""), "selected" in found))
        elif tag == "textarea":
            self._area = ""
            self.forms[-1].pairs.append((name, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag == "select" and self._select and self._options:
            chosen = [value for value, is_chosen in self._options if is_chosen] or [self._options[0][0]]
            self.forms[-1].pairs += [(self._select, value) for value in chosen]
        if tag == "textarea" and self._area is not None:
            self.forms[-1].pairs[-1] = (self.forms[-1].pairs[-1][0], self._area.removeprefix("\r\n").removeprefix("\n"))
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area += data
        if "h1" in self._open and self.headings:
            self.headings[-1] += data
        if not SILENT.intersection(self._open):
            self._words.append(data)
