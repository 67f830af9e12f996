"""What stands in the source where events are made: found by reading it, not by running it."""

import ast
import re

CHINESE = re.compile("[一-鿿]")
TRANSLATES = re.compile(r"_|n?p?gettext(_lazy)?|format_lazy|get_\w+_display|format|label|labels")
ENVELOPE = {"partner_id", "account_id", "subject_id", "at"}


def faults_of(source, kinds):
    """Name what is wrong where the events of `kinds`, by class name, are made or handed to `tell`.

    Args:
        source: of a module.
        kinds: the declared facts of each class, by its name.
    """
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [fault for call in calls for fault in _faults_of_call(call, kinds)]


def _faults_of_call(call, kinds):
    if _name(call.func) == "publish" and call.args and not isinstance(call.args[0], ast.Call):
        yield "publishes what is no event"
    made = [
        kinds[name] for name in map(_name, [call.func, *_choices(call.args[:1])]) if name in kinds
    ]
    if not made:
        return
    for keyword in call.keywords:
        name = keyword.arg
        if name and name not in ENVELOPE and not all(name in facts for facts in made):
            yield f"{name} is not declared"
        if name not in ENVELOPE:
            yield from _faults_of_value(name, keyword.value)


def _faults_of_value(name, value):
    for node in ast.walk(value):
        if isinstance(node, ast.Constant) and CHINESE.search(str(node.value)):
            yield f"{name} holds a sentence"
        if isinstance(node, ast.JoinedStr | ast.Mod):
            yield f"{name} is put together"
        if isinstance(node, ast.Call) and TRANSLATES.fullmatch(_name(node.func)):
            yield f"{name} is translated"


def _choices(arguments):
    """Return the classes of `tell(A if renewed else B, …)`, or the one of `tell(A, …)`."""
    for argument in arguments:
        yield from (
            [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
        )


def _name(node):
    return getattr(node, "attr", None) or getattr(node, "id", "")
