"""Render letters: one template each, whose first line is the subject; addresses come from the settings alone."""

from flask import current_app, render_template

from core.messages.letters import Letter, PageLink
from core.web.extensions import settings
from core.web.language import kept_in


def render_letter(name: str, /, **words: object) -> Letter:
    """Render templates/messages/*name*.txt in the present language.

    A `PageLink` among *words* becomes the page's public address, in that language as well.
    """
    links = {
        key: kept_in(public_link(word.endpoint, **word.values))
        for key, word in words.items()
        if isinstance(word, PageLink)
    }
    text = render_template(f"messages/{name}.txt", address=settings().public_url, **words | links)
    subject, _, body = text.partition("\n")
    return Letter(subject.strip(), body.strip() + "\n")


def public_link(endpoint: str, **values: object) -> str:
    """Return a page's address under the public address, independent of the request's headers."""
    path = current_app.url_map.bind(settings().public_host).build(endpoint, values, force_external=False)
    return f"{settings().public_url}{path}"
