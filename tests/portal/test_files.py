"""A partner's people see their own papers, by their role, and nobody else's."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from apps.audit.actors import SYSTEM
from apps.audit.models import Look
from apps.common import clock
from apps.partners.choices import PartnerRole
from apps.portal.files.kinds import KINDS
from apps.recharges.services import receipts, remittances
from tests.factories import files
from tests.factories.agreements import SignedCopyFactory, make_issued
from tests.factories.partners import AccountFactory, GatewayFactory
from tests.factories.pledges import PledgeFactory
from tests.factories.recharges import RechargeFactory
from tests.factories.signatures import AuthorisationLetterFactory, ProofDocumentFactory

ROUTES = ["file-download", "file-page", "file-view"]


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PREVIEWS_ROOT = tmp_path / "previews"


def slip(account):
    return remittances.enter(
        account=account,
        amount_yuan=Decimal(10_000),
        paid_on=date(2026, 6, 1),
        payer="北京青禾软件有限公司",
        voucher=files.png(),
        by=SYSTEM,
        at=clock.now(),
    )


def pledge(account):
    return PledgeFactory(customer__partner=account.partner, submitted=True)


def receipt(account):
    GatewayFactory()
    recharge = RechargeFactory(account=account, confirmed=True)
    return receipts.receipt_of(recharge_id=recharge.pk, at=clock.now())


MADE = {
    "proofs": lambda account: ProofDocumentFactory(signature__account=account),
    "letters": lambda account: AuthorisationLetterFactory(partner=account.partner, scanned=True),
    "pledges": pledge,
    "pledge-forms": pledge,
    "pledge-copies": lambda account: pledge(account).rounds.get(),
    "agreements": lambda account: make_issued(partner=account.partner).document,
    "agreement-copies": lambda account: SignedCopyFactory(
        agreement__partner=account.partner, agreement__issued=True
    ),
    "receipts": receipt,
    "vouchers": slip,
}


def url(route, kind, pk):
    return reverse(f"portal:{route}", args=[kind, pk, *([1] if route == "file-page" else [])])


def test_every_kind_is_tried_here():
    assert set(MADE) == set(KINDS)


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("kind", MADE)
class TestAnyFile:
    def test_of_ones_own_is_shown(self, owner, qinghe, kind, route):
        row = MADE[kind](qinghe.account)

        response = owner.get(url(route, kind, row.pk))

        assert response.status_code == 200
        assert response.getvalue()

    def test_of_another_partner_is_not_found(self, owner, kind, route):
        row = MADE[kind](AccountFactory())

        assert owner.get(url(route, kind, row.pk)).status_code == 404

    def test_that_is_not_there_is_not_found(self, owner, kind, route):
        assert owner.get(url(route, kind, 10**9)).status_code == 404


class TestDownload:
    def test_is_saved_with_our_type_and_name(self, owner, qinghe):
        row = slip(qinghe.account)

        response = owner.get(url("file-download", "vouchers", row.pk))

        assert b"".join(response.streaming_content).startswith(b"\x89PNG")
        assert response.headers["Content-Type"] == "image/png"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        name = f"vouchers-{row.pk}.png"
        assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'

    def test_of_an_unknown_kind_is_not_found(self, owner):
        assert owner.get(url("file-download", "secrets", 1)).status_code == 404

    def test_of_a_slip_takes_the_ledger(self, qinghe, signed_in):
        row = slip(qinghe.account)

        response = signed_in(PartnerRole.OPERATOR).get(url("file-download", "vouchers", row.pk))

        assert response.status_code == 403


def test_looking_at_ones_own_is_not_recorded(owner, qinghe):
    owner.get(url("file-page", "vouchers", slip(qinghe.account).pk))

    assert not Look.objects.exists()


def test_a_receipt_is_saved_under_its_number(owner, qinghe):
    receipt = MADE["receipts"](qinghe.account)

    response = owner.get(url("file-download", "receipts", receipt.pk))

    assert response.getvalue()
    assert f'filename="{receipt.recharge.number}.pdf"' in response["Content-Disposition"]
