"""Staff pages of agreements and of their wording; Django finds them by this import."""

from apps.agreements.admin.agreements import AgreementAdmin
from apps.agreements.admin.wording import AgreementTemplateAdmin, TemplateClauseAdmin

__all__ = ["AgreementAdmin", "AgreementTemplateAdmin", "TemplateClauseAdmin"]
