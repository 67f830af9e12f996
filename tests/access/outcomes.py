"""What a visitor gets, in one word, and rows of the table for the common cases."""

from tests.access.visitors import ANONYMOUS, OTHER, STAFF, VISITORS


def everybody(outcome):
    return dict.fromkeys(VISITORS, outcome)


def portal(*roles, sees="sees"):
    """A portal page for some roles of a partner; staff and strangers have no place there."""
    allowed = {f"partner {role}" for role in roles} | {OTHER}
    return everybody("forbidden") | {ANONYMOUS: "login"} | dict.fromkeys(allowed, sees)


def office(*roles, sees="sees"):
    """A staff page for some roles, or for all; others are asked to sign in as somebody else."""
    allowed = [f"staff {role}" for role in roles] or STAFF
    return everybody("login") | dict.fromkeys(STAFF, "forbidden") | dict.fromkeys(allowed, sees)


def signed_in(outcome="sees"):
    return everybody(outcome) | {ANONYMOUS: "login"}


def outcome_of(response, route):
    if 200 <= response.status_code < 300:
        return "sees"
    if response.status_code in {301, 302, 307}:
        is_login = response.headers["Location"].startswith(("/accounts/login/", "/admin/login/"))
        return "login" if is_login else "moves"
    if route.startswith("api:"):
        return "refused"
    return {403: "forbidden", 404: "missing", 405: "method", 503: "unready"}[response.status_code]
