"""Every scene of every page, in all roles and states: a quarter of an hour, a part of `make test-long`."""

from bench import access


def test_nothing_is_wrong_in_any_scene_and_no_page_is_left_out():
    found = access.inspect()

    assert found.problems == [], "\n".join(found.problems)
    assert found.measured > 400
