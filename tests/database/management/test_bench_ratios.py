"""The minimum that the bench measures against is none of the product's addresses."""

from django.test import Client
from django.urls import get_resolver


def test_the_bare_views_exist_in_the_bench_alone():
    assert Client().post("/bare/bytes").status_code == 404
    assert not [each for each in get_resolver().url_patterns if str(each.pattern).startswith("bare")]
