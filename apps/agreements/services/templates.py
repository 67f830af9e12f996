"""Versions of the wording: copied from the last one, written while a draft, published for good."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from apps.agreements import locks, rules, seeding
from apps.agreements.choices import Blank, ClauseKind, TemplateStatus
from apps.agreements.models import AgreementTemplate, TemplateClause
from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common.errors import ConflictError, InvalidError, NotFoundError


class TemplatePublishedError(ConflictError):
    """Agreements are made from it; a change is a new version."""

    code = "agreement_template_published"
    message = _("Version %(version)s is published and not changed any more. Add a version.")
    cure = _("Add a version of the wording and edit that.")


class TemplateDraftExistsError(ConflictError):
    """One version at a time is being written."""

    code = "agreement_template_draft_exists"
    message = _("Version %(version)s is a draft. Finish it first.")
    cure = _("Publish the draft before you begin another version.")


class UnknownBlankError(InvalidError):
    """A name in braces is none that an agreement fills."""

    code = "agreement_template_unknown_blank"
    message = _("Clause %(number)s has a blank that nothing fills: {%(blank)s}.")
    cure = _("Use a name that other clauses use, in braces.")


class StrayBraceError(InvalidError):
    """A brace stands alone."""

    code = "agreement_template_stray_brace"
    message = _("Clause %(number)s has a brace without its other half.")
    cure = _("Close each brace, or write a bracket of another kind.")


class ClauseEmptyError(InvalidError):
    """A clause without a word."""

    code = "agreement_template_clause_empty"
    message = _("Give clause %(number)s a heading or a text.")
    cure = _("Write a heading or a text, or remove the clause.")


class ClauseExistsError(ConflictError):
    """The version has such a clause under that number."""

    code = "agreement_template_clause_exists"
    message = _("There is a clause %(number)s of this kind already.")
    cure = _("Choose the next number that is free.")


def current(*, at: datetime) -> AgreementTemplate:
    """Return the version that new agreements are made from; where there is none yet, load ours."""
    found = AgreementTemplate.objects.published().first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            loaded: AgreementTemplate = seeding.load(
                template_model=AgreementTemplate, clause_model=TemplateClause, at=at
            )
            return loaded
    except IntegrityError:  # Another was quicker.
        return AgreementTemplate.objects.published()[0]


@transaction.atomic
def copy_latest(*, note: str, by: Actor, at: datetime) -> AgreementTemplate:
    """Begin a version with the clauses of the last one; `note` says what is to be new.

    Raises:
        TemplateDraftExistsError: another version is being written.
    """
    last = locks.template(current(at=at).pk)
    draft = AgreementTemplate.objects.filter(status=TemplateStatus.DRAFT).first()
    if draft is not None:
        raise TemplateDraftExistsError(version=draft.version)
    with act("agreement_templates.copy", by=by):
        template = AgreementTemplate.objects.create(
            version=last.version + 1,
            title=last.title,
            note=note,
            drafted_by_id=by.user_id,
            drafted_at=at,
        )
        TemplateClause.objects.bulk_create(
            TemplateClause(
                template=template,
                position=clause.position,
                kind=clause.kind,
                number=clause.number,
                title=clause.title,
                text=clause.text,
            )
            for clause in last.clauses.order_by("position")
        )
    return template


@transaction.atomic
def edit_clause(*, clause_id: int, title: str, text: str, by: Actor) -> TemplateClause:
    """Write a clause of a draft anew.

    Raises:
        TemplatePublishedError: its version is published.
        ClauseEmptyError: neither heading nor text is left.
        UnknownBlankError, StrayBraceError: its braces.
    """
    clause = _clause_of_draft(clause_id)
    clause.title, clause.text = title.strip(), text.strip()
    _check_clause(clause)
    with act("agreement_templates.edit_clause", by=by):
        clause.save(update_fields=["title", "text"])
    return clause


@transaction.atomic
def add_clause(
    *, after_id: int, kind: ClauseKind, number: str, title: str, text: str, by: Actor
) -> TemplateClause:
    """Put a clause behind another of a draft.

    Raises:
        TemplatePublishedError: the version is published.
        ClauseExistsError: it has one of that kind and number.
        ClauseEmptyError: neither heading nor text is given.
        UnknownBlankError, StrayBraceError: its braces.
    """
    before = _clause_of_draft(after_id)
    clauses = TemplateClause.objects.filter(template=before.template_id)
    if clauses.filter(kind=kind, number=number).exists():
        raise ClauseExistsError(number=number)
    clause = TemplateClause(
        template=before.template,
        position=before.position + 1,
        kind=kind,
        number=number,
        title=title.strip(),
        text=text.strip(),
    )
    _check_clause(clause)
    with act("agreement_templates.add_clause", by=by):
        clauses.filter(position__gt=before.position).update(position=F("position") + 1)
        clause.save()
    return clause


@transaction.atomic
def remove_clause(*, clause_id: int, by: Actor) -> AgreementTemplate:
    """Take a clause out of a draft.

    Raises:
        TemplatePublishedError: its version is published.
    """
    clause = _clause_of_draft(clause_id)
    with act("agreement_templates.remove_clause", by=by):
        clause.delete()
    return clause.template


@transaction.atomic
def publish(*, template_id: int, by: Actor, at: datetime) -> AgreementTemplate:
    """Make new agreements from this version from now on; it is not changed any more.

    Raises:
        TemplatePublishedError: it is published.
        UnknownBlankError, StrayBraceError, ClauseEmptyError: a clause cannot be printed.
    """
    template = _draft(template_id)
    for clause in template.clauses.order_by("position"):
        _check_clause(clause)
    template.status, template.published_at = TemplateStatus.PUBLISHED, at
    template.published_by_id = by.user_id
    with act("agreement_templates.publish", by=by):
        template.save()
    return template


def _draft(template_id: int) -> AgreementTemplate:
    template = locks.template(template_id)
    if template.status != TemplateStatus.DRAFT:
        raise TemplatePublishedError(version=template.version)
    return template


def _clause_of_draft(clause_id: int) -> TemplateClause:
    clauses = TemplateClause.objects.filter(pk=clause_id)
    template = _draft(clauses.values_list("template_id", flat=True).first() or 0)
    clause = clauses.first()  # As it is now that nobody else writes this version.
    if clause is None:
        raise NotFoundError(clause_id=clause_id)
    clause.template = template
    return clause


def _check_clause(clause: TemplateClause) -> None:
    if not clause.title and not clause.text:
        raise ClauseEmptyError(number=clause.number)
    for blank in rules.blanks_in(clause.text):
        if blank not in Blank.values:
            raise UnknownBlankError(number=clause.number, blank=blank)
    if rules.has_stray_brace(clause.text) or "{" in clause.title or "}" in clause.title:
        raise StrayBraceError(number=clause.number)
