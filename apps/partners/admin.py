"""Partners, their customers and accounts. Keys are the partner's to make: staff only end them."""

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display
from unfold.enums import ActionVariant

from apps.audit.actors import actor_of
from apps.common import clock
from apps.common.admin.buttons import ReasonForm, service_action
from apps.common.admin.columns import moment, quantity, state
from apps.common.admin.outcomes import ShownOnce
from apps.common.admin.tables import ConfigurationAdmin, ReadOnlyInline, ServiceAdmin
from apps.partners.choices import AccountStatus, CustomerStatus, PartnerRole
from apps.partners.forms import (
    CustomerAccountForm,
    CustomerEditForm,
    CustomerForm,
    MemberForm,
    PartnerEditForm,
    PartnerForm,
    SecurityRulesForm,
)
from apps.partners.models import Account, ApiKey, Customer, Gateway, Membership, Partner
from apps.partners.services import accounts, api_keys, customers, partners, people

KEEP_CUSTOMERS = "partners.keep_customer"


class AccountInline(ReadOnlyInline):
    model = Account
    verbose_name_plural = _("accounts")
    fields = readonly_fields = ("code", "customer", "status", "status_reason")
    show_change_link = True


class MemberInline(ReadOnlyInline):
    model = Membership
    fields = readonly_fields = ("user", "role")


class CustomerInline(ReadOnlyInline):
    model = Customer
    fields = readonly_fields = ("name", "credit_code", "industry", "contact_name", "status")
    show_change_link = True


