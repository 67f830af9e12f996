"""Staff pages that span apps; they stand below the admin's address, before its own."""

from django.urls import path

from apps.backoffice.alpine import views as alpine
from apps.backoffice.approvals import views as approvals
from apps.backoffice.calculator import views as calculator
from apps.backoffice.coverage import views as coverage
from apps.backoffice.files import views as files
from apps.backoffice.gallery import views as gallery
from apps.backoffice.judging import views as judging
from apps.backoffice.matching import views as matching
from apps.backoffice.notices import views as notices
from apps.backoffice.same_day import views as same_day
from apps.backoffice.statements import views as statements

app_name = "backoffice"
urlpatterns = [
    path("alpine.js", alpine.expressions, name="alpine-expressions"),
    path("files/<slug:kind>/<row:pk>/", files.file_download, name="file-download"),
    path("files/<slug:kind>/<row:pk>/view/", files.file_view, name="file-view"),
    path("files/<slug:kind>/<row:pk>/pages/<row:number>.png", files.file_page, name="file-page"),
    path("judging/", judging.queue_page, name="judging-queue"),
    path("judging/together/", judging.together, name="judging-together"),
    path("judging/<slug:name>/<row:subject>/", judging.application, name="judging-application"),
    path("judging/<slug:name>/<row:subject>/take/", judging.take, name="judging-take"),
    path("judging/<slug:name>/<row:subject>/release/", judging.release, name="judging-release"),
    path("judging/<slug:name>/<row:subject>/approve/", judging.approve, name="judging-approve"),
    path("judging/<slug:name>/<row:subject>/reject/", judging.reject, name="judging-reject"),
    path("notices/", notices.notice_list, name="notice-list"),
    path("notices/read/", notices.notice_read_all, name="notice-read-all"),
    path("notices/<row:pk>/read/", notices.notice_read, name="notice-read"),
    path("rates/calculator/", calculator.calculator, name="rate-calculator"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("coverage.csv", coverage.coverage_csv, name="coverage-csv"),
    path("matching/", matching.matching, name="matching"),
    path("matching/confirm/", matching.matching_confirm, name="matching-confirm"),
    path("approvals/", approvals.approvals, name="approvals"),
    path("approvals/<row:pk>/approve/", approvals.approve, name="approval-approve"),
    path("approvals/<row:pk>/send-back/", approvals.send_back, name="approval-send-back"),
    path("reversals/<row:pk>/approve/", approvals.approve_reversal, name="reversal-approve"),
    path("reversals/<row:pk>/decline/", approvals.decline_reversal, name="reversal-decline"),
    path("same-day/", same_day.same_day, name="same-day"),
    path("same-day.csv", same_day.same_day_csv, name="same-day-csv"),
    path("statements/", statements.statement_list, name="statement-list"),
    path("statements/<row:pk>/", statements.statement_preview, name="statement-preview"),
    path("statements/<row:pk>/store/", statements.statement_store, name="statement-store"),
    path("statements/<row:pk>/discard/", statements.statement_discard, name="statement-discard"),
    path("gallery/", gallery.gallery, name="gallery"),
]
