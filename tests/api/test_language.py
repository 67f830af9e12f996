"""The language of `detail`: Chinese unless the request asks for English."""

import re

import pytest

from tests.factories.senders import SEND

CHINESE = re.compile("[一-鿿]")


@pytest.mark.parametrize(
    ("accepted", "is_chinese"),
    [
        (None, True),
        ("zh-CN,zh;q=0.9", True),
        ("en", False),
        ("en-GB,en;q=0.9,zh;q=0.8", False),
        ("fr", True),
        ("*", True),
    ],
)
def test_follows_the_request(caller, accepted, is_chinese):
    answer = caller.post({**SEND, "to": ["1"]}, **{"Accept-Language": accepted})
    problem = answer.json()

    assert bool(CHINESE.search(problem["detail"])) is is_chinese
    assert bool(CHINESE.search(problem["rejected"][0]["detail"])) is is_chinese
    assert answer["Content-Language"] == ("zh-hans" if is_chinese else "en")


def test_holds_for_the_errors_of_fields(caller):
    told = caller.post({**SEND, "valid_for": 1}, **{"Accept-Language": "zh"}).json()["errors"]

    assert CHINESE.search(told["valid_for"][0])


def test_holds_for_reads(caller):
    problem = caller.get("/api/v1/batches/x", **{"Accept-Language": "zh"}).json()

    assert CHINESE.search(problem["detail"])
