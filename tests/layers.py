"""What the contracts of import-linter in pyproject.toml say, and what imports what."""

import tomllib
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from pathlib import Path

import grimp

PROJECT = Path(__file__).resolve().parent.parent


@cache
def graph():
    """Return the imports of the apps, those for the type checker and inside functions with them."""
    return grimp.build_graph("apps", exclude_type_checking_imports=False, cache_dir=None)


def modules():
    """Return the modules of the apps, migrations left out."""
    return sorted(name for name in graph().modules if ".migrations" not in name)


def lines_of(module):
    """Count the lines of a module; a package has those of its `__init__`."""
    path = PROJECT / module.replace(".", "/")
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return len(file.read_text().splitlines())


def contracts():
    """Return the contracts that put modules in layers."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    found = settings["tool"]["importlinter"]["contracts"]
    return [each for each in found if each["type"] == "layers"]


def names_of(layer):
    """Return the modules of a layer, whether they must be there or only may."""
    return [name.strip(" ()") for name in layer.split("|")]


def containers_of(contract):
    """Return the packages that a contract parts into layers; `*` is any one of them."""
    for pattern in contract["containers"]:
        if pattern.endswith(".*"):
            yield from graph().find_children(pattern.removesuffix(".*"))
        else:
            yield pattern


def in_layers():
    """Return the modules that stand in a layer inside their app."""
    rooms = {
        f"{container}.{name}"
        for contract in contracts()
        for container in containers_of(contract)
        if container != "apps"
        for layer in contract["layers"]
        for name in names_of(layer)
    }
    return {name for name in modules() if any(_is_in(name, room) for room in rooms)}


def circle_in(package):
    """Return a circle of imports among what a package holds; empty if there is none."""
    rooms = [room for room in graph().find_children(package) if not room.endswith(".migrations")]
    room_of = {module: room for room in rooms for module in [room, *graph().find_descendants(room)]}
    imports = {room: set() for room in rooms}
    for module, room in room_of.items():
        found = {room_of.get(name) for name in graph().find_modules_directly_imported_by(module)}
        imports[room] |= found - {None, room}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as circle:
        return circle.args[1]
    return []


def packages():
    """Return the packages of the apps that hold something."""
    return sorted(name for name in modules() if graph().find_children(name))


def every_name_of(contract):
    """Return every name that stands in a contract's layers."""
    return set(chain.from_iterable(names_of(layer) for layer in contract["layers"]))


def _is_in(module, room):
    return module == room or module.startswith(f"{room}.")
