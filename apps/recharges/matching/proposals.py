"""Which credits and slips are worth comparing, and their ranking for each credit.

Comparing everything with everything would be a million pairs for a day's statement. A slip is
looked at when its amount fits, when its reference stands in the bank's line, or when its partner
is *named* by the line: by payer, known bank account, log-in code, agreement number, or name in the
memo. Sets that add up are searched only among credits and slips of one named partner.

At the end slips are dealt out: the strongest proposals take their slips first, and what would use
a taken slip is marked and falls behind. So two equal transfers find their two equal slips.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from apps.recharges.matching import names, scoring, sums
from apps.recharges.matching.evidence import Evidence, Kind, Proposal
from apps.recharges.matching.facts import Credit, Partner, Slip

PROPOSALS_SHOWN = 5
LEAST_SCORE = 15
MERGED_WITHIN = timedelta(days=31)  # slips that one credit may pay together
SPLIT_WITHIN = timedelta(days=10)  # credits that may pay one slip together
MOST_OF_PARTNER = 20
_OF_PARTNER = frozenset(
    {
        Kind.NAME_EQUAL,
        Kind.NAME_SIMILAR,
        Kind.PAYER_KNOWN,
        Kind.ACCOUNT_KNOWN,
        Kind.CODE_FOUND,
        Kind.AGREEMENT_FOUND,
        Kind.PARTNER_NAMED,
    }
)
Sets = tuple[tuple[int, ...], tuple[int, ...], int]


def propose(
    credits_: Sequence[Credit], slips: Sequence[Slip], partners: Sequence[Partner]
) -> dict[int, list[Proposal]]:
    """Return the proposals for each credit, the best first; none where nothing speaks for any."""
    board = _Board(credits_, slips, partners)
    found = {credit.id: board.proposals(credit) for credit in credits_}
    return _dealt_out(found)


class _Board:
    """Everything indexed by what a bank's line may say."""

    def __init__(
        self, credits_: Sequence[Credit], slips: Sequence[Slip], partners: Sequence[Partner]
    ) -> None:
        self._credits = {credit.id: credit for credit in credits_}
        self._slips = {slip.id: slip for slip in slips}
        self._partners = {partner.id: partner for partner in partners}
        self._index_slips(slips)
        self._index_partners(partners)
        self._named = {credit.id: self._partners_named(credit) for credit in credits_}
        self._credits_of: dict[int, list[Credit]] = defaultdict(list)
        for credit in credits_:
            for partner_id in self._named[credit.id]:
                self._credits_of[partner_id].append(credit)
        self._split = self._split_slips()

    def proposals(self, credit: Credit) -> list[Proposal]:
        """Return what is worth proposing for a credit, the best first."""
        ways = dict.fromkeys([*self._singles(credit), *self._merged(credit)])
        ways |= dict.fromkeys(self._split.get(credit.id, ()))
        ways |= dict.fromkeys(
            ((credit.id,), (), partner_id) for partner_id in self._named[credit.id]
        )
        scored = [self._proposal(*way) for way in ways]
        worth = [each for each in scored if each.score >= LEAST_SCORE]
        return sorted(worth, key=_rank)

    def _index_slips(self, slips: Sequence[Slip]) -> None:
        self._by_amount = sorted(slips, key=lambda slip: (slip.amount_yuan, slip.id))
        self._amounts = [slip.amount_yuan for slip in self._by_amount]
        self._of_partner: dict[int, list[Slip]] = defaultdict(list)
        self._references: dict[str, list[Slip]] = defaultdict(list)
        for slip in slips:
            self._of_partner[slip.partner_id].append(slip)
            reference = scoring.compact(slip.reference)
            if len(reference) >= scoring.MIN_REFERENCE_LENGTH:
                self._references[reference].append(slip)

    def _index_partners(self, partners: Iterable[Partner]) -> None:
        self._words: dict[str, set[int]] = defaultdict(set)
        self._payers: dict[str, set[int]] = defaultdict(set)
        self._payer_accounts: dict[str, set[int]] = defaultdict(set)
        for partner in partners:
            core = names.core(partner.name).upper()
            for word in (*partner.accounts, *map(scoring.compact, partner.agreement_numbers), core):
                if len(word) >= scoring.MIN_REFERENCE_LENGTH:
                    self._words[word].add(partner.id)
            slips = (slip.payer for slip in self._of_partner[partner.id])
            for name in {partner.name, *partner.customers, *partner.payers, *slips} - {""}:
                self._payers[names.normal(name)].add(partner.id)
            for account in partner.payer_accounts:
                self._payer_accounts[account].add(partner.id)

    def _partners_named(self, credit: Credit) -> list[int]:
        """Return the partners that a line points to."""
        memo = scoring.compact(f"{credit.memo} {credit.serial}")
        found: set[int] = set(self._payer_accounts.get(credit.payer_account, ()))
        for word, partner_ids in self._words.items():
            if word in memo:
                found |= partner_ids
        if credit.payer:
            found |= self._partners_of_payer(names.normal(credit.payer))
        return sorted(found & self._partners.keys())

    def _partners_of_payer(self, payer: str) -> set[int]:
        if payer in self._payers:
            return self._payers[payer]
        if names.is_person(payer):
            return set()
        similar = (
            partner_ids
            for name, partner_ids in self._payers.items()
            if names.similarity(payer, name) >= names.SIMILAR_PERCENT
        )
        return set().union(*similar)

    def _singles(self, credit: Credit) -> Iterator[Sets]:
        """One credit and one slip: of the same amount, or less a fee where the partner is named."""
        named = self._named[credit.id]
        fee = max(scoring.MAX_FEE_YUAN, credit.amount_yuan * scoring.MAX_FEE_SHARE * 2)
        first = bisect_left(self._amounts, credit.amount_yuan)
        last = bisect_right(self._amounts, credit.amount_yuan + fee)
        for slip in self._by_amount[first:last]:
            if slip.amount_yuan == credit.amount_yuan or slip.partner_id in named:
                yield (credit.id,), (slip.id,), slip.partner_id
        memo = scoring.compact(f"{credit.memo} {credit.serial}")
        for reference, slips in self._references.items():
            if reference in memo:
                for slip in slips:
                    yield (credit.id,), (slip.id,), slip.partner_id

    def _merged(self, credit: Credit) -> Iterator[Sets]:
        """One credit that pays several slips of a partner that its line names."""
        for partner_id in self._named[credit.id]:
            near = [
                slip
                for slip in self._of_partner[partner_id]
                if abs(slip.paid_on - credit.day) <= MERGED_WITHIN
            ]
            near.sort(key=lambda slip: (abs(slip.paid_on - credit.day), slip.id))
            amounts = [(slip.id, slip.amount_yuan) for slip in near]
            for slip_ids in sums.adding_up(amounts, credit.amount_yuan):
                yield (credit.id,), tuple(sorted(slip_ids)), partner_id

    def _split_slips(self) -> Mapping[int, list[Sets]]:
        """Several credits of one partner that pay one slip, by each of the credits."""
        found: dict[int, list[Sets]] = defaultdict(list)
        for slip in self._slips.values():
            near = [
                credit
                for credit in self._credits_of.get(slip.partner_id, ())
                if abs(credit.day - slip.paid_on) <= SPLIT_WITHIN
            ]
            near.sort(key=lambda credit: (abs(credit.day - slip.paid_on), credit.id))
            amounts = [(credit.id, credit.amount_yuan) for credit in near]
            for credit_ids in sums.adding_up(amounts, slip.amount_yuan):
                way = (tuple(sorted(credit_ids)), (slip.id,), slip.partner_id)
                for credit_id in credit_ids:
                    found[credit_id].append(way)
        return found

    def _proposal(
        self, credit_ids: tuple[int, ...], slip_ids: tuple[int, ...], partner_id: int
    ) -> Proposal:
        partner = self._partners[partner_id]
        credits_ = [self._credits[each] for each in credit_ids]
        slips = [self._slips[each] for each in slip_ids]
        found = scoring.weigh(credits_, slips, partner)
        others = set(self._coded(credits_[0])) - {partner_id}
        if others and not any(each.kind == Kind.CODE_FOUND for each in found):
            found = (*found, scoring.evidence(Kind.OTHER_PARTNER_NAMED))
        return Proposal(
            partner_id=partner_id,
            account_id=_account_of(credits_, slips, partner),
            credit_ids=credit_ids,
            slip_ids=slip_ids,
            evidence=found,
        )

    def _coded(self, credit: Credit) -> Iterator[int]:
        """Name the partners whose log-in code stands in a credit's memo."""
        memo = scoring.compact(credit.memo)
        for partner_id in self._named[credit.id]:
            if any(code in memo for code in self._partners[partner_id].accounts):
                yield partner_id


