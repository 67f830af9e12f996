from tests.peers import nginx


def pytest_collection_modifyitems(config, items):
    """Leave nginx's tests out where there is none; `tests/conftest.py` says so."""
    if nginx.is_left_out():
        left_out = [item for item in items if item.get_closest_marker("nginx")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
