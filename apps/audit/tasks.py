"""What the audit tables need by the clock."""

from procrastinate.contrib.django import app

from apps.audit import security


@app.periodic(cron="53 19 * * *")
@app.task(queueing_lock="audit.forget_old_security_events")
def forget_old_security_events(timestamp: int) -> None:  # noqa: ARG001 - the schedule's time
    """Delete security events past their time, at 03:53 in Asia/Shanghai."""
    security.forget_old()
