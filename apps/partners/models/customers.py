"""Partners' end customers."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.partners.choices import CustomerStatus, Industry
from apps.partners.models.partners import Partner
from apps.users.models import User


class CustomerQuerySet(models.QuerySet["Customer"]):
    """Customers by who may see them, by state and by what somebody types."""

    def visible_to(self, user: User) -> Self:
        """Keep the customers of the partners that `user` works for; staff see all."""
        return self if user.is_staff else self.filter(partner__memberships__user=user)

    def active(self) -> Self:
        """Keep those that pledges and accounts may be opened for."""
        return self.filter(status=CustomerStatus.ACTIVE)

    def matching(self, text: str) -> Self:
        """Keep those whose name, company code, contact or email holds `text`.

        The nine characters of an old organisation code stand within the company code, from the
        ninth on (GB 32100-2015), so a customer is found by it, too; its hyphen does not matter.
        """
        text = text.strip()
        if not text:
            return self
        return self.filter(
            Q(name__icontains=text)
            | Q(credit_code__icontains=text.replace("-", "").replace(" ", ""))
            | Q(contact_name__icontains=text)
            | Q(contact_email__icontains=text)
        )


@pghistory.track()
class Customer(models.Model):
    """A partner's end customer (甲方用户), on whose behalf an account may send.

    Entered by the partner. The company code, once given, stays: another company is another
    customer. A closed one is kept, and may be opened again.
    """

    Status = CustomerStatus

    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="customers", verbose_name=_("partner")
    )
    name = models.CharField(_("registered name"), max_length=100)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    legal_person = models.CharField(_("legal person"), max_length=50, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    contact_name = models.CharField(_("contact"), max_length=50, blank=True)
    contact_phone = models.CharField(_("phone"), max_length=30, blank=True)
    contact_email = models.EmailField(_("email"), blank=True)
    industry = models.CharField(_("industry"), max_length=50, choices=Industry, blank=True)
    audience = models.CharField(
        _("audience of the messages"),
        max_length=200,
        blank=True,
        help_text=_("Who receives them, such as members of the shop or patients with a booking."),
    )
    consent = models.CharField(
        _("how consent is had"),
        max_length=200,
        blank=True,
        help_text=_("Where and how they agreed to receive messages; kept so that it can be shown."),
    )
    status = models.CharField(
        _("status"), max_length=6, choices=CustomerStatus, default=CustomerStatus.ACTIVE
    )
    status_reason = models.CharField(_("reason of the status"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "name"], name="partners_customer_one_name_per_partner"
            ),
            models.UniqueConstraint(
                fields=["partner", "credit_code"],
                condition=~Q(credit_code=""),
                name="partners_customer_one_code_per_partner",
            ),
            models.CheckConstraint(
                condition=Q(status__in=CustomerStatus.values), name="partners_customer_status_known"
            ),
            models.CheckConstraint(
                condition=Q(industry__in=["", *Industry.values]),
                name="partners_customer_industry_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name
