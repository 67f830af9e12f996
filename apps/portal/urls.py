"""Addresses of the partner portal, and of the public pages that explain errors."""

from apps.portal.agreements import urls as agreements
from apps.portal.alerts import urls as alerts
from apps.portal.calculator import urls as calculator
from apps.portal.customers import urls as customers
from apps.portal.errors import urls as errors
from apps.portal.files import urls as files
from apps.portal.home import urls as home
from apps.portal.keys import urls as keys
from apps.portal.ledger import urls as ledger
from apps.portal.letters import urls as letters
from apps.portal.messages import urls as messages
from apps.portal.notices import urls as notices
from apps.portal.pledges import urls as pledges
from apps.portal.recharges import urls as recharges
from apps.portal.remittances import urls as remittances
from apps.portal.signatures import urls as signatures
from apps.portal.transfers import urls as transfers

app_name = "portal"
urlpatterns = [
    *home.urlpatterns,
    *messages.urlpatterns,
    *recharges.urlpatterns,
    *remittances.urlpatterns,
    *ledger.urlpatterns,
    *transfers.urlpatterns,
    *calculator.urlpatterns,
    *alerts.urlpatterns,
    *signatures.urlpatterns,
    *letters.urlpatterns,
    *customers.urlpatterns,
    *pledges.urlpatterns,
    *agreements.urlpatterns,
    *keys.urlpatterns,
    *notices.urlpatterns,
    *files.urlpatterns,
    *errors.urlpatterns,
]
