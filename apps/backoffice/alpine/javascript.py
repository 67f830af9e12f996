"""The expressions of the templates as functions of a script.

Alpine makes functions of the texts in a page's attributes, which takes `unsafe-eval`, and would run
what somebody got into a page. Here they are made beforehand, of the templates alone. What a
template fills in is a value to them: part of a text, of a name, or a number.
"""

import json
import re

from apps.backoffice.alpine.sources import SLOT, expressions

_TOKEN = re.compile(rf"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[\w${SLOT}]+|\s+|.", re.DOTALL)
_STATEMENT = re.compile(r"if\b|let\b|const\b")
_IN_TEXT, _IN_NAME, _NUMBER = r"([^'\"\\]*)", r"(\w*)", r"(\d+)"


def script() -> str:
    """Return the script that puts the functions where `alpine.js` of ours looks for them."""
    exact, patterns = [], []
    for expression in expressions():
        if SLOT in expression:
            pattern, body = filled(expression)
            patterns.append(f"[new RegExp({json.dumps(pattern)}), {_function(body)}]")
        else:
            exact.append(f"[{json.dumps(expression)}, {_function(expression)}]")
    return (
        "window.alpineExpressions = {\n"
        f"exact: new Map([\n{_joined(exact)}\n]),\npatterns: [\n{_joined(patterns)}\n],\n}};\n"
    )


def filled(expression: str) -> tuple[str, str]:
    """Return the pattern of an expression with slots, and the code that takes their values."""
    tokens: list[str] = _TOKEN.findall(expression)
    pattern, code, count = "^", "", 0
    for place, token in enumerate(tokens):
        if SLOT not in token:
            pattern, code = pattern + _escaped(token), code + token
            continue
        pattern += _escaped(token).replace(SLOT, _kind(token))
        values = [f"slots[{count + each}]" for each in range(token.count(SLOT))]
        count += len(values)
        code = _joined_code(code, token, values, is_key=_is_key(tokens, place))
    return f"{pattern}$", code


def _joined_code(code: str, token: str, values: list[str], *, is_key: bool) -> str:
    if token == SLOT:
        return f"{code}Number({values[0]})"
    texts = map(json.dumps, token.strip("'\"").split(SLOT))
    parts = [next(texts), *(part for pair in zip(values, texts, strict=True) for part in pair)]
    text = " + ".join(parts)
    if token[0] in "'\"":
        return f"{code}[{text}]" if is_key else f"{code}({text})"
    if code.endswith("."):
        return f"{code[:-1]}[{text}]"
    return f"{code}[{text}]" if is_key else f"{code}scope[{text}]"


def _is_key(tokens: list[str], place: int) -> bool:
    """Tell whether the token names a property of an object that is written out."""
    before = [token for token in tokens[:place] if token.strip()]
    after = [token for token in tokens[place + 1 :] if token.strip()]
    return bool(before) and before[-1] in {"{", ","} and after[:1] == [":"]


def _kind(token: str) -> str:
    if token == SLOT:
        return _NUMBER
    return _IN_TEXT if token[0] in "'\"" else _IN_NAME


def _escaped(text: str) -> str:
    """Escape for JavaScript's patterns, which know fewer escapes than Python's."""
    return re.sub(r"[\\^$.*+?()\[\]{}|/-]", r"\\\g<0>", text)


def _function(code: str) -> str:
    value = f"(() => {{ {code} }})()" if _STATEMENT.match(code) else code
    return f"function (scope, slots) {{ let $result; with (scope) {{ $result = {value} }} return $result; }}"


def _joined(lines: list[str]) -> str:
    return ",\n".join(lines)
