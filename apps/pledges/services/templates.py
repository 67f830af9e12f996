"""Versions of the wording: drafted, changed while they are drafts, published for good."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common.errors import ConflictError, InvalidError
from apps.pledges import locks, rules
from apps.pledges.choices import TemplateStatus
from apps.pledges.models import PledgeTemplate


class PledgeWordingError(InvalidError):
    """The text cannot be the wording of a pledge; `problem` is a `rules.WordingProblem`."""

    code = "pledge_wording_invalid"
    message = _(
        "A wording has headings (##), lists the nine forbidden kinds of content (-), and names "
        "{customer}, {partner} and {gateway} alone in braces."
    )
    cure = _("Begin from the newest version and keep its headings and lists.")


class PledgeTemplatePublishedError(ConflictError):
    """A published wording is not changed: customers have signed it."""

    code = "pledge_wording_published"
    message = _("Version %(version)s is published and stays as it is. Draft a new version.")
    cure = _("Draft a new version and publish that.")


@transaction.atomic
def draft_version(*, title: str, wording: str, by: Actor, at: datetime) -> PledgeTemplate:
    """Write a new version of the wording, which is not printed before it is published.

    Raises:
        PledgeWordingError: the wording is not one.
    """
    _check(wording)
    newest = locks.newest_template()
    with act("pledge_wordings.draft", by=by):
        return PledgeTemplate.objects.create(
            version=newest.version + 1 if newest else 1,
            title=title.strip(),
            wording=wording,
            drafted_by_id=by.user_id,
            drafted_at=at,
        )


@transaction.atomic
def edit(*, template_id: int, title: str, wording: str, by: Actor) -> PledgeTemplate:
    """Change a version that is not published.

    Raises:
        PledgeTemplatePublishedError: it is published.
        PledgeWordingError: the wording is not one.
    """
    _check(wording)
    template = _draft_of(template_id)
    template.title, template.wording = title.strip(), wording
    with act("pledge_wordings.edit", by=by):
        template.save(update_fields=["title", "wording"])
    return template


@transaction.atomic
def publish(*, template_id: int, by: Actor, at: datetime) -> PledgeTemplate:
    """Print forms from this version from now on; it is not changed any more.

    Raises:
        PledgeTemplatePublishedError: it is published.
    """
    template = _draft_of(template_id)
    template.status = TemplateStatus.PUBLISHED
    template.published_by_id, template.published_at = by.user_id, at
    with act("pledge_wordings.publish", by=by):
        template.save(update_fields=["status", "published_by", "published_at"])
    return template


def _draft_of(template_id: int) -> PledgeTemplate:
    template = locks.template(template_id)
    if template.status != TemplateStatus.DRAFT:
        raise PledgeTemplatePublishedError(version=template.version)
    return template


def _check(wording: str) -> None:
    if problem := rules.problem(wording):
        raise PledgeWordingError(problem=problem.value)
