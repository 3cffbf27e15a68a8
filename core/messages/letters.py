"""What is written to people: a template a letter, its first line the subject; addresses from the settings alone."""

from dataclasses import dataclass

from flask import current_app, render_template

from core.web.extensions import settings


@dataclass(frozen=True)
class Letter:
    """A subject (one line) and a text."""

    subject: str
    body: str


def write(name: str, /, **words: object) -> Letter:
    """The letter of templates/messages/*name*.txt."""
    text = render_template(f"messages/{name}.txt", address=settings().public_url, **words)
    subject, _, body = text.partition("\n")
    return Letter(subject.strip(), body.strip() + "\n")


def public_link(endpoint: str, **values: object) -> str:
    """Where citizens and colleagues find a page: under the public address, whatever a request's headers say."""
    path = current_app.url_map.bind(settings().public_host).build(endpoint, values, force_external=False)
    return f"{settings().public_url}{path}"
