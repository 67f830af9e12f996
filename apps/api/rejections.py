"""The published codes of recipients that are left out of a send, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

REJECTIONS: dict[str, Promise | str] = {
    "invalid_number": _("This is not a mainland mobile or PHS number."),
    "duplicate": _("The number stands in the list more than once; it is sent to once."),
    "unroutable": _("No channel reaches this number's network at present."),
}


class RejectedSerializer(serializers.Serializer[None]):
    """A recipient that was left out."""

    to = serializers.CharField()
    code = serializers.CharField()
    detail = serializers.CharField()
