import pytest
from django.db import ProgrammingError, transaction

from apps.pledges import wording
from apps.pledges.models import PledgeTemplate
from apps.pledges.services import templates
from tests.factories.pledges import SPRING, FirstTemplateFactory, PledgeTemplateFactory
from tests.factories.users import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return StaffFactory().as_actor()


class TestDraftVersion:
    def test_counts_on_from_the_newest(self, by):
        FirstTemplateFactory()

        template = templates.draft_version(
            title="责任书", wording=wording.WORDING, by=by, at=SPRING
        )

        assert (template.version, template.status) == (2, "DRAFT")

    def test_refuses_a_text_that_lacks_the_forbidden_kinds(self, by):
        with pytest.raises(templates.PledgeWordingError) as caught:
            templates.draft_version(title="责任书", wording="## 一\n承诺。", by=by, at=SPRING)

        assert caught.value.data["problem"] == "kinds_missing"


class TestEdit:
    def test_changes_a_draft(self, by):
        template = PledgeTemplateFactory()

        templates.edit(template_id=template.pk, title="新责任书", wording=wording.WORDING, by=by)

        template.refresh_from_db()
        assert template.title == "新责任书"

    def test_refuses_a_published_one(self, by):
        template = FirstTemplateFactory()

        with pytest.raises(templates.PledgeTemplatePublishedError):
            templates.edit(template_id=template.pk, title="x", wording=wording.WORDING, by=by)


class TestPublish:
    def test_is_printed_from_now_on(self, by):
        FirstTemplateFactory()
        template = PledgeTemplateFactory()

        templates.publish(template_id=template.pk, by=by, at=SPRING)

        assert PledgeTemplate.objects.published().first() == template

    def test_happens_once(self, by):
        with pytest.raises(templates.PledgeTemplatePublishedError):
            templates.publish(template_id=FirstTemplateFactory().pk, by=by, at=SPRING)


@pytest.mark.parametrize("verb", ["save", "delete"])
def test_the_database_keeps_what_is_published(verb):
    template = FirstTemplateFactory()
    template.title = "别的"

    with pytest.raises(ProgrammingError, match="pledges_pledgetemplate"), transaction.atomic():
        getattr(template, verb)()
