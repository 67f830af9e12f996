"""What people wait for in their mail, sent by the worker."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from apps.users.services import resets


@app.task(retry=RetryStrategy(max_attempts=4, exponential_wait=4))
def mail_reset_links(email: str) -> None:
    """Answer a forgotten password; repeated after 4, 16, 64 seconds when the mail server fails."""
    resets.mail_links(email=email)
