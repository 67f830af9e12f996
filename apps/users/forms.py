"""What every dialog that makes a person's log-in asks."""

from django.contrib.auth.validators import ASCIIUsernameValidator
from django.utils.translation import gettext_lazy as _
from unfold.forms import BaseDialogForm
from unfold.widgets import UnfoldAdminEmailInputWidget, UnfoldAdminTextInputWidget

from apps.common.forms import LineEmailField, LineField


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
