"""Matches: a person says which credits are which slips, and for which account."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common.errors import InvalidError, NotFoundError
from apps.partners.models import Account
from apps.recharges import locks
from apps.recharges.matching import scoring
from apps.recharges.models import BankEntry, Match, Remittance
from apps.recharges.queries import known
from apps.recharges.services import recharges, remittances


class MatchEmptyError(InvalidError):
    """A match is about money."""

    code = "match_empty"
    message = _("Choose at least one line of the bank.")
    cure = _("Mark the lines of the bank that belong together.")


class MatchOtherPartnerError(InvalidError):
    """A slip speaks for its own partner alone."""

    code = "match_other_partner"
    message = _("The slip of %(payer)s belongs to another partner than account %(account)s.")
    cure = _("Choose an account of the partner that reported the payment.")


@transaction.atomic
def confirm(
    *,
    bank_entry_ids: Collection[int],
    remittance_ids: Collection[int],
    account_id: int,
    by: Actor,
    at: datetime,
) -> Match:
    """Say that these credits are these slips' money, and recharge the account with it.

    Where one person is enough, the segments are credited at once; else the recharges wait for a
    second one. Without slips, the person vouches for the account alone.

    Raises:
        MatchEmptyError: no credit was chosen.
        NotFoundError: a credit, slip or account is not there.
        BankEntryStateError, BankEntryProposedError: somebody was quicker with a credit.
        RemittanceStateError: a slip's money was found already, or it was withdrawn.
        MatchOtherPartnerError: a slip is of another partner than the account.
        RechargeAccountClosedError, NoRateError, BelowLowestTierError: as `recharges.propose`.
    """
    if not bank_entry_ids:
        raise MatchEmptyError
    account = Account.objects.select_related("partner").filter(pk=account_id).first()
    if account is None:
        raise NotFoundError(account_id=account_id)
    entries = locks.bank_entries(bank_entry_ids)
    slips = locks.remittances(remittance_ids)
    _check_partner(slips, account)
    with act("matches.confirm", by=by):
        match = Match.objects.create(
            account=account,
            evidence=_evidence(entries, slips, account),
            confirmed_by_id=by.user_id,
            confirmed_at=at,
        )
        proposed = recharges.propose_locked(entries, account=account, match=match, by=by, at=at)
        for slip in slips:
            remittances.tie(slip, match)
    if recharges.needs_second_person(proposed, by=by, at=at):
        recharges.tell_waiting(proposed, at=at)
    else:
        recharges.confirm(recharge_id=proposed[0].pk, by=by, at=at)
    return match


def _check_partner(slips: Sequence[Remittance], account: Account) -> None:
    for slip in slips:
        if slip.account.partner_id != account.partner_id:
            raise MatchOtherPartnerError(payer=slip.payer, account=account.code)


def _evidence(
    entries: Sequence[BankEntry], slips: Sequence[Remittance], account: Account
) -> list[dict[str, object]]:
    partner = known.partners([account.partner_id])[0]
    found = scoring.weigh(
        [known.credit(entry) for entry in entries], [known.slip(each) for each in slips], partner
    )
    return [each.to_json() for each in found]
