"""Walk an instance by its addresses, as a citizen and as staff, and compare its pages with recorded ones.

    python -m tests.support.walking record INSTANCE PAGES               follow every link, record the pages
    python -m tests.support.walking compare INSTANCE PAGES              open the same addresses, print what differs
    python -m tests.support.walking renew INSTANCE PAGES --only REGEX   record the pages that changed on purpose anew
    python -m tests.support.walking dump INSTANCE ROWS                  record what `flask demo dump` prints

INSTANCE is a folder with lang-nghe.sqlite3 (or .xz) and its keys; it is copied and set up, never changed.
"""

import argparse
import difflib
import json
import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.bodies import as_text
from tests.support.instances import NOW, PUBLIC_URL, at, opened, put_back, run, upgraded
from tests.support.pages import Page

ROUTES = Path(__file__).resolve().parents[1] / "house" / "routes.txt"
CITIZEN = "citizen"
STAFF = {
    "administrator": "quantri@lang-nghe.example",
    "organiser": "bantochuc@lang-nghe.example",
    "approver": "nguoiduyet@lang-nghe.example",
    "inspector": "giamsat@lang-nghe.example",
    "officer": "canbo@lang-nghe.example",
    "other administrator": "quan-tri@lang-nghe.example",
    "other organiser": "to-chuc@lang-nghe.example",
    "other officer": "can-bo@lang-nghe.example",
    "other approver": "phe-duyet@lang-nghe.example",
}
"""The accounts that walk: those of the demo, and those of the second province that only the fixture has."""
EVERYWHERE = (CITIZEN, "administrator", "organiser", "approver", "inspector", "officer")
"""Roles that open every route, also without a link; refusals are listed in tests/house/permissions.txt too."""
AT_MOST, OF_CITIZEN, FEW = 3, 20, 2
"""The most addresses of one route: for a role; for a citizen; of those with a query and of drawings."""
STAFF_PAGES = "/quan-tri/"
DRAWN = re.compile(r"\.(svg|pdf)$")
"""Slow to make, so a role opens few of them, and none without a link."""
SECRET = ("/quan-tri/tai-khoan/ma-xac-thuc",)
"""Pages that show a new secret each time: opened, not compared."""
DOWNLOADS = re.compile(r"\.(csv|xlsx|docx|json|pdf)$")
"""Opened last, since some add an audit entry that other pages show."""
UNLINKED = "unlinked.txt"
"""A file of the instance: addresses without a link, which are reached by sending a form."""
FILLED = {
    "uuid": "00000000-0000-4000-8000-000000000000", "int": "1", "any": "", "string": "0" * 64, "": "khong-co",
}  # fmt: skip
"""Values for the parameters of routes without a link."""


@dataclass(frozen=True)
class Answer:
    """The answer to a role at a path, without values that are random for each request."""

    role: str
    path: str
    status: int
    kind: str
    where: str
    text: str

    @property
    def key(self) -> tuple[str, str]:
        return self.role, self.path


class Routes:
    """The golden routes that can be opened, as patterns."""

    def __init__(self, lines: Iterable[str]) -> None:
        rules = [rule for rule, *methods in (line.split() for line in lines) if "GET" in methods]
        self.patterns = {rule: re.compile(_pattern(rule)) for rule in rules if not rule.startswith("/static/")}

    def find(self, path: str) -> str | None:
        """Return the route of *path*, the one with the fewest parameters if several match."""
        plain = urlsplit(path).path
        fitting = [rule for rule, pattern in self.patterns.items() if pattern.fullmatch(plain)]
        return min(fitting, key=lambda rule: rule.count("<"), default=None)

    def examples(self) -> list[str]:
        """Return an address for every route, with placeholder parameters."""
        return [re.sub(PARAMETER, _example, rule) for rule in self.patterns]


PARAMETER = re.compile(r"<(?:(\w+)(?:\((.*?)\))?:)?\w+>")


def _pattern(rule: str) -> str:
    parts = re.split(r"(<[^>]*>)", rule)
    return "".join(_value(part) if part.startswith("<") else re.escape(part) for part in parts)


def _value(part: str) -> str:
    found = PARAMETER.fullmatch(part)
    assert found, part
    if found[1] == "any":
        return "(?:" + found[2].replace("'", "").replace(",", "|") + ")"
    return {"int": r"\d+", "uuid": r"[0-9a-f-]{36}"}.get(found[1], "[^/]+")


