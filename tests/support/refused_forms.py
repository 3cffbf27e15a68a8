"""Pages of refused forms, as every test of the suite meets them.

The summary names a field and links to it, so that its sentence must stand there; and the button of languages in the
head must send a form of that page.
"""

import re

from flask import Flask, Response, request_finished

faults: list[str] = []
"""The faults found since the list was last emptied."""
_PART = re.compile(r"-(0|error)$")
"""The end of a link: to a first choice or, without choices, to the sentence."""
_PLACES = re.compile(r'<ul class="places">.*?</ul>|<p>(?:Xin xem lại|Please check): <a.*?</p>', re.S)


def find_faults(page: str) -> list[str]:
    """Return the links of the summary that lead to no sentence, and the buttons that send no form."""
    named = [field for part in _PLACES.findall(page) for field in re.findall(r'href="#([^"]+)"', part)]
    lost = [field for field in named if f'id="{field}"' not in page]
    bare = [field for field in named if f'id="{_PART.sub("", field)}-error"' not in page]
    sent: list[str] = re.findall(r'<button [^>]*form="([^"]+)"[^>]*name="doc-tiep"', page)
    return [
        *(f"no field #{field}" for field in lost),
        *(f"no sentence at #{field}" for field in bare if field not in lost),
        *(f"no form #{form}" for form in sent if not re.search(rf'<form id="{form}"', page)),
    ]


def _look(_app: Flask, response: Response, **_more: object) -> None:
    if response.mimetype == "text/html" and not response.is_streamed and not response.content_encoding:
        faults.extend(find_faults(response.get_data(as_text=True)))


request_finished.connect(_look)
