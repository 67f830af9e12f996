"""Why an application was refused, as it is answered."""

from typing import Any

from apps.api.answers import Retold
from apps.reviews.models import Application, Round
from apps.reviews.reasons import Reasons


class Reason(Retold):
    """Why something was refused, and what to do about it."""

    code: str
    detail: str
    cure: str


class Refusal(Retold):
    """The last refusal, until it is handed in again."""

    reasons: list[Reason]
    remark: str


def refusal(reasons: Reasons, refused: Application | Round) -> dict[str, Any]:
    """Return why something was refused, and what to do about it."""
    return {
        "reasons": [
            {"code": each.code.lower(), "detail": str(each.label), "cure": str(each.remedy)}
            for each in reasons.of(refused.reasons)
        ],
        "remark": refused.remark,
    }
