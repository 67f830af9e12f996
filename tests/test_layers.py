"""Every module stands in a layer, and nothing imports what imports it, not even in hiding."""

import ast

import pytest

from tests import layers

# An app's own settings, which Django asks for before anything may be imported at the top.
ASKED_FOR_EARLY = ("apps.py",)


def test_the_layers_of_apps_name_every_app():
    [contract] = [each for each in layers.contracts() if each["containers"] == ["apps"]]
    apps = {name.rpartition(".")[2] for name in layers.graph().find_children("apps")}

    assert contract["exhaustive"]
    assert apps <= layers.every_name_of(contract)


def test_more_than_95_lines_of_a_hundred_stand_in_a_layer_inside_their_app():
    lines = {name: layers.lines_of(name) for name in layers.modules()}
    outside = {name: lines[name] for name in lines.keys() - layers.in_layers() if lines[name]}

    assert sum(outside.values()) < 0.05 * sum(lines.values()), outside


@pytest.mark.parametrize("package", layers.packages())
def test_what_a_package_holds_imports_one_another_one_way(package):
    assert layers.circle_in(package) == []


def functions_of(path):
    return (
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    )


def test_no_function_imports_what_its_module_may_not():
    hidden = [
        f"{path}:{line.lineno}"
        for path in (layers.PROJECT / "apps").rglob("*.py")
        if "migrations" not in path.parts and path.name not in ASKED_FOR_EARLY
        for function in functions_of(path)
        for line in ast.walk(function)
        if isinstance(line, ast.Import | ast.ImportFrom)
    ]

    assert hidden == []
