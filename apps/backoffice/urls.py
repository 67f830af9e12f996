"""Staff pages that span apps; they stand below the admin's address, before its own."""

from apps.backoffice.alpine import urls as alpine
from apps.backoffice.approvals import urls as approvals
from apps.backoffice.calculator import urls as calculator
from apps.backoffice.coverage import urls as coverage
from apps.backoffice.files import urls as files
from apps.backoffice.gallery import urls as gallery
from apps.backoffice.judging import urls as judging
from apps.backoffice.matching import urls as matching
from apps.backoffice.notices import urls as notices
from apps.backoffice.same_day import urls as same_day
from apps.backoffice.statements import urls as statements

app_name = "backoffice"
urlpatterns = [
    *alpine.urlpatterns,
    *files.urlpatterns,
    *judging.urlpatterns,
    *notices.urlpatterns,
    *calculator.urlpatterns,
    *coverage.urlpatterns,
    *matching.urlpatterns,
    *approvals.urlpatterns,
    *same_day.urlpatterns,
    *statements.urlpatterns,
    *gallery.urlpatterns,
]
