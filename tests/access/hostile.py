"""What a hostile caller writes where a page expects something else."""

NUMBERS = {
    "five thousand digits": "9" * 5_000,
    "more than the database holds": str(2**63),
    "twenty-five digits": "9" * 25,
    "exponent": "1e250000",
    "small exponent": "1e-250000",
    "minus zero": "-0",
    "below zero": "-1",
    "not a number": "NaN",
    "infinity": "Infinity",
    "superscript": "²",
    "full-width": "１２",
    "several": "9999999999999999999999,1,2",
    "cursor": "9999-12-31T23:59:59+00:00 rem 1",
    "choice": "99999999999999999999|1|1",
    "key": "signatures-99999999999999999999",
}
DAYS = {
    "year 0": "0000-01-01",
    "year 1": "0001-01-01",
    "year 9999": "9999-12-31",
    "year 10000": "10000-01-01",
    "moment in year 9999": "9999-12-31T23:59",
    "month of year 9999": "9999-12",
}
TEXTS = {
    "nothing": "",
    "NUL": "a\0b",
    "half of a pair": "%ed%a0%80",
    "lost bytes": "\ufffd%ff%fe",
    "very long": "长" * 4_000,
    "direction marks": "\u202eabc\u2066",
    "line breaks": "a\r\nBcc: x@example.com\u2028b",
    "emoji": "👨‍👩‍👧",
    "quotes": "'\"`<>&\\",
    "placeholders": "%s %(x)s %% {0} {x!r}",
    "path": "../../../../etc/passwd",
    "JSON": '{"a": [[[[1]]]], "b": null}',
    "deep JSON": "[" * 5_000,
    "uuid": "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "regular expression": "(a+)+$[",
    "address": "http://[::1",
}
PAYLOADS = NUMBERS | DAYS | TEXTS
# Of JSON there are more kinds than texts.
VALUES = [
    *PAYLOADS.values(),
    *(None, True, 0, -1, 2**63, -(2**63), 1e308, 0.1, [], {}, [[[[]]]], {"a": {"b": [1]}}),
    *(["a\0b"], ["x"] * 2_000, [None], [{}]),
]
# Ill-formed where Python's own writer would not go.
RAW_VALUES = ["1e400", "-1e400", "9" * 5_000, "NaN", '"\\ud800"', '"\\u0000"', "[" * 5_000]
