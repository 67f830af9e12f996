"""Operators, and how a channel wants its signature."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Operator(models.TextChoices):
    """Whose network a number is on. OTHER is routed like the whole-network channel."""

    MOBILE = "MOBILE", _("China Mobile")
    UNICOM = "UNICOM", _("China Unicom")
    TELECOM = "TELECOM", _("China Telecom")
    BROADNET = "BROADNET", _("China Broadnet")
    PHS = "PHS", _("PHS")
    OTHER = "OTHER", _("Other")


class Protocol(models.TextChoices):
    """The languages that connectors speak; one folder in `connectors/` each."""

    SIMULATOR = "SIMULATOR", _("Carrier simulator")


class SignaturePosition(models.TextChoices):
    """Where a channel wants the signature."""

    FRONT = "FRONT", _("In front")
    END = "END", _("At the end")