@admin.register(Gateway)
class GatewayAdmin(ConfigurationAdmin):
    """The gateway's own particulars: one row, which stays."""

    list_display = ("name", "phone", "address", "bank_name", "bank_account")
    ordering = ("pk",)
    fields = (
        "name",
        "phone",
        "fax",
        "postcode",
        "address",
        "bank_name",
        "bank_account",
        "contact_name",
        "email",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Offer it while there is none; a page asks three times, the table is read once."""
        if not hasattr(request, "has_gateway"):
            request.has_gateway = Gateway.objects.exists()  # type: ignore[attr-defined]
        has_gateway: bool = request.has_gateway  # type: ignore[attr-defined]
        return super().has_add_permission(request) and not has_gateway

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 - Django's hook
        obj: Model | None = None,  # noqa: ARG002
    ) -> bool:
        return False


@admin.register(Partner)
class PartnerAdmin(ServiceAdmin):
    list_display = ("name", "own_account", "credit_code", "phone", "since")
    search_fields = ("name", "credit_code", "accounts__code")
    ordering = ("name",)
    fields = (
        "name",
        "credit_code",
        "phone",
        "fax",
        "postcode",
        "address",
        "security_rules",
        "rules_stated",
        "since",
    )
    readonly_fields = fields
    inlines = (AccountInline, MemberInline, CustomerInline)
    actions_list = ("create",)
    actions_detail = (
        "edit",
        "open_own_account",
        "open_customer_account",
        "add_member",
        "add_customer",
        "state_security_rules",
    )

    since = moment("created_at", _("registered at"))
    rules_stated = moment("security_rules_stated_at", _("rules stated at"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Partner]:
        rows: QuerySet[Partner] = super().get_queryset(request)
        return rows.prefetch_related("accounts")

    @display(description=_("own account"))
    def own_account(self, partner: Partner) -> str:
        own = [account.code for account in partner.accounts.all() if account.customer_id is None]
        return own[0] if own else "—"

    @service_action(
        title=_("Register a partner"),
        permission="partners.create_partner",
        form_class=PartnerForm,
        icon="domain_add",
        variant=ActionVariant.PRIMARY,
        is_dialog=False,
    )
    def create(self, request: HttpRequest, _obj: None, /, **values: str) -> str:
        partner = partners.create(by=actor_of(request), **values)
        return gettext("%(partner)s is registered.") % {"partner": partner}

    @service_action(
        title=_("Edit"),
        permission="partners.create_partner",
        form_class=PartnerEditForm,
        icon="edit",
        is_dialog=False,
    )
    def edit(self, request: HttpRequest, partner: Partner, /, **values: str) -> str:
        partner = partners.edit(partner_id=partner.pk, by=actor_of(request), **values)
        return gettext("The particulars of %(partner)s are changed.") % {"partner": partner}

    @service_action(
        title=_("State its security rules"),
        permission="partners.create_partner",
        form_class=SecurityRulesForm,
        explanation=_("What the partner says about agreement clause 6(1), in its own words."),
    )
    def state_security_rules(self, request: HttpRequest, partner: Partner, /, *, rules: str) -> str:
        partners.state_security_rules(
            partner_id=partner.pk, rules=rules, by=actor_of(request), at=clock.now()
        )
        return gettext("The security rules of %(partner)s are stated.") % {"partner": partner}

    @service_action(
        title=_("Register a customer"),
        permission=KEEP_CUSTOMERS,
        form_class=CustomerForm,
        is_dialog=False,
    )
    def add_customer(self, request: HttpRequest, partner: Partner, /, **values: str) -> str:
        customer = customers.create(
            partner=partner, particulars=customers.Particulars(**values), by=actor_of(request)
        )
        return gettext("%(customer)s is registered.") % {"customer": customer}

    @service_action(
        title=_("Open its own account"),
        permission="partners.open_account",
        when=lambda partner: not partner.accounts.filter(customer=None).exists(),
    )
    def open_own_account(self, request: HttpRequest, partner: Partner, /) -> str:
        account = accounts.open_own(partner=partner, by=actor_of(request), at=clock.now())
        return gettext("Account %(account)s is open.") % {"account": account}

    @service_action(
        title=_("Open an account for a customer"),
        permission="partners.open_account",
        form_class=CustomerAccountForm,
        when=lambda partner: partner.customers.active().exists(),
    )
    def open_customer_account(
        self, request: HttpRequest, _partner: Partner, /, *, customer: Customer
    ) -> str:
        account = accounts.open_for_customer(
            customer=customer, by=actor_of(request), at=clock.now()
        )
        return gettext("Account %(account)s is open.") % {"account": account}

    @service_action(
        title=_("Add a person"),
        permission="partners.add_membership",
        form_class=MemberForm,
        explanation=_("Somebody of the partner's, who gets a log-in to the portal."),
    )
    def add_member(
        self, request: HttpRequest, partner: Partner, /, *, role: str, **names: str
    ) -> ShownOnce:
        member, password = people.enrol(
            partner=partner, role=PartnerRole(role), by=actor_of(request), **names
        )
        return ShownOnce(
            title=gettext("First password of %(username)s") % {"username": member.user.username},
            explanation=_(
                "It is shown this once. Pass it on in person; it should be changed at once."
            ),
            secret=password,
        )


@admin.register(Customer)
class CustomerAdmin(ServiceAdmin):
    list_display = ("name", "partner", "credit_code", "industry", "contact_name", "state", "since")
    list_filter = (("status", ChoicesDropdownFilter), ("industry", ChoicesDropdownFilter))
    list_select_related = ("partner",)
    search_fields = ("name", "credit_code", "contact_name", "partner__name")
    ordering = ("partner__name", "name", "pk")
    fields = (
        "name",
        "partner",
        "status",
        "status_reason",
        "credit_code",
        "legal_person",
        "address",
        "contact_name",
        "contact_phone",
        "contact_email",
        "industry",
        "audience",
        "consent",
        "since",
    )
    readonly_fields = fields
    actions_detail = ("edit", "close", "reopen")

    state = state()
    since = moment("created_at", _("registered at"))

    @service_action(
        title=_("Edit"),
        permission=KEEP_CUSTOMERS,
        form_class=CustomerEditForm,
        icon="edit",
        is_dialog=False,
        when=lambda customer: customer.status == CustomerStatus.ACTIVE,
    )
    def edit(self, request: HttpRequest, customer: Customer, /, **values: str) -> str:
        customer = customers.edit(
            customer_id=customer.pk,
            particulars=customers.Particulars(**values),
            by=actor_of(request),
        )
        return gettext("The particulars of %(customer)s are changed.") % {"customer": customer}

    @service_action(
        title=_("Close the customer"),
        permission=KEEP_CUSTOMERS,
        form_class=ReasonForm,
        explanation=_("The partner no longer serves it. Its papers stay."),
        variant=ActionVariant.DANGER,
        when=lambda customer: customer.status == CustomerStatus.ACTIVE,
    )
    def close(self, request: HttpRequest, customer: Customer, /, *, reason: str) -> str:
        customers.close(customer_id=customer.pk, by=actor_of(request), reason=reason)
        return gettext("Customer %(customer)s is closed.") % {"customer": customer}

    @service_action(
        title=_("Open again"),
        permission=KEEP_CUSTOMERS,
        when=lambda customer: customer.status == CustomerStatus.CLOSED,
    )
    def reopen(self, request: HttpRequest, customer: Customer, /) -> str:
        customers.reopen(customer_id=customer.pk, by=actor_of(request))
        return gettext("Customer %(customer)s is served again.") % {"customer": customer}


class KeyColumns:
    """How keys are shown beside their account and in their own list."""

    made = moment("created", _("made at"))

    @display(description=_("usable"), boolean=True)
    def is_usable(self, key: ApiKey) -> bool:
        return not key.revoked


class ApiKeyInline(KeyColumns, ReadOnlyInline):
    model = ApiKey
    fields = readonly_fields = ("prefix", "name", "mode", "scopes", "is_usable", "made")
    show_change_link = True


@admin.register(Account)
class AccountAdmin(ServiceAdmin):
    list_display = ("code", "partner", "customer", "state", "available", "held", "spent")
    list_filter = (("status", ChoicesDropdownFilter),)
    list_select_related = ("partner", "customer", "balance")
    search_fields = ("code", "partner__name", "customer__name")
    ordering = ("code",)
    fields = (
        "code",
        "partner",
        "customer",
        "status",
        "status_reason",
        "available",
        "held",
        "spent",
        "issued",
        "since",
    )
    readonly_fields = fields
    inlines = (ApiKeyInline,)
    actions_detail = ("suspend", "resume")

    state = state()
    available = quantity("balance__available", _("available"))
    held = quantity("balance__held", _("held"))
    spent = quantity("balance__spent", _("spent"))
    issued = quantity("balance__issued", _("issued"))
    since = moment("created_at", _("opened at"))

    @service_action(
        title=_("Suspend"),
        permission="partners.suspend_account",
        form_class=ReasonForm,
        explanation=_("Sends are refused at once. The partner reads the reason."),
        icon="pause_circle",
        variant=ActionVariant.DANGER,
        when=lambda account: account.status == AccountStatus.ACTIVE,
    )
    def suspend(self, request: HttpRequest, account: Account, /, *, reason: str) -> str:
        accounts.suspend(account_id=account.pk, by=actor_of(request), reason=reason)
        return gettext("Account %(account)s is suspended.") % {"account": account}

    @service_action(
        title=_("Resume"),
        permission="partners.suspend_account",
        explanation=_("The account may send again."),
        icon="play_circle",
        variant=ActionVariant.PRIMARY,
        when=lambda account: account.status == AccountStatus.SUSPENDED,
    )
    def resume(self, request: HttpRequest, account: Account, /) -> str:
        accounts.resume(account_id=account.pk, by=actor_of(request))
        return gettext("Account %(account)s may send again.") % {"account": account}


@admin.register(ApiKey)
class ApiKeyAdmin(KeyColumns, ServiceAdmin):
    """Keys without their secrets. Nobody here can make one: who has one can send (clause 4)."""

    list_display = ("prefix", "name", "account", "kind", "is_usable", "made")
    list_filter = (("mode", ChoicesDropdownFilter), "revoked")
    list_select_related = ("account",)
    search_fields = ("prefix", "account__code")
    ordering = ("-created", "pk")
    fields = (
        "prefix",
        "name",
        "account",
        "mode",
        "scopes",
        "allowed_networks",
        "is_usable",
        "made",
    )
    readonly_fields = fields
    actions_detail = ("revoke",)

    kind = state("mode", _("mode"))

    @service_action(
        title=_("Revoke"),
        permission="partners.revoke_apikey",
        form_class=ReasonForm,
        explanation=_("Software that uses this key is refused at once, for good."),
        icon="key_off",
        variant=ActionVariant.DANGER,
        when=lambda key: not key.revoked,
    )
    def revoke(self, request: HttpRequest, key: ApiKey, /, *, reason: str) -> str:
        api_keys.revoke(key=key, by=actor_of(request), reason=reason)
        return gettext("Key %(prefix)s… is revoked.") % {"prefix": key.prefix}
