"""A parser that a hostile file has taken over: it answers what no statement says."""

import orjson


def read(content, *, mapping):
    line = [1, True, "1" * 27, "2026-06-01", None, "x" * 101, "", "", "", []]
    told = {
        "format": "DELIMITED",
        "lines": [line],
        "own_account": "",
        "headings": [],
        "mapping": None,
        "skipped_count": 0,
    }
    return {}, orjson.dumps(told)