def _example(found: re.Match[str]) -> str:
    if found[1] == "any":
        return found[2].split(",")[0].strip("'")
    return FILLED[found[1] or ""]


class Walker:
    """A role using an instance of its own."""

    def __init__(self, app: Flask, role: str, moment: datetime) -> None:
        self.role, self.client = role, app.test_client()
        self.is_in = role == CITIZEN or _sign_in(self.client, Path(app.instance_path), STAFF[role], moment)

    def open(self, path: str) -> Answer:
        """Return the answer at *path*, without following redirects."""
        response = self.client.get(path, base_url=PUBLIC_URL)
        kind = (response.mimetype or "").lower()
        text = "" if path in SECRET else as_text(kind, response.data)
        return Answer(self.role, path, response.status_code, kind, response.location or "", text)

    def follow_links(self, routes: Routes, seeds: Sequence[str]) -> list[Answer]:
        """Return everything reachable from *seeds*, at most a few pages of each route, downloads last."""
        answers, waiting, downloads, known, counted = [], list(seeds), [], set(seeds), Counter[str]()
        while waiting or downloads:
            path = waiting.pop(0) if waiting else downloads.pop(0)
            answers.append(answer := self.open(path))
            for link in _links(answer):
                counted[kind := self._kind(routes, link)] += link not in known
                if link in known or not kind or counted[kind] > self._most(kind):
                    continue
                known.add(link)
                (downloads if DOWNLOADS.search(urlsplit(link).path) else waiting).append(link)
        return answers

    def _kind(self, routes: Routes, link: str) -> str:
        """Return the route of *link* with the names in its query; empty for links that this role does not follow."""
        route, names = routes.find(link), {name for name, _ in parse_qsl(urlsplit(link).query)}
        if route is None or (self.role != CITIZEN and not route.startswith(STAFF_PAGES)):
            return ""
        return f"{route}?{','.join(sorted(names))}"

    def _most(self, kind: str) -> int:
        if DRAWN.search(kind.split("?")[0]) or not kind.endswith("?"):
            return FEW
        return OF_CITIZEN if self.role == CITIZEN else AT_MOST


def _sign_in(client: FlaskClient, instance: Path, email: str, moment: datetime) -> bool:
    """Whether *email* could sign in with the demo's password and code."""
    password, secret = ((instance / f"demo-{name}.txt").read_text().strip() for name in ("password", "second-factor"))
    answer = _send(client, "/quan-tri/dang-nhap", email=email, password=password)
    if answer.location and answer.location.endswith("/ma"):
        answer = _send(client, "/quan-tri/dang-nhap/ma", code=pyotp.TOTP(secret).at(moment))
    return answer.status_code == 302


def _send(client: FlaskClient, path: str, **fields: str) -> TestResponse:
    form = Page(client.get(path, base_url=PUBLIC_URL).text).form()
    return client.post(path, base_url=PUBLIC_URL, data=dict(form.filled(**fields)))


def _links(answer: Answer) -> Iterator[str]:
    """Yield the links of a page within this instance."""
    found = [answer.where] if answer.where else Page(answer.text).links if answer.kind == "text/html" else []
    for link in found:
        parts = urlsplit(urljoin(PUBLIC_URL + answer.path, link))
        if parts.scheme == "http" and parts.netloc == urlsplit(PUBLIC_URL).netloc:
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def record(instance: Path, moment: datetime) -> list[Answer]:
    """Return every page of *instance*, by role; then, for each role, an address of every route that it did not
    reach.
    """
    routes = Routes(ROUTES.read_text().splitlines())
    seeds = _seeds(instance, moment)
    answers: list[Answer] = []
    for role in (CITIZEN, *STAFF):
        with at(moment), opened(instance) as app:
            walker = Walker(app, role, moment)
            if walker.is_in:
                answers += walker.follow_links(routes, [path for path in seeds if _is_for(role, path)])
    samples = {routes.find(path): path for path in routes.examples()}
    samples |= {routes.find(answer.path): answer.path for answer in reversed(answers) if answer.status == 200}
    for role in EVERYWHERE:
        reached = {routes.find(answer.path) for answer in answers if answer.role == role}
        beyond = [path for route, path in samples.items() if route not in reached and not DRAWN.search(path)]
        answers += replay(instance, moment, [(role, path) for path in sorted(beyond)])
    order = [CITIZEN, *STAFF]
    found = sorted(answers, key=lambda answer: order.index(answer.role))
    return replay(instance, moment, [answer.key for answer in found])


