"""Where messages go: numbers to operators, operators to routes, routes to connectors."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.carriers.choices import Operator, Protocol, SignaturePosition


@pghistory.track()
class NumberSegment(models.Model):
    """An override of the library's table: numbers that begin so are on this operator's network."""

    prefix = models.CharField(_("number begins with"), max_length=8, unique=True)
    operator = models.CharField(_("operator"), max_length=8, choices=Operator)
    note = models.CharField(_("note"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("number segment")
        verbose_name_plural = _("number segments")
        constraints = [
            models.CheckConstraint(
                condition=Q(prefix__regex=r"^1[0-9]{2,7}$"), name="carriers_numbersegment_form"
            )
        ]

    def __str__(self) -> str:
        return self.prefix


class PortedNumber(models.Model):
    """A number that left its segment's operator (携号转网); written by imports and carriers' word."""

    number = models.CharField(_("number"), max_length=11, primary_key=True)
    operator = models.CharField(_("operator"), max_length=8, choices=Operator)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        verbose_name = _("ported number")
        verbose_name_plural = _("ported numbers")

    def __str__(self) -> str:
        return self.number


@pghistory.track(exclude=["receipts_cursor"])  # It moves with every page of receipts.
class Connector(models.Model):
    """A connection to a carrier: which protocol, where, with what settings."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    protocol = models.CharField(_("protocol"), max_length=12, choices=Protocol)
    url = models.URLField(_("address"))
    is_enabled = models.BooleanField(_("enabled"), default=True)
    receipts_cursor = models.CharField(max_length=80, blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("connector")
        verbose_name_plural = _("connectors")

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Route(models.Model):
    """A channel for an operator's numbers; the enabled one of lowest priority number is used."""

    operator = models.CharField(_("operator"), max_length=8, choices=Operator)
    connector = models.ForeignKey(
        Connector, models.PROTECT, related_name="routes", verbose_name=_("connector")
    )
    priority = models.PositiveSmallIntegerField(_("priority"), default=10)
    signature_position = models.CharField(
        _("signature stands"),
        max_length=5,
        choices=SignaturePosition,
        default=SignaturePosition.FRONT,
    )
    is_enabled = models.BooleanField(_("enabled"), default=True)
    is_test = models.BooleanField(_("for test keys"), default=False)

    class Meta:
        verbose_name = _("route")
        verbose_name_plural = _("routes")
        constraints = [
            models.UniqueConstraint(
                fields=["operator", "is_test", "priority"], name="carriers_route_one_per_priority"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_operator_display()} → {self.connector}"
