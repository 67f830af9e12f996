"""Registrations of signatures with the operators."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.signatures.choices import RegisteringOperator, RegistrationStatus
from apps.signatures.models.signatures import Signature


@pghistory.track()
class OperatorRegistration(models.Model):
    """How far the registration of one signature with one operator is; no row means not filed.

    Written by staff as the operator answers. It does not stop sends.
    """

    Status = RegistrationStatus

    signature = models.ForeignKey(
        Signature, models.PROTECT, related_name="registrations", verbose_name=_("signature")
    )
    operator = models.CharField(_("operator"), max_length=8, choices=RegisteringOperator)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=RegistrationStatus,
        default=RegistrationStatus.NOT_FILED,
    )
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    extension = models.CharField(
        _("extension"),
        max_length=20,
        blank=True,
        help_text=_("The digits that follow the channel's number, bound to the signature."),
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("operator registration")
        verbose_name_plural = _("operator registrations")
        constraints = [
            models.UniqueConstraint(
                fields=["signature", "operator"], name="signatures_registration_one_per_operator"
            ),
            models.CheckConstraint(
                condition=Q(operator__in=RegisteringOperator.values),
                name="signatures_registration_operator_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=RegistrationStatus.values),
                name="signatures_registration_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status="NOT_FILED") | Q(filed_on__isnull=False),
                name="signatures_registration_filed_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["REGISTERED", "REFUSED"]) | Q(answered_on__isnull=False),
                name="signatures_registration_answered_has_day",
            ),
            models.CheckConstraint(
                condition=Q(extension__regex=r"^[0-9]*$"),
                name="signatures_registration_extension_form",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_operator_display()} · {self.get_status_display()}"
