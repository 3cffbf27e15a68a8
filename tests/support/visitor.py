"""A browser without JavaScript over real HTTP, which checks every page that it gets."""

import re
import ssl
from functools import cached_property
from types import TracebackType
from urllib.parse import urlencode

import httpx

from tests.support.pages import Page, Pairs

ENGLISH = re.compile(
    r"Not a valid|Invalid|This field|is required|Bad Request|Not Found|Forbidden|Internal Server|Unprocessable|"
    r"Traceback|CSRF|could not coerce|Field must|Method Not|Too Large|Gone\b|Conflict"
)
PLAIN = ssl.create_default_context()
"""Certificates are read once: the server is spoken to without TLS, and reading them took 20 ms a browser."""
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Answer:
    """A parsed reply of the server."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.status, self.headers, self.html = response.status_code, response.headers, response.text
        assert self.status != 500, self.page.text
        assert_fit(self)

    @cached_property
    def page(self) -> Page:
        return Page(self.html)

    @property
    def text(self) -> str:
        return self.page.text

    @property
    def receipt(self) -> str:
        """Return the receipt on the page, 16 letters."""
        code = re.search(r'<p class="code"[^>]*>([^<]+)</p>', self.html)
        assert code, self.text
        return code[1].strip().replace("-", "")


def assert_fit(answer: Answer) -> None:
    """Check headers, no inline style or script, no untranslated text, and no cookie for a citizen but a paper's."""
    headers, policy = answer.headers, answer.headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert "Set-Cookie" not in headers or answer.response.url.path.startswith("/quan-tri/") or is_begun(answer)
    if not headers.get("Content-Type", "").startswith("text/html"):
        return
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    is_embedded = answer.status == 200 and answer.response.url.path.startswith("/embed/")
    framed = "*" if is_embedded else "'none'"
    assert f"frame-ancestors {framed}" in policy
    inline = [(tag, name) for tag, name, _ in answer.page.attributes if name == "style" or name.startswith("on")]
    assert inline == []
    assert ENGLISH.search(answer.text) is None, answer.text


def is_begun(answer: Answer) -> bool:
    """Whether the reply begins a paper and sets the device's cookie alone."""
    request = answer.response.request
    return (
        request.method == "POST"
        and request.url.path.endswith("/vao-thi")
        and [line.partition("=")[0] for line in answer.headers.get_list("Set-Cookie")] == ["thiet_bi"]
    )


class Visitor:
    """A person with a browser."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.Client(base_url=url, timeout=30, verify=PLAIN)

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.http.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.answer(self.http.get(path, headers=dashed(headers)))

    def post(self, path: str, pairs: Pairs, **headers: str) -> Answer:
        return self.post_bytes(path, urlencode(pairs).encode(), **(FORM | headers))

    def post_bytes(self, path: str, body: bytes, **headers: str) -> Answer:
        return self.answer(self.http.post(path, content=body, headers=dashed(headers)))

    def send(self, method: str, path: str, **headers: str) -> Answer:
        return self.answer(self.http.request(method, path, headers=dashed(headers)))

    def answer(self, response: httpx.Response) -> Answer:
        return Answer(response)


def dashed(headers: dict[str, str]) -> dict[str, str]:
    """Return `X_Forwarded_For` as a header's name."""
    return {name.replace("_", "-"): value for name, value in headers.items()}
