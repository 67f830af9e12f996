"""The gateway's own particulars."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

ONLY_ROW = 1


@pghistory.track()
class Gateway(models.Model):
    """The gateway company (乙方) as every document prints it: one row, or none before it is filled.

    Written by administrators; what a document needs is checked where one is made
    (`queries.gateway`), so that the rest can be filled in piece by piece.
    """

    # What agreement and pledge print of the gateway, and the bank that clause 11 names.
    PRINTED: ClassVar[tuple[str, ...]] = (
        "name",
        "phone",
        "postcode",
        "address",
        "bank_name",
        "bank_account",
    )

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY_ROW, editable=False)
    name = models.CharField(_("registered name"), max_length=100, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    fax = models.CharField(_("fax"), max_length=30, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    bank_name = models.CharField(_("bank name"), max_length=100, blank=True)
    bank_account = models.CharField(_("bank account"), max_length=40, blank=True)
    contact_name = models.CharField(_("contact"), max_length=50, blank=True)
    email = models.EmailField(_("email"), blank=True)

    class Meta:
        verbose_name = _("gateway's own particulars")
        verbose_name_plural = _("gateway's own particulars")
        constraints = [
            models.CheckConstraint(condition=Q(id=ONLY_ROW), name="partners_gateway_one_row")
        ]

    def __str__(self) -> str:
        return self.name or str(_("gateway's own particulars"))
