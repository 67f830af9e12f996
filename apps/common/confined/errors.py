"""Why a piece of work was not done."""

from django.utils.translation import gettext_lazy as _

from apps.common.errors import UnavailableError


class WorkFailedError(Exception):
    """The work took too much time or memory: the kernel ended it, or its answer was too large."""


class WorkRaisedError(WorkFailedError):
    """The work raised what its task did not foresee; `trace` is where."""

    def __init__(self, task: str, raised: str, trace: str = "") -> None:
        super().__init__(task, raised)
        self.raised = raised
        self.trace = trace


class WorkUnavailableError(Exception):
    """No process can be started for it now; the content was not looked at."""


class FilesBusyError(UnavailableError):
    """As many files as may be are being opened, and others wait already; nothing was changed."""

    code = "files_busy"
    retry_after_seconds = 30
    message = _(
        "Too many files are being opened at this moment. Nothing was changed: try again in a minute."
    )
    cure = _("Wait a minute and repeat. Nothing was changed.")
