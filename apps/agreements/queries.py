"""Reads that pages share: two versions of the wording beside each other."""

from dataclasses import dataclass

from apps.agreements import rules
from apps.agreements.models import AgreementTemplate


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """A version beside another, clause by clause; `earlier` is None where it is the first."""

    version: AgreementTemplate
    earlier: AgreementTemplate | None
    differences: list[rules.Difference]

    @property
    def changed_count(self) -> int:
        """How many clauses differ."""
        return sum(difference.is_changed for difference in self.differences)


def comparison(version: AgreementTemplate, *, earlier_version: int | None = None) -> Comparison:
    """Set a version beside another one, by default the one before it."""
    others = AgreementTemplate.objects.exclude(pk=version.pk).order_by("-version")
    if earlier_version is None:
        earlier = others.filter(version__lt=version.version).first()
    else:
        earlier = others.filter(version=earlier_version).first()
    before = _clauses(earlier) if earlier else _clauses(version)
    return Comparison(
        version=version, earlier=earlier, differences=rules.compare(before, _clauses(version))
    )


def _clauses(version: AgreementTemplate) -> list[rules.Clause]:
    return [
        rules.Clause(kind=row.kind, number=row.number, title=row.title, text=row.text)
        for row in version.clauses.order_by("position", "pk")
    ]
