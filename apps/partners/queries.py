"""Reads about partners and the gateway itself."""

from django.utils.translation import gettext_lazy as _

from apps.common.errors import ConflictError
from apps.partners.models import Gateway


class GatewayParticularsMissingError(ConflictError):
    """A document cannot be made while what it prints of the gateway is blank."""

    code = "gateway_particulars_missing"
    message = _("Fill in the gateway's own particulars first: %(missing)s.")
    cure = _("An administrator of the gateway fills them in under “Gateway’s own particulars”.")


def gateway() -> Gateway:
    """Return the gateway's own particulars, complete enough to be printed on a document.

    Raises:
        GatewayParticularsMissingError: something that documents print is blank.
    """
    found = Gateway.objects.first() or Gateway()
    missing = [
        str(field.verbose_name)
        for field in Gateway._meta.fields
        if field.name in Gateway.PRINTED and not getattr(found, field.name)
    ]
    if missing:
        raise GatewayParticularsMissingError(missing=", ".join(missing))
    return found
