"""What credit was bought at which price, and how far it is used up."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.partners.models import Account
from apps.recharges.models.recharges import Recharge
from apps.users.models import User


class LotQuerySet(models.QuerySet["Lot"]):
    """Lots by who may see them, and in the order in which they are used up."""

    def visible_to(self, user: User) -> Self:
        """Keep the lots of the partners that `user` works for; staff see all."""
        return self if user.is_staff else self.filter(account__partner__memberships__user=user)

    def first_in_first_out(self) -> Self:
        """Keep what has arrived in its account, in the order in which it came."""
        return self.filter(arrived_sequence__isnull=False).order_by("arrived_sequence", "pk")


class Lot(models.Model):
    """Segments that came into an account at one price; used up first in first out.

    One is written when a recharge is confirmed, and one for each part that a transfer takes to
    another account, where it keeps its price. Sends do not touch lots: `services.lots.settle`
    follows the ledger, and is the only one that changes them.
    """

    recharge = models.ForeignKey(
        Recharge, models.PROTECT, related_name="lots", verbose_name=_("recharge")
    )
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="lots", verbose_name=_("account")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="parts",
        null=True,
        verbose_name=_("part of"),
        help_text=_("The lot of another account that a transfer took it from."),
    )
    transfer_id = models.UUIDField(null=True, editable=False)
    arrived_sequence = models.BigIntegerField(
        _("number of the entry"),
        null=True,
        help_text=_("The entry of the account's ledger that brought it; none while on its way."),
    )
    segments = models.BigIntegerField(_("segments"))
    remaining_segments = models.BigIntegerField(_("segments left"))
    spent_segments = models.BigIntegerField(_("spent"), default=0)
    moved_segments = models.BigIntegerField(_("moved to other accounts"), default=0)
    reversed_segments = models.BigIntegerField(_("taken back"), default=0)
    unit_price_yuan = models.DecimalField(_("yuan per segment"), max_digits=8, decimal_places=4)
    created_at = models.DateTimeField(_("came at"))

    objects = LotQuerySet.as_manager()

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        constraints = [
            models.UniqueConstraint(
                fields=["recharge"],
                condition=Q(parent__isnull=True),
                name="recharges_lot_one_per_recharge",
            ),
            models.UniqueConstraint(
                fields=["transfer_id", "parent"], name="recharges_lot_moved_once"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, transfer_id__isnull=True)
                | Q(parent__isnull=False, transfer_id__isnull=False),
                name="recharges_lot_part_names_its_transfer",
            ),
            models.CheckConstraint(
                condition=Q(segments__gt=0, unit_price_yuan__gt=0),
                name="recharges_lot_amounts_above_zero",
            ),
            models.CheckConstraint(
                condition=Q(
                    segments=F("remaining_segments")
                    + F("spent_segments")
                    + F("moved_segments")
                    + F("reversed_segments"),
                    remaining_segments__gte=0,
                    spent_segments__gte=0,
                    moved_segments__gte=0,
                    reversed_segments__gte=0,
                ),
                name="recharges_lot_parts_add_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.remaining_segments}/{self.segments}"


class LotMark(models.Model):
    """Up to which entry of its ledger an account's lots are settled."""

    account = models.OneToOneField(Account, models.PROTECT, primary_key=True, related_name="+")
    through_sequence = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("lot mark")
        verbose_name_plural = _("lot marks")

    def __str__(self) -> str:
        return f"{self.account_id}#{self.through_sequence}"
