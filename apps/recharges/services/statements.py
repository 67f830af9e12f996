"""Bank statements: uploaded, looked at, read by other columns, taken in whole or not at all."""

import hashlib
import re
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.audit import separations
from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.audit.separations import SeparationError
from apps.common import conflicts
from apps.common.errors import RELOAD, ConflictError, InvalidError, NotFoundError
from apps.recharges import locks
from apps.recharges.choices import NEXT_IMPORT_STATUS, ImportStatus
from apps.recharges.models import BankEntry, BankProfile, StatementImport
from apps.recharges.queries import previews, same_day
from apps.recharges.queries.previews import LineState, Preview
from apps.recharges.services.bank_entries import bare_account
from apps.recharges.statements.columns import Mapping
from apps.recharges.statements.lines import Statement
from apps.recharges.statements.reading import read_statement

BATCH_SIZE = 1_000


class BankProfileExistsError(ConflictError):
    """One bank account has one profile."""

    code = "bank_profile_exists"
    field = "bank_account"
    message = _("The bank account %(bank_account)s or that name is there already.")
    cure = _("Choose the bank account in the list.")


class BankProfileStateError(ConflictError):
    """Statements are read by confirmed banks alone, and each is confirmed once."""

    code = "bank_profile_wrong_state"
    message = _("Whether %(bank)s is confirmed by a second person does not allow this.")
    cure = _("Let another person confirm the account under “Bank accounts”, or reload the page.")


class OwnBankProfileError(SeparationError):
    """Nobody confirms a bank account that they entered."""

    code = "bank_profile_own"


class BankAccountFormError(InvalidError):
    """Not an account number."""

    code = "bank_account_invalid"
    field = "bank_account"
    message = _("Give the account number: 4 to 40 digits or letters.")
    cure = _("Type the account number as it stands on the bank's statement.")


class StatementAccountError(InvalidError):
    """The file is of another bank account."""

    code = "statement_of_another_account"
    message = _("The statement is of account %(found)s, not of %(expected)s.")
    cure = _("Choose the bank account that the statement is of.")


class StatementStateError(ConflictError):
    """It was taken in or put away before."""

    code = "statement_wrong_state"
    message = _("The statement %(file_name)s is %(status)s, which does not allow this.")
    cure = RELOAD


class StatementLinesError(InvalidError):
    """Nothing is taken in while a line cannot be read: money would be left out unseen."""

    code = "statement_lines_wrong"
    message = _("%(count)s lines cannot be read. Mend the columns or the file first.")
    cure = _("Each wrong line says what to do. Nothing is stored until then.")


class StatementNothingError(InvalidError):
    """No table was found."""

    code = "statement_nothing_found"
    message = _("No lines were found. Choose the columns of day and amount.")
    cure = _("Choose the columns, or export the statement with its headings.")


@transaction.atomic
def open_profile(*, name: str, bank_account: str, by: Actor) -> BankProfile:
    """Enter one of the gateway's bank accounts; a second person confirms it before it is used.

    Raises:
        BankAccountFormError: not an account number.
        BankProfileExistsError: the name or the account is there already.
    """
    bare = bare_account(bank_account)
    if not (bare.isascii() and bare.isalnum() and 4 <= len(bare) <= 40):
        raise BankAccountFormError
    exists = BankProfileExistsError(bank_account=bank_account)
    if BankProfile.objects.filter(Q(name=name) | Q(bank_account=bare)).exists():
        raise exists
    with (
        act("statements.open_profile", by=by),
        conflicts.told(
            recharges_bankprofile_name_key=exists, recharges_bankprofile_bank_account_key=exists
        ),
    ):
        return BankProfile.objects.create(name=name, bank_account=bare, entered_by_id=by.user_id)


@transaction.atomic
def confirm_profile(*, profile_id: int, by: Actor, at: datetime) -> BankProfile:
    """Say that a bank account is the gateway's own: its statements can be taken in from now on.

    Raises:
        BankProfileStateError: it is confirmed.
        OwnBankProfileError: `by` entered it.
    """
    profile = _unconfirmed(profile_id)
    relaxed = separations.check(
        "statements.confirm_profile",
        by=by,
        hands=profile.hands(),
        errors={"bank-profile-entered": OwnBankProfileError},
    )
    profile.confirmed_by_id, profile.confirmed_at = by.user_id, at
    with act("statements.confirm_profile", by=by, relaxed=relaxed):
        profile.save(update_fields=["confirmed_by", "confirmed_at"])
    return profile


@transaction.atomic
def discard_profile(*, profile_id: int, by: Actor, reason: str) -> None:
    """Throw away a bank account that nobody confirmed; the history keeps it.

    Raises:
        BankProfileStateError: it is confirmed.
    """
    profile = _unconfirmed(profile_id)
    with act("statements.discard_profile", by=by, reason=reason):
        profile.delete()


