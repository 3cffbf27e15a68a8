"""Every page of the program is shown by a scene, so that `python -m bench.access` measures it and it is drawn."""

from bench.access import pages
from bench.pictures import EVERY_SCENE

OF_THEIR_OWN = {"buoc-dau", "buoc-xoa", "cai-dat", "cai-dat-loi", "dang-nhap-chua-co-ai"}
"""Scenes of an instance without accounts, and walks."""
WITHOUT_A_PAGE = {"(a file)", "(leads elsewhere)", "(data for a script)", "(answers a form alone)"}


def test_every_address_that_opens_is_in_the_list_of_pages(app):
    opened = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}

    assert sorted(opened - set(pages())) == [], "name a scene that shows it in tests/house/pages.txt, or why none does"
    assert sorted(set(pages()) - opened) == []


def test_every_page_names_a_scene_that_is_there():
    names = {scene.name for scene in EVERY_SCENE if not scene.paper} | OF_THEIR_OWN
    shown = {endpoint: scene for endpoint, scene in pages().items() if not scene.startswith("(")}

    assert {endpoint: scene for endpoint, scene in shown.items() if scene not in names} == {}


def test_a_page_goes_without_a_scene_only_for_a_known_reason():
    assert {reason for reason in pages().values() if reason.startswith("(")} <= WITHOUT_A_PAGE


def test_the_list_of_pages_is_sorted_with_a_line_each():
    assert list(pages()) == sorted(pages())
