"""The suite itself: what it relies on of its tools."""

import os

import pytest


@pytest.mark.xdist_group("kept-together")
def test_tests_of_a_group_stay_with_one_worker(request):
    assert request.node.nodeid.endswith("@kept-together") or "PYTEST_XDIST_WORKER" not in os.environ
