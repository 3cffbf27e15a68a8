"""Clear what one request kept in Flask's `g` before the next one.

In production each request has an application context of its own. A test pushes one for the database, and requests
made inside it share it.
"""

from flask import Flask, g, request_started

KEPT = (
    "style_hashes",
    "permitted",
    "is_guarded",
    "units_below",
    "_login_user",
    "csrf_token",
    "sent_form",
    "returned_form",
    "returned_id",
)


def clear(_app: Flask, **_more: object) -> None:
    for name in KEPT:
        g.pop(name, None)


request_started.connect(clear)