def _account_of(credits_: Sequence[Credit], slips: Sequence[Slip], partner: Partner) -> int:
    """Return the account: the slips' own, or the one whose code the memo has, or the partner's."""
    if slips:
        return slips[0].account_id
    memo = " ".join(scoring.compact(credit.memo) for credit in credits_)
    coded = (account_id for code, account_id in partner.accounts.items() if code in memo)
    return next(coded, partner.account_id)


def _rank(proposal: Proposal) -> tuple[int, int, int, tuple[int, ...]]:
    """Best first; among equals the simpler, and then the slip that waits longest."""
    parts = len(proposal.credit_ids) + len(proposal.slip_ids)
    return (-proposal.score, 0 if proposal.slip_ids else 1, parts, proposal.slip_ids)


def _dealt_out(found: dict[int, list[Proposal]]) -> dict[int, list[Proposal]]:
    """Give every slip to the strongest proposal that wants it, and mark the others."""
    strongest = sorted(
        {each: None for ranked in found.values() for each in map(_key, ranked) if each[1]},
        key=lambda key: key[2],
    )
    owner_of_slip: dict[int, tuple[int, ...]] = {}
    dealt_credits: set[int] = set()
    for credit_ids, slip_ids, _place in strongest:
        if dealt_credits & set(credit_ids) or owner_of_slip.keys() & set(slip_ids):
            continue
        dealt_credits |= set(credit_ids)
        owner_of_slip |= dict.fromkeys(slip_ids, credit_ids)
    return {
        credit_id: _shown(sorted((_marked(each, owner_of_slip) for each in ranked), key=_rank))
        for credit_id, ranked in found.items()
    }


