"""What an application must state and show before it is handed in, and again before it is approved."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.common import uploads
from apps.common.clock import local_date
from apps.common.errors import ConflictError, InvalidError
from apps.signatures import queries
from apps.signatures.choices import (
    EDITABLE,
    LetterStatus,
    ProofType,
    RegisteringOperator,
    RegistrationStatus,
    Use,
)
from apps.signatures.models import (
    AuthorisationLetter,
    OperatorRegistration,
    Round,
    Signature,
    SignaturePolicy,
)
from apps.signatures.particulars import REAL_NAME_FIELDS
from apps.signatures.rules import papers, texts
from apps.signatures.rules.papers import Group, Paper

_ID_TAIL = re.compile(r"([0-9]{3}[0-9X])?")


class SignatureTextError(InvalidError):
    """The text cannot be a signature; `problem` is a `rules.texts.TextProblem`."""

    code = "signature_text_invalid"
    message = _(
        "A signature has %(least)s to %(most)s Chinese characters, letters or digits, not digits "
        "alone, and is the name of somebody or something."
    )
    cure = _("Apply for the bare name, without brackets, blanks or symbols.")


class SignatureParticularsMissingError(InvalidError):
    """Something that the operators ask for is not stated; `missing` names the fields."""

    code = "signature_particulars_missing"
    message = _("Fill in first: %(missing)s.")
    cure = _("Fill in the fields that the message names.")


class SignatureIdTailError(InvalidError):
    """Not the last four characters of an ID number."""

    code = "signature_id_tail_invalid"
    message = _("Type only the last 4 characters of the ID number: digits, the last may be X.")
    cure = _("Type the last 4 characters only, without blanks.")


class SignatureLetterError(InvalidError):
    """The letter does not authorise this signature, or none is named."""

    code = "signature_letter_unfit"
    message = _(
        "On behalf of another, name an authorisation letter that names 【%(text)s】, was submitted "
        "and has not ended. For your own name leave it empty."
    )
    cure = _("Enter the letter, add its scan and submit it; then name it with the signature.")


class SignatureProofMissingError(InvalidError):
    """A required paper is missing or has ended (agreement clause 5)."""

    code = "signature_proof_missing"
    message = _("Still missing, or ended: %(missing)s.")
    cure = uploads.SCAN


class SignatureUnregisteredError(ConflictError):
    """The rules ask for a registration that the operator has not confirmed."""

    code = "signature_not_registered"
    message = _("Record the registration with %(missing)s first.")
    cure = _(
        "Record what the operator confirmed, or let an administrator change the signature rules."
    )


def checked_text(text: str) -> str:
    """Return the text as it is kept; refuse what cannot be a signature."""
    rules = queries.policy().text_rules()
    bare = texts.normalised(text)
    if problem := texts.problem(bare, rules):
        raise SignatureTextError(
            problem=problem.value, least=rules.min_characters, most=rules.max_characters
        )
    return bare


def is_editable(signature: Signature) -> bool:
    """Tell whether it is worked on: not over, and nothing of it waits to be judged."""
    return signature.status in EDITABLE and signature.due_at is None


def check_id_tail(tail: str) -> None:
    """Refuse more of an ID number than its end."""
    if not _ID_TAIL.fullmatch(tail):
        raise SignatureIdTailError


def check_letter_use(signature: Signature) -> None:
    """Refuse a letter for one's own name."""
    if signature.use == Use.OWN and signature.letter is not None:
        raise SignatureLetterError(text=signature.text)


def check(signature: Signature, *, at: datetime) -> None:
    """Refuse an application that cannot be judged as it stands."""
    policy, today = queries.policy(), local_date(at)
    _check_stated(signature, policy)
    if signature.use == Use.BEHALF:
        _check_letter(signature, today)
    proofs = signature.proofs.present().order_by("pk")
    _check_papers(signature, queries.papers_of(proofs, signature.letter), policy, today)


def check_still_holds(opened: Round, *, letter: AuthorisationLetter | None, at: datetime) -> None:
    """Refuse to approve what has ended since, or what a letter does not cover any more."""
    policy, today = queries.policy(), local_date(at)
    if opened.use == Use.BEHALF and not (
        letter is not None and letter.holds_on(today) and letter.covers(opened.text)
    ):
        raise SignatureLetterError(text=opened.text)
    _check_papers(opened, queries.papers_of(opened.proofs.order_by("pk"), letter), policy, today)


def check_registered(signature: Signature) -> None:
    """Refuse where the rules ask for registrations that are not there; by default they do not."""
    required = queries.policy().required_operators
    if not required:
        return
    registered = OperatorRegistration.objects.filter(
        signature=signature, status=RegistrationStatus.REGISTERED
    ).values_list("operator", flat=True)
    if missing := [each for each in required if each not in set(registered)]:
        raise SignatureUnregisteredError(
            missing=_listed(RegisteringOperator(each).label for each in missing)
        )


def _check_stated(signature: Signature, policy: SignaturePolicy) -> None:
    needed = ["company_name"]
    if signature.source in papers.NAMES_A_THING:
        needed.append("source_detail")
    if policy.is_real_name_required:
        needed += [name for name in REAL_NAME_FIELDS if name not in needed]
    missing = [name for name in needed if not getattr(signature, name)]
    if missing:
        columns = {column.name: column for column in Signature._meta.concrete_fields}
        names = [columns[name].verbose_name for name in missing]
        raise SignatureParticularsMissingError(missing=_listed(names), fields=missing)


def _check_letter(signature: Signature, today: date) -> None:
    letter = signature.letter
    fits = (
        letter is not None
        and letter.status in {LetterStatus.SUBMITTED, LetterStatus.APPROVED}
        and letter.covers(signature.text)
        and today < letter.valid_until
    )
    if not fits:
        raise SignatureLetterError(text=signature.text)


def _check_papers(
    application: Signature | Round, found: list[Paper], policy: SignaturePolicy, today: date
) -> None:
    missing = papers.missing(queries.musts_of(application, policy), found, today)
    if missing:
        raise SignatureProofMissingError(missing=_listed(_name(group) for group in missing))


def _name(group: Group) -> str:
    """Write a group of papers of which one is enough, in the order of the choices."""
    if papers.LETTER in group:
        return str(AuthorisationLetter._meta.verbose_name)
    return " / ".join(str(each.label) for each in ProofType if each.value in group)


def _listed(names: Iterable[str | Promise]) -> str:
    return "、".join(str(name) for name in names)
