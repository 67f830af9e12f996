"""Why an application was refused, as it is answered."""

from apps.api.answers import Retold


class Reason(Retold):
    """Why something was refused, and what to do about it."""

    code: str
    detail: str
    cure: str


class Refusal(Retold):
    """The last refusal, until it is handed in again."""

    reasons: list[Reason]
    remark: str
