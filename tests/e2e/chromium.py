"""Whether there is a browser to test with."""

import os
import re
from pathlib import Path

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))


def is_left_out() -> bool:
    """Tell whether the browser tests are left out: there is no chromium, and nobody insists."""
    return not CHROMIUM.exists() and os.environ.get("CI", "").lower() != "true"


def notice() -> list[str]:
    """Return the line that names what is left out; nothing when nothing is."""
    if not is_left_out():
        return []
    files = sorted(Path(__file__).parent.glob("test_*.py"))
    names = [name for file in files for name in re.findall(r"def (test_\w+)", file.read_text())]
    return [f"{CHROMIUM} is missing, so these are left out: {', '.join(names)}"]