def _shown(ranked: list[Proposal]) -> list[Proposal]:
    """Leave out guesses at a partner whose slips are proposed before them."""
    shown: list[Proposal] = []
    for each in ranked:
        if each.slip_ids or all(other.partner_id != each.partner_id for other in shown):
            shown.append(each)
    return shown[:PROPOSALS_SHOWN]


def _key(proposal: Proposal) -> tuple[tuple[int, ...], tuple[int, ...], tuple[object, ...]]:
    """Return what a proposal takes, and its place in the dealing.

    What speaks for the partner alone counts only so far: of two credits of one partner, both known
    to be its, the one whose days and reference fit a slip better gets it.
    """
    of_partner = sum(each.points for each in proposal.evidence if each.kind in _OF_PARTNER)
    surplus = max(0, of_partner - MOST_OF_PARTNER)
    parts = len(proposal.credit_ids) + len(proposal.slip_ids)
    place = (surplus - proposal.score, parts, proposal.slip_ids, proposal.credit_ids)
    return proposal.credit_ids, proposal.slip_ids, place


def _marked(proposal: Proposal, owner_of_slip: Mapping[int, tuple[int, ...]]) -> Proposal:
    owners = {owner_of_slip.get(slip_id, proposal.credit_ids) for slip_id in proposal.slip_ids}
    if owners <= {proposal.credit_ids}:
        return proposal
    against: Evidence = scoring.evidence(Kind.FITS_ANOTHER)
    return replace(proposal, evidence=(*proposal.evidence, against))
