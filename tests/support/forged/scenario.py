"""Send one form without its token and then with it, and compare the database before and after."""

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from core.web.extensions import db
from tests.support.pages import Form, Page, Pairs

TOKENS = ("csrf_token", "form_token")
PARAMETER = re.compile(r"<(?:[^<>]*:)?(\w+)>")
Names = dict[str, str]
"""Ids, addresses and codes of the built database, by name."""
Rows = dict[str, list[str]]


@dataclass(frozen=True)
class Scenario:
    """How to reach and fill the form of one POST route."""

    where: Mapping[str, str] = field(default_factory=dict)
    """Parameters of the rule: names of the built database, or the values themselves."""
    page: str = ""
    """The address of the page with the form; empty for the rule's own address."""
    fields: Mapping[str, object] = field(default_factory=dict)
    """Values to fill in; {name} is a value of the built database, None leaves a field out."""
    typed: Callable[[str, Names], Mapping[str, object]] = lambda _html, _names: {}
    """Values that can only be filled in after the page was read."""
    files: Mapping[str, tuple[bytes | str, str]] = field(default_factory=dict)
    """Field → content (or the name of a text in the world) and file name."""
    begin: Callable[[FlaskClient, Names], Names | None] = lambda _client, _names: None
    """Runs before the page is opened; its result is added to the names."""
    kept: str = ""
    """The name of the page in the names, where it can't be opened by its address."""
    is_staff: bool = True
    is_first_run: bool = False
    shows: str = ""
    """Text of the reply to a form that changes no row."""


class Visit:
    """A scenario with its page open and its form filled."""

    def __init__(self, client: FlaskClient, rule: str, scenario: Scenario, names: Names) -> None:
        self.client, self.scenario = client, scenario
        self.names = names | (scenario.begin(client, names) or {})
        self.shows = scenario.shows.format_map(self.names)
        path = PARAMETER.sub(lambda found: self._value(found[1]), rule)
        page = scenario.page.format_map(self.names) or path
        html = self.names[scenario.kept] if scenario.kept else opened(client, page)
        form = form_to(path, page, Page(html))
        self.address = urljoin(page, path if path in form.button_actions else form.action)
        self.pairs = self._filled(form, html)
        assert any(name in TOKENS for name, _ in self.pairs), page

    def _value(self, parameter: str) -> str:
        said = self.scenario.where.get(parameter, "1" if parameter == "number" else parameter)
        return self.names.get(said, said)

    def _filled(self, form: Form, html: str) -> Pairs:
        said = {**self.scenario.fields, **self.scenario.typed(html, self.names)}
        return form.filled(**{name: self._spelt(value) for name, value in said.items()})

    def _spelt(self, value: object) -> object:
        if isinstance(value, list):
            return [self._spelt(each) for each in value]
        return value.format_map(self.names) if isinstance(value, str) else value

    def send(self, *, with_token: bool) -> TestResponse:
        """Post the form, with or without its token."""
        data: MultiDict[str, object] = MultiDict(
            (name, value) for name, value in self.pairs if with_token or name not in TOKENS
        )
        for name, (content, file_name) in self.scenario.files.items():
            read = self.names[content].encode() if isinstance(content, str) else content
            data.add(name, (io.BytesIO(read), file_name))
        return self.client.post(self.address, data=data)


def opened(client: FlaskClient, page: str) -> str:
    """Return the page at an address, which must exist."""
    reply = client.get(page)
    assert reply.status_code == 200, (page, reply.status_code, reply.location)
    return reply.text


def form_to(path: str, page: str, shown: Page) -> Form:
    """Return the form on *page* that posts to *path*, itself or by one of its buttons.

    The pages of a printed address, which is in capitals, post to it in small letters, where their worker is.
    """
    here = page.partition("?")[0]
    actions = {path, path.replace("/Q/", "/q/"), *([""] if here == path else [])}
    posting = [form for form in shown.forms if form.method == "post"]
    found = [form for form in posting if form.action.removesuffix("?gui") in actions or path in form.button_actions]
    assert found, (path, [form.action for form in shown.forms])
    return found[0]


def assert_only_the_token_opens(app: Flask, visit: Visit) -> None:
    """Assert that the form changes no row without its token, and takes effect with it."""
    before = rows_of(app)
    assert not happened(app, visit, before, visit.send(with_token=False)), "done without a token"
    reply = visit.send(with_token=True)
    assert happened(app, visit, before, reply), (reply.status_code, Page(reply.text).text[:2000])


def happened(app: Flask, visit: Visit, before: Rows, reply: TestResponse) -> bool:
    """Whether a row differs from *before*, or the reply shows what only a valid form shows."""
    return rows_of(app) != before or bool(visit.shows and visit.shows in reply.text)


def rows_of(app: Flask) -> Rows:
    """Return all rows of all tables."""
    with app.app_context(), db.engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        return {name: sorted(map(str, connection.exec_driver_sql(f'SELECT * FROM "{name}"'))) for name in tables}
