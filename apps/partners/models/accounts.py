"""Accounts that send, and their keys."""

from typing import ClassVar, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from rest_framework_api_key.crypto import KeyGenerator
from rest_framework_api_key.models import AbstractAPIKey, APIKeyManager

from apps.partners.choices import AccountStatus, KeyMode, Scope
from apps.partners.models.customers import Customer
from apps.partners.models.partners import Partner
from apps.users.models import User


class AccountQuerySet(models.QuerySet["Account"]):
    """Accounts by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the accounts of the partners that `user` works for; staff see all."""
        return self if user.is_staff else self.filter(partner__memberships__user=user)


@pghistory.track(exclude=["legacy_password"])
class Account(models.Model):
    """A prepaid account that sends, with a log-in code such as TCLKJ01234."""

    Status = AccountStatus

    code = models.CharField(_("code"), max_length=20, unique=True)
    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="accounts", verbose_name=_("partner")
    )
    customer = models.ForeignKey(
        Customer,
        models.PROTECT,
        related_name="accounts",
        null=True,
        blank=True,
        verbose_name=_("customer"),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=AccountStatus, default=AccountStatus.ACTIVE
    )
    status_reason = models.CharField(_("reason of the status"), max_length=200, blank=True)
    legacy_password = models.CharField(_("legacy password, hashed"), max_length=128, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(
                fields=["partner"],
                condition=Q(customer__isnull=True),
                name="partners_account_one_own_per_partner",
            ),
            models.CheckConstraint(
                condition=Q(status__in=AccountStatus.values), name="partners_account_status_known"
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9A-Za-z]{4,20}$"), name="partners_account_code_form"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ApiKeyGenerator(KeyGenerator):
    """Keys that say what they are: `sk_live_` or `sk_test_`, eight letters, a dot, the secret."""

    def __init__(self, mode: KeyMode) -> None:
        super().__init__(prefix_length=8, secret_key_length=32)
        self.mode = mode

    def get_prefix(self) -> str:
        """Return the public half of a new key."""
        return f"sk_{self.mode.value.lower()}_{super().get_prefix()}"


class ApiKeyManager(APIKeyManager):
    """Makes keys with the prefix of their mode."""

    def assign_key(self, obj: AbstractAPIKey) -> str:
        """Give `obj` a new prefix and hash, and return the key that is shown once."""
        self.key_generator = ApiKeyGenerator(KeyMode(obj.mode))  # type: ignore[attr-defined]
        return str(super().assign_key(obj))


@pghistory.track(exclude=["hashed_key", "id"])
class ApiKey(AbstractAPIKey):
    """A key of one account for the REST API: shown once, kept as a SHA-512."""

    objects: ClassVar[ApiKeyManager] = ApiKeyManager()

    id = models.CharField(max_length=180, primary_key=True, editable=False)
    prefix = models.CharField(max_length=16, unique=True, editable=False)
    account = models.ForeignKey(
        Account, models.CASCADE, related_name="api_keys", verbose_name=_("account")
    )
    mode = models.CharField(_("mode"), max_length=4, choices=KeyMode)
    scopes = ArrayField(models.CharField(max_length=32, choices=Scope), verbose_name=_("scopes"))
    allowed_networks = ArrayField(
        models.CharField(max_length=43),
        default=list,
        blank=True,
        verbose_name=_("allowed networks"),
        help_text=_("Addresses or networks such as 203.0.113.0/24; empty allows all."),
    )

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        constraints = [
            models.CheckConstraint(
                condition=Q(mode__in=KeyMode.values), name="partners_apikey_mode_known"
            )
        ]
