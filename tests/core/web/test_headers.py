"""Headers of a reply that depend on the installation."""

from dataclasses import replace

import pytest


@pytest.mark.parametrize(
    ("address", "header"),
    [("https://danhgia.example", "max-age=31536000"), ("http://danhgia.example", None)],
)
def test_https_alone_is_asked_for_where_the_public_address_has_it(app, client, monkeypatch, address, header):
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], public_url=address))

    for path in ("/", "/", "/quan-tri/dang-nhap", "/khong-co"):
        assert client.get(path).headers.get("Strict-Transport-Security") == header
