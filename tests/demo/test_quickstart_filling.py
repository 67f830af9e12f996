"""Filling a database for quickstart, and keeping its secrets."""

import json

import pytest

from apps.agreements.models import Agreement
from apps.audit.queries import history_of
from apps.backoffice.queries import waiting
from apps.carriers.choices import Operator
from apps.carriers.models import Connector, Route
from apps.common import clock
from apps.common.uploads import inspect
from apps.demo.quickstart import filling, stock
from apps.ledger.services import verification
from apps.messaging.models import Batch
from apps.partners.models import Partner
from apps.partners.services import api_keys
from apps.signatures.models import ProofDocument, Signature
from apps.users.choices import StaffRole
from apps.users.models import User
from tests.factories.partners import PartnerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path):
    return tmp_path / "quickstart.json"


def fill(path, **wishes):
    return filling.fill(
        path=path, **{"base_url": "http://127.0.0.1:8000", "with_demo": True} | wishes
    )


class TestAnEmptyDatabase:
    def test_gets_staff_of_each_role_who_can_sign_in(self, path, client):
        staff = fill(path).credentials["staff"]

        assert {person["role"].upper() for person in staff} == set(StaffRole.values)
        assert all(
            client.login(username=person["username"], password=person["password"])
            for person in staff
        )

    def test_gets_two_partners_that_may_send(self, path):
        partners = fill(path).credentials["partners"]

        assert [partner["name"] for partner in partners] == list(
            Partner.objects.order_by("pk").values_list("name", flat=True)
        )
        assert Agreement.objects.in_force_on(clock.local_date(clock.now())).count() == 2
        for partner in partners:
            key = api_keys.authenticate(plain=partner["api_key"], address="", at=clock.now())
            assert key.account.code == partner["account"] == partner["legacy"]["CorpID"]
            assert Signature.objects.filter(account=key.account, is_default=True).exists()

    def test_gets_a_route_for_every_operator_and_mode(self, path):
        filled = fill(path)

        assert Route.objects.count() == 2 * len(Operator.values)
        assert Connector.objects.get().url == f"http://127.0.0.1:{filled.simulator_port}"

    def test_has_something_for_everybody_to_judge(self, path):
        fill(path)

        found = waiting(clock.now())

        assert (found.applications, found.recharges, found.bank_entries) == (2, 1, 1)

    def test_has_traffic_that_is_charged(self, path):
        fill(path)

        report = verification.verify()

        assert Batch.objects.filter(is_test=False).count() > 15
        assert (report.accounts, report.faults) == (3, ())

    def test_has_papers_that_open(self, path):
        fill(path)

        for proof in ProofDocument.objects.order_by("pk"):
            with proof.file.open() as file:
                assert inspect(file).content_type == "application/pdf"

    def test_shows_who_did_what(self, path):
        fill(path)

        signature = Signature.objects.get(text="云帆软件")

        assert [event.actor for event in history_of(signature)][::2] == ["周敏", "王建国"]


class TestTheFile:
    def test_is_for_its_owner_alone(self, path):
        fill(path)

        assert path.stat().st_mode & 0o777 == 0o600

    def test_has_exactly_the_agreed_shape(self, path):
        fill(path)

        kept = json.loads(path.read_text())
        assert list(kept) == ["base_url", "staff", "partners"]
        assert {tuple(person) for person in kept["staff"]} == {("role", "username", "password")}
        for partner in kept["partners"]:
            assert list(partner) == [
                "name",
                "account",
                "users",
                "api_key",
                "test_api_key",
                "legacy",
            ]
            assert {tuple(user) for user in partner["users"]} == {("role", "username", "password")}
            assert list(partner["legacy"]) == ["CorpID", "Pwd"]

    def test_keeps_its_secrets_and_follows_the_address(self, path):
        before = fill(path).credentials

        after = fill(path, base_url="http://127.0.0.1:9000").credentials

        assert after == before | {"base_url": "http://127.0.0.1:9000"}
        assert json.loads(path.read_text()) == after

    @pytest.mark.parametrize("text", [None, "{", "[]", '{"base_url": ""}'])
    def test_is_asked_for_when_it_was_lost(self, path, text):
        fill(path)
        path.unlink() if text is None else path.write_text(text)

        with pytest.raises(stock.StockError, match="--reset"):
            fill(path)

    def test_of_another_database_is_not_taken_for_this_ones(self, path):
        fill(path)
        User.objects.filter(username="admin").update(username="chen.jing")

        with pytest.raises(stock.StockError, match="--reset"):
            fill(path)

    def test_of_another_database_is_kept_aside(self, path):
        path.write_text("{}")

        fill(path)

        assert path.with_suffix(".before.json").read_text() == "{}"


class TestWithoutDemonstration:
    def test_makes_an_administrator_and_channels(self, path):
        filled = fill(path, with_demo=False)

        assert [person["role"] for person in filled.credentials["staff"]] == ["administrator"]
        assert (Partner.objects.count(), Batch.objects.count()) == (0, 0)
        assert Route.objects.exists()


class TestSomebodysData:
    def test_is_left_alone(self, path):
        partner = PartnerFactory()

        filled = fill(path)

        assert filled.credentials["staff"] == filled.credentials["partners"] == []
        assert list(Partner.objects.all()) == [partner]
        assert not stock.is_ours()

    def test_is_not_emptied(self, path, settings, tmp_path):
        settings.EMBEDDED_POSTGRES = None
        PartnerFactory()

        with pytest.raises(stock.StockError, match="not emptied"):
            stock.empty(files=tmp_path)

    def test_of_another_program_is_refused(self, settings, monkeypatch):
        settings.EMBEDDED_POSTGRES = None
        monkeypatch.setattr(Partner._meta, "db_table", "no_such_table")

        with pytest.raises(stock.StockError, match="not the portal's"):
            stock.check_not_foreign()
