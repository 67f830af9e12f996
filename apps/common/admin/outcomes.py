"""What a button of the admin says when its service has done what it was asked."""

from typing import Self

from django.utils.functional import Promise

Text = Promise | str


class ShownOnce:
    """What an action made that is shown once and kept nowhere, such as a password."""

    def __init__(self, *, title: Text, explanation: Text, secret: str) -> None:
        self.title = title
        self.explanation = explanation
        self.secret = secret


class Leads(str):
    """What happened, and the page on which it goes on."""

    url: str

    def __new__(cls, text: str, url: str) -> Self:
        """Write what happened, with the address of the page."""
        self = super().__new__(cls, text)
        self.url = url
        return self
