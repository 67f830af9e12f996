"""API keys: which there are; the owner makes and revokes them.

Only the partner makes its keys: whoever holds one can send from the account, which the gateway
must not (agreement clause 4).
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from apps.common import form_keys
from apps.common.errors import DomainError
from apps.partners.choices import KeyMode
from apps.partners.services import api_keys as key_services
from apps.portal.access import PartnerRequest, Right, partner_page
from apps.portal.keys.forms import ApiKeyForm
from apps.portal.keys.pages import api_keys


@partner_page(Right.KEYS)
def key_list(request: PartnerRequest) -> HttpResponse:
    """Show the keys of the partner's accounts, without their secrets."""
    return render(request, "portal/keys/list.html", {"keys": api_keys(request.user)})


@never_cache
@partner_page(Right.ISSUE_KEYS)
def key_issue(request: PartnerRequest) -> HttpResponse:
    """Make a key and show it this once."""
    form = ApiKeyForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            key, plain = key_services.issue(
                account=form.cleaned_data["account"],
                name=form.cleaned_data["name"],
                mode=KeyMode(form.cleaned_data["mode"]),
                scopes=form.cleaned_data["scopes"],
                allowed_networks=form.cleaned_data["allowed_networks"],
                by=request.user.as_actor(),
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            said = _(
                "Key %(prefix)s… was made and shown once, in answer to the first sending. If you "
                "did not see it, revoke it and make another."
            )
            leads_to = reverse("portal:key-list")
            form_keys.shows_once(request, leads_to=leads_to, says=said % {"prefix": key.prefix})
            return render(request, "portal/keys/issued.html", {"key": key, "plain": plain})
    return render(request, "portal/keys/issue.html", {"form": form})


@require_POST
@partner_page(Right.ISSUE_KEYS)
def key_revoke(request: PartnerRequest, prefix: str) -> HttpResponse:
    """End a key for good."""
    key = get_object_or_404(api_keys(request.user), prefix=prefix)
    key_services.revoke(key=key, by=request.user.as_actor())
    messages.success(request, _("Key %(prefix)s… is revoked.") % {"prefix": key.prefix})
    return redirect("portal:key-list")
