import pytest
from django.db import ProgrammingError, transaction

from apps.agreements import wording
from apps.agreements.choices import ClauseKind
from apps.agreements.models import AgreementTemplate, TemplateClause
from apps.agreements.queries import comparison
from apps.agreements.services import drafts, templates
from tests.factories.agreements import NEW_YEAR, make_draft, make_terms
from tests.factories.partners import PartnerFactory
from tests.factories.users import StaffFactory
from tests.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return StaffFactory().as_actor()


@pytest.fixture
def draft(staff):
    return templates.copy_latest(note="改付款条款", by=staff, at=NEW_YEAR)


def clause_of(template, number, kind=ClauseKind.CLAUSE):
    return template.clauses.get(kind=kind, number=number)


class TestCurrent:
    def test_is_our_wording_at_first(self):
        template = templates.current(at=NEW_YEAR)

        assert (template.version, template.status) == (1, "PUBLISHED")
        assert template.clauses.count() == len(wording.FIRST)

    @pytest.mark.django_db(transaction=True)
    def test_is_loaded_once_into_an_empty_table(self):
        found = race(*[lambda: templates.current(at=NEW_YEAR)] * 3)

        assert len(set(found)) == AgreementTemplate.objects.count() == 1


class TestCopyLatest:
    def test_begins_with_the_same_clauses(self, draft):
        first = AgreementTemplate.objects.get(version=1)

        assert (draft.version, draft.status) == (2, "DRAFT")
        assert comparison(draft).earlier == first
        assert comparison(draft).changed_count == 0

    def test_lets_one_be_written_at_a_time(self, draft, staff):
        with pytest.raises(templates.TemplateDraftExistsError):
            templates.copy_latest(note="又一版", by=staff, at=NEW_YEAR)


class TestDraft:
    def test_is_edited_clause_by_clause(self, draft, staff):
        clause = clause_of(draft, "10")

        templates.edit_clause(clause_id=clause.pk, title="首付", text="当日付清。", by=staff)

        changed = [each for each in comparison(draft).differences if each.is_changed]
        assert [(each.label, each.title) for each in changed] == [("第十条", "首付")]

    def test_takes_a_clause_behind_another(self, draft, staff):
        templates.add_clause(
            after_id=clause_of(draft, "14").pk,
            kind=ClauseKind.CLAUSE,
            number="15",
            title="通知",
            text="以书面为准。",
            by=staff,
        )

        assert draft.clauses.order_by("position").last().number == "15"

    def test_takes_one_in_between(self, draft, staff):
        templates.add_clause(
            after_id=clause_of(draft, "6.9", ClauseKind.ITEM).pk,
            kind=ClauseKind.ITEM,
            number="6.10",
            title="",
            text="新增一项。",
            by=staff,
        )

        numbers = list(draft.clauses.order_by("position").values_list("number", flat=True))
        assert numbers[numbers.index("6.10") - 1 :][:3] == ["6.9", "6.10", "7"]

    def test_refuses_a_number_twice(self, draft, staff):
        with pytest.raises(templates.ClauseExistsError):
            templates.add_clause(
                after_id=clause_of(draft, "1").pk,
                kind=ClauseKind.CLAUSE,
                number="2",
                title="",
                text="重复",
                by=staff,
            )

    def test_loses_a_clause(self, draft, staff):
        templates.remove_clause(clause_id=clause_of(draft, "12").pk, by=staff)

        assert not draft.clauses.filter(kind=ClauseKind.CLAUSE, number="12").exists()

    @pytest.mark.parametrize(
        ("text", "error"),
        [
            ("每条{price_of_gold}元", templates.UnknownBlankError),
            ("每条{unit_price元", templates.StrayBraceError),
            ("", templates.ClauseEmptyError),
        ],
    )
    def test_refuses_what_cannot_be_printed(self, draft, staff, text, error):
        with pytest.raises(error):
            templates.edit_clause(clause_id=clause_of(draft, "8").pk, title="", text=text, by=staff)

    def test_is_not_drafted_from(self, draft, staff):
        with pytest.raises(drafts.TemplateNotPublishedError):
            drafts.draft(
                partner=PartnerFactory(),
                template=draft,
                terms=make_terms(),
                by=staff,
                at=NEW_YEAR,
            )


class TestPublish:
    def test_lets_new_agreements_be_made_from_it(self, draft, staff):
        templates.publish(template_id=draft.pk, by=staff, at=NEW_YEAR)

        assert make_draft().template == draft

    def test_is_for_good(self, draft, staff):
        clause_id = clause_of(draft, "1").pk
        templates.publish(template_id=draft.pk, by=staff, at=NEW_YEAR)

        for refused in (
            lambda: templates.publish(template_id=draft.pk, by=staff, at=NEW_YEAR),
            lambda: templates.edit_clause(clause_id=clause_id, title="", text="改", by=staff),
            lambda: templates.remove_clause(clause_id=clause_id, by=staff),
        ):
            with pytest.raises(templates.TemplatePublishedError):
                refused()

    @pytest.mark.parametrize(
        "change",
        [
            lambda: AgreementTemplate.objects.update(title="改"),
            lambda: TemplateClause.objects.update(text="改"),
            lambda: TemplateClause.objects.filter(number="14").delete(),
            lambda: AgreementTemplate.objects.all().delete(),
            lambda: TemplateClause.objects.create(
                template=AgreementTemplate.objects.get(),
                position=99,
                kind="CLAUSE",
                number="99",
                text="加",
            ),
        ],
    )
    def test_is_held_to_by_the_database(self, change):
        templates.current(at=NEW_YEAR)

        with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
            change()
