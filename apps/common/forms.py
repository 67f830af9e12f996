"""Form fields that pages of several apps share."""

from django import forms
from unfold.widgets import UnfoldAdminTextInputWidget


class MomentField(forms.DateTimeField):
    """A moment of Asia/Shanghai, picked with the browser's own picker."""

    widget = UnfoldAdminTextInputWidget({"type": "datetime-local"})


class DayField(forms.DateField):
    """A day, picked with the browser's own picker."""

    widget = UnfoldAdminTextInputWidget({"type": "date"})