def upload(
    *, profile_id: int, content: bytes, file_name: str, by: Actor, at: datetime
) -> StatementImport:
    """Keep a statement file and read it for a preview; nothing of it counts yet.

    The same file again gives the preview that is open, so that an upload may be repeated.

    Raises:
        NotFoundError: no such bank.
        BankProfileStateError: nobody confirmed it yet.
        StatementAccountError: the file names another account.
        DomainError: the file cannot be read; the errors of `statements.reading.read_statement`.
    """
    profile = BankProfile.objects.filter(pk=profile_id).first()
    if profile is None:
        raise NotFoundError(profile_id=profile_id)
    if profile.confirmed_at is None:
        raise BankProfileStateError(bank=profile.name)
    saved = Mapping.from_json(profile.mapping)
    # Takes its time: before anything is stored or locked.
    statement = read_statement(content, saved if saved.is_usable else None)
    _check_account(statement, profile)
    sha256 = hashlib.sha256(content).hexdigest()
    with transaction.atomic(), act("statements.upload", by=by):
        found, _is_new = StatementImport.objects.get_or_create(
            profile=profile,
            sha256=sha256,
            status=ImportStatus.PREVIEWED,
            defaults={
                "file": ContentFile(content, name="statement"),
                "file_name": file_name[-100:],
                "format": statement.format,
                "mapping": statement.mapping.to_json() if statement.mapping else {},
                "uploaded_by_id": by.user_id,
                "uploaded_at": at,
            },
        )
    return found


@transaction.atomic
def remap(*, import_id: int, mapping: Mapping, by: Actor) -> StatementImport:
    """Read an uploaded table by other columns.

    Raises:
        StatementStateError: it was taken in or put away.
    """
    found = locks.statement(import_id)
    _check_step(found, ImportStatus.STORED)
    found.mapping, found.mapped_by_id = mapping.to_json(), by.user_id
    with act("statements.remap", by=by):
        found.save(update_fields=["mapping", "mapped_by"])
    return found


@transaction.atomic
def store(*, import_id: int, by: Actor, at: datetime) -> StatementImport:
    """Take a statement in: every new credit becomes a bank entry, all of them or none.

    What was there before is left as it is, by the bank's serial number; debits are counted and
    left out. The columns are remembered for the bank's next file.

    Raises:
        StatementStateError: it was taken in or put away before.
        StatementNothingError: it has no lines.
        StatementLinesError: a line cannot be read.
    """
    found = locks.statement(import_id)
    _check_step(found, ImportStatus.STORED)
    preview = previews.preview(found)
    if not preview.lines:
        raise StatementNothingError
    if not preview.is_clean:
        raise StatementLinesError(count=preview.count(LineState.WRONG))
    with act("statements.store", by=by):
        _store_entries(found, preview, by=by, at=at)
        _finish(found, preview, by=by, at=at)
        if found.mapping and found.profile.mapping != found.mapping:
            found.profile.mapping = found.mapping
            found.profile.save(update_fields=["mapping"])
    return found


@transaction.atomic
def discard(*, import_id: int, by: Actor) -> StatementImport:
    """Put a file away that was only looked at.

    Raises:
        StatementStateError: it was taken in or put away before.
    """
    found = locks.statement(import_id)
    _check_step(found, ImportStatus.DISCARDED)
    found.status = ImportStatus.DISCARDED
    with act("statements.discard", by=by):
        found.save(update_fields=["status"])
    return found


def _unconfirmed(profile_id: int) -> BankProfile:
    profile = locks.profile(profile_id)
    if profile.confirmed_at is not None:
        raise BankProfileStateError(bank=profile.name)
    return profile


def _store_entries(found: StatementImport, preview: Preview, *, by: Actor, at: datetime) -> None:
    """Insert the new credits; one that a person typed in this very moment is left as it is."""
    due_at = same_day.due_at(at)
    BankEntry.objects.bulk_create(
        [
            BankEntry(
                bank_account=found.profile.bank_account,
                serial=each.serial,
                payer=each.line.payer,
                payer_account=each.line.payer_account,
                amount_yuan=each.line.amount_yuan or 0,  # the database refuses none and zero alike
                received_at=previews.moment_of(each.line),
                reference=each.line.reference,
                statement=found,
                entered_by_id=by.user_id,
                entered_at=at,
                found_at=at,
                due_at=due_at,
            )
            for each in preview.in_state(LineState.NEW)
        ],
        batch_size=BATCH_SIZE,
        ignore_conflicts=True,
    )


def _finish(found: StatementImport, preview: Preview, *, by: Actor, at: datetime) -> None:
    stored = list(BankEntry.objects.filter(statement=found).values_list("amount_yuan", flat=True))
    credit_count = len(preview.lines) - preview.count(LineState.DEBIT)
    found.status, found.stored_by_id, found.stored_at = ImportStatus.STORED, by.user_id, at
    found.new_count, found.new_yuan = len(stored), sum(stored)
    found.known_count = credit_count - len(stored)
    found.debit_count = preview.count(LineState.DEBIT)
    found.save()


def _check_account(statement: Statement, profile: BankProfile) -> None:
    named = statement.own_account
    if named and re.sub(r"\D", "", named) != re.sub(r"\D", "", profile.bank_account):
        raise StatementAccountError(found=named, expected=profile.bank_account)


def _check_step(found: StatementImport, status: ImportStatus) -> None:
    if status not in NEXT_IMPORT_STATUS[ImportStatus(found.status)]:
        raise StatementStateError(file_name=found.file_name, status=found.get_status_display())
