"""What quickstart prints once everything runs."""

from collections.abc import Iterator
from pathlib import Path

from apps.demo.quickstart.credentials import Credentials


def lines(credentials: Credentials, *, path: Path) -> Iterator[str]:
    """Yield the addresses and log-ins."""
    base_url = credentials["base_url"]
    yield ""
    yield f"The portal is up: {base_url}/"
    yield ""
    yield f"  staff          {base_url}/admin/"
    yield f"  partners       {base_url}/"
    yield f"  API reference  {base_url}/api/docs/"
    yield ""
    for person in credentials["staff"]:
        yield _login("staff", person)
    for partner in credentials["partners"]:
        yield ""
        yield f"  {partner['name']}, account {partner['account']}"
        for person in partner["users"]:
            yield _login("partner", person)
        yield f"    live key  {partner['api_key']}"
        yield f"    test key  {partner['test_api_key']}"
    yield ""
    yield f"All of this is kept in {path}, logs in {path.parent / 'log'}."
    yield "Ctrl-C stops everything."


def _login(side: str, person: dict[str, str]) -> str:
    indent = "  " if side == "staff" else "    "
    return f"{indent}{person['role']:<14} {person['username']:<16} {person['password']}"
