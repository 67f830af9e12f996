"""Take the README's pictures of a running quickstart: `python -m tests.e2e.pictures`.

It reads `var/quickstart.json` (or VAR_DIR's) and wants Debian's chromium.
"""

import json
import os
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PROJECT = Path(__file__).resolve().parent.parent.parent
PICTURES = PROJECT / "static" / "readme"
SIZE = {"width": 1280, "height": 800}


def main() -> None:
    """Sign in as each reader and take what they see first."""
    var = Path(os.environ.get("VAR_DIR", PROJECT / "var"))
    known = json.loads((var / "quickstart.json").read_text())
    staff = {person["role"]: person for person in known["staff"]}
    owner = known["partners"][0]["users"][0]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        for person, path, name in (
            (staff["administrator"], "/admin/", "staff-home"),
            (staff["reviewer"], "/admin/judging/", "judging"),
            (owner, "/", "partner-home"),
        ):
            context = browser.new_context(viewport=SIZE, base_url=known["base_url"])
            # The README is in English; without a choice the pages are in Chinese.
            context.add_cookies(
                [{"name": "django_language", "value": "en", "url": known["base_url"]}]
            )
            page = context.new_page()
            _sign_in(page, person)
            page.goto(path, wait_until="networkidle")
            if name == "judging":
                page.locator("a.judging-title").first.click()
                page.wait_for_load_state("networkidle")
            page.screenshot(path=PICTURES / f"{name}.png")
        browser.close()


def _sign_in(page: Page, person: dict[str, str]) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", person["username"])
    page.fill("input[name=password]", person["password"])
    with page.expect_navigation():
        page.press("input[name=password]", "Enter")


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    main()