def _seeds(instance: Path, moment: datetime) -> list[str]:
    """Return where walks begin: the two home pages, the demo's doors, and the instance's UNLINKED addresses."""
    with at(moment), opened(instance) as app:
        doors = re.findall(rf"{PUBLIC_URL}(/\S+)", run(app, "demo", "doors"))
    unlinked = instance / UNLINKED
    more = unlinked.read_text().split() if unlinked.exists() else []
    return list(dict.fromkeys(["/", STAFF_PAGES, *doors, *more]))


def _is_for(role: str, path: str) -> bool:
    return path.startswith(STAFF_PAGES) == (role != CITIZEN)


def replay(instance: Path, moment: datetime, asked: Sequence[tuple[str, str]]) -> list[Answer]:
    """Return the answers of *instance* to these (role, path), in this order, each role on its own copy."""
    with at(moment), opened(instance) as app:
        return replay_in(app, instance, moment, asked)


def replay_in(app: Flask, instance: Path, moment: datetime, asked: Sequence[tuple[str, str]]) -> list[Answer]:
    """Return the answers of *app*, whose templates and statements stay compiled from one role to the next."""
    answers = []
    for role in dict.fromkeys(role for role, _ in asked):
        put_back(app, instance)
        walker = Walker(app, role, moment)
        answers += [walker.open(path) for each, path in asked if each == role]
    return answers


def read(file: Path) -> list[Answer]:
    """The recorded answers."""
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        return [Answer(**json.loads(line)) for line in lines]


def write(file: Path, answers: Iterable[Answer]) -> None:
    """Record *answers*."""
    with lzma.open(file, "wt", encoding="utf-8", preset=9) as lines:
        lines.writelines(json.dumps(asdict(answer), ensure_ascii=False) + "\n" for answer in answers)


def differences(before: Sequence[Answer], after: Sequence[Answer], most: int = 5) -> str:
    """Return how many answers differ with a short diff of the first few; empty if none does."""
    pairs = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    if not pairs:
        return ""
    lines = [f"{len(pairs)} of {len(before)} pages differ:", *(f"  {old.role} {old.path}" for old, _ in pairs[:40])]
    return "\n".join([*lines, *("\n" + _diff(old, new) for old, new in pairs[:most])])


def _diff(old: Answer, new: Answer) -> str:
    lines = [
        [f"{each.status} {each.kind} {each.where}", *each.text.replace("><", ">\n<").splitlines()]
        for each in (old, new)
    ]
    diff = list(difflib.unified_diff(*lines, f"recorded: {old.role} {old.path}", "now", lineterm="", n=1))
    return "\n".join(line[:300] for line in diff[:40])


def dumped(instance: Path, moment: datetime) -> list[str]:
    """Return every row of *instance*, as `flask demo dump` prints it."""
    with at(moment), opened(instance) as app:
        return run(app, "demo", "dump").splitlines()


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.support.walking")
    parser.add_argument("what", choices=["record", "compare", "renew", "dump"])
    parser.add_argument("instance", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--now", default=NOW, help="the moment at which the clock stands")
    parser.add_argument("--only", action="append", default=[], help="renew: a regular expression for paths")
    asked = parser.parse_args(arguments)
    moment = datetime.fromisoformat(asked.now).astimezone(UTC)
    with at(moment), upgraded(asked.instance) as instance:
        if asked.what == "record":
            write(asked.file, record(instance, moment))
        elif asked.what == "dump":
            asked.file.write_bytes(lzma.compress("\n".join(dumped(instance, moment)).encode(), preset=9))
        else:
            return _compare(instance, moment, asked.file, asked.only if asked.what == "renew" else None)
    return 0


def _compare(instance: Path, moment: datetime, file: Path, renewed: Sequence[str] | None) -> int:
    """Print what differs from *file*; with *renewed*, record the pages at these paths anew."""
    before = read(file)
    after = replay(instance, moment, [answer.key for answer in before])
    if renewed is not None:
        meant = re.compile("|".join(renewed) or "(?!)")
        after = [new if meant.search(new.path) else old for old, new in zip(before, after, strict=True)]
        write(file, after)
    found = differences(before, after, most=20)
    sys.stdout.write(f"{found or 'No page differs.'}\n")
    return int(bool(found) and renewed is None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
