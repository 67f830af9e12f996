"""What about money takes two people to change: the limit up to which one is enough."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from apps.common.templatetags.formats import yuan
from apps.recharges.models import RechargePolicy
from apps.recharges.queries import money as queries
from apps.recharges.services import policies
from apps.users.proposals import Kind, Payload, register


def _lines(payload: Payload) -> list[tuple[str, str]]:
    now, fields = queries.policy(), RechargePolicy._meta
    limit = Decimal(payload["one_person_max_yuan"])
    return [
        (
            str(fields.get_field("one_person_max_yuan").verbose_name),
            f"{yuan(now.one_person_max_yuan)} → {yuan(limit)}",
        ),
        (
            str(fields.get_field("cut_off").verbose_name),
            f"{now.cut_off:%H:%M} → {payload['cut_off']}",
        ),
    ]


register(
    Kind(
        name=policies.KIND,
        label=_("Rules of recharging"),
        lines=_lines,
        carry_out=policies.change_approved,
    )
)
