"""What every dialog that makes a person's log-in asks, and what the forgetful fill in."""

from allauth.account.forms import ResetPasswordForm as BaseResetPasswordForm
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.utils.translation import gettext_lazy as _
from unfold.forms import BaseDialogForm
from unfold.widgets import UnfoldAdminEmailInputWidget, UnfoldAdminTextInputWidget

from apps.common.forms import LineEmailField, LineField
from apps.users.tasks import mail_reset_links


class PersonForm(BaseDialogForm):
    """A person's log-in name and names; a subclass adds the role."""

    username = LineField(
        label=_("Log-in name"),
        max_length=30,
        validators=[ASCIIUsernameValidator()],
        widget=UnfoldAdminTextInputWidget(),
    )
    last_name = LineField(
        label=_("Family name"), max_length=30, widget=UnfoldAdminTextInputWidget()
    )
    first_name = LineField(
        label=_("Given name"), max_length=30, widget=UnfoldAdminTextInputWidget()
    )
    email = LineEmailField(
        label=_("Mail address"),
        required=False,
        help_text=_("Notices go there; without one they stand in the portal only."),
        widget=UnfoldAdminEmailInputWidget(),
    )


class ResetPasswordForm(BaseResetPasswordForm):
    """A forgotten password. The worker looks who has the address, known or not.

    So neither the answer nor the time that it takes tells a stranger whether somebody signs in
    with that address.
    """

    def clean_email(self) -> str:
        """Take any address."""
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: object, **kwargs: object) -> str:  # noqa: ARG002 - allauth's hook
        """Leave the address to the worker."""
        email: str = self.cleaned_data["email"]
        mail_reset_links.defer(email=email)
        return email
