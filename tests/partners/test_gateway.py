import pytest
from django.db import IntegrityError, transaction

from apps.partners import queries
from tests.factories.partners import GatewayFactory

pytestmark = pytest.mark.django_db


class TestGateway:
    def test_returns_what_documents_print(self):
        row = GatewayFactory()

        assert queries.gateway() == row

    def test_refuses_before_anything_is_filled_in(self):
        with pytest.raises(queries.GatewayParticularsMissingError):
            queries.gateway()

    @pytest.mark.parametrize("name", ["name", "phone", "postcode", "address", "bank_account"])
    def test_names_what_is_blank(self, name):
        GatewayFactory(**{name: ""})

        with pytest.raises(queries.GatewayParticularsMissingError):
            queries.gateway()

    def test_does_without_fax_and_email(self):
        GatewayFactory(fax="", email="")

        assert queries.gateway().fax == ""

    def test_there_is_one_row_alone(self):
        GatewayFactory()

        with pytest.raises(IntegrityError, match="one_row"), transaction.atomic():
            GatewayFactory(id=2)


class TestAdmin:
    def test_an_administrator_changes_it_and_the_history_says_so(self, admin_browser):
        row = GatewayFactory()
        form = {name: getattr(row, name) for name in (*row.PRINTED, "fax", "contact_name", "email")}

        admin_browser.post("/admin/partners/gateway/1/change/", {**form, "phone": "010-80005678"})

        event = row.events.order_by("-pgh_id").first()
        assert event.phone == "010-80005678"
        assert event.pgh_context.metadata["act"] == "partners.gateway.change"
