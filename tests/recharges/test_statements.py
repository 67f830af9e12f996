from decimal import Decimal

import pytest

from apps.recharges.choices import ImportStatus as S
from apps.recharges.models import BankEntry, BankProfile, StatementImport
from apps.recharges.queries import previews
from apps.recharges.queries.previews import LineState
from apps.recharges.services import bank_entries, statements
from apps.recharges.statements.columns import Mapping
from tests.factories.recharges import MORNING
from tests.factories.statements import ACCOUNT, BankProfileFactory, credit, csv, debit
from tests.factories.users import StaffFactory
from tests.racing import race

NO_SERIALS = ("交易日期", "借方发生额", "贷方发生额", "对方户名", "摘要")


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def finance(db):
    return StaffFactory(finance=True).as_actor()


def upload(by, content, **fields):
    return statements.upload(
        profile_id=BankProfileFactory().pk,
        content=content,
        file_name="明细.csv",
        by=by,
        at=MORNING,
        **fields,
    )


def store(by, content):
    return statements.store(import_id=upload(by, content).pk, by=by, at=MORNING)


def states(content, by):
    return [each.state for each in previews.preview(upload(by, content)).lines]


def plain(*rows):
    return csv(rows, headings=NO_SERIALS, preamble=(), footer=())


def transfer(amount="500.00", payer="青禾公司", day="2026-06-01"):
    return (day, "", amount, payer, "短信费")


VERBS = {
    "store": lambda pk, by: statements.store(import_id=pk, by=by, at=MORNING),
    "discard": lambda pk, by: statements.discard(import_id=pk, by=by),
    "remap": lambda pk, by: statements.remap(import_id=pk, mapping=Mapping(), by=by),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("ended", ["store", "discard"])
def test_only_a_preview_takes_a_step(finance, ended, verb):
    pk = VERBS[ended](upload(finance, csv([credit()])).pk, finance).pk
    before = StatementImport.objects.values().get()

    with pytest.raises(statements.StatementStateError):
        VERBS[verb](pk, finance)

    assert StatementImport.objects.values().get() == before


class TestOpenProfile:
    def open(self, by, **fields):
        return statements.open_profile(
            **{"name": "招商银行", "bank_account": "1109 0718-1234", "by": by, **fields}
        )

    def test_keeps_the_account_without_blanks(self, finance):
        assert self.open(finance).bank_account == "110907181234"

    @pytest.mark.parametrize("again", [{"name": "另一个"}, {"bank_account": "999988887777"}])
    def test_refuses_an_account_or_a_name_twice(self, finance, again):
        self.open(finance)

        with pytest.raises(statements.BankProfileExistsError):
            self.open(finance, **again)

    @pytest.mark.parametrize("account", ["", "12", "账号一二三四", "1" * 41])
    def test_refuses_what_is_no_account_number(self, finance, account):
        with pytest.raises(statements.BankAccountFormError):
            self.open(finance, bank_account=account)


class TestUpload:
    def test_stores_nothing_but_the_file(self, finance):
        found = upload(finance, csv([credit()]))

        with found.file.open("rb") as file:
            assert (found.status, file.read()) == (S.PREVIEWED, csv([credit()]))
        assert not BankEntry.objects.exists()

    def test_gives_the_open_preview_of_the_same_file(self, finance):
        assert upload(finance, csv([credit()])) == upload(finance, csv([credit()]))

    def test_refuses_a_statement_of_another_account(self, finance):
        content = csv([credit()], preamble=("账号：6222020200012345678",))

        with pytest.raises(statements.StatementAccountError):
            upload(finance, content)


class TestPreview:
    def test_says_what_becomes_of_each_line(self, finance):
        store(finance, csv([credit("S1")]))

        lines = [credit("S1"), credit("S2"), credit("S2"), debit(), credit("S3", amount="1,23")]

        assert states(csv(lines), finance) == ["KNOWN", "NEW", "REPEATED", "DEBIT", "WRONG"]

    def test_refuses_one_serial_number_on_two_different_lines(self, finance):
        rows = [credit("S1"), credit("S1", amount="20.00")]

        assert states(csv(rows), finance) == ["NEW", "WRONG"]

    def test_refuses_a_known_serial_number_with_another_amount(self, finance):
        store(finance, csv([credit("S1")]))

        assert states(csv([credit("S1", amount="20.00")]), finance) == ["WRONG"]

    def test_knows_what_a_person_typed(self, finance):
        bank_entries.enter(
            bank_account="1202 0212 0990 0123 456",
            serial="S1",
            payer="北京青禾软件有限公司",
            amount_yuan=Decimal(10_000),
            received_at=MORNING,
            by=finance,
            at=MORNING,
        )

        assert states(csv([credit("S1")]), finance) == ["KNOWN"]

    def test_shows_what_a_new_line_looks_like(self, finance):
        store(finance, csv([credit("S1")]))

        (line,) = previews.preview(upload(finance, csv([credit("S9")]))).lines

        assert (line.state, line.looks_like) == (LineState.NEW, BankEntry.objects.get())

    def test_counts_and_sums(self, finance):
        preview = previews.preview(upload(finance, csv([credit("S1"), credit("S2"), debit()])))

        assert (preview.counts["NEW"], preview.counts["DEBIT"]) == (2, 1)
        assert preview.new_yuan == Decimal(20_000)
        assert preview.is_clean


class TestRemap:
    def test_reads_the_file_by_other_columns(self, finance):
        content = csv(
            [("2026-06-01", "10.00", "青禾")], headings=("甲", "乙", "丙"), preamble=(), footer=()
        )
        found = upload(finance, content)
        assert not previews.preview(found).lines

        mapping = Mapping(date="甲", amount="乙", payer="丙")
        found = statements.remap(import_id=found.pk, mapping=mapping, by=finance)

        assert previews.preview(found).counts["NEW"] == 1

    def test_is_remembered_for_the_banks_next_file(self, finance):
        found = upload(finance, csv([credit()]))
        statements.store(import_id=found.pk, by=finance, at=MORNING)

        assert BankProfile.objects.get().mapping["serial"] == "交易流水号"


class TestStore:
    def test_makes_a_bank_entry_of_every_new_credit(self, finance):
        found = store(finance, csv([credit("S1", memo="TCLKJ00001"), credit("S2"), debit()]))

        entry = BankEntry.objects.get(serial="S1")
        assert (found.new_count, found.debit_count, found.new_yuan) == (2, 1, Decimal(20_000))
        assert (entry.bank_account, entry.statement) == (ACCOUNT, found)
        assert (entry.reference, entry.payer_account) == ("转账 TCLKJ00001", "6222000011112222")
        assert entry.received_at.isoformat() == "2026-06-01T02:20:30+00:00"
        assert entry.status == "UNMATCHED"

    def test_adds_nothing_the_second_time(self, finance):
        store(finance, csv([credit("S1"), credit("S2")]))

        again = store(finance, csv([credit("S1"), credit("S2"), credit("S3")]))

        assert (again.new_count, again.known_count) == (1, 2)
        assert BankEntry.objects.count() == 3

    def test_keeps_two_equal_transfers_as_two(self, finance):
        store(finance, csv([credit("S1"), credit("S2")]))
        store(finance, plain(transfer(), transfer()))

        assert BankEntry.objects.filter(amount_yuan=500).count() == 2

    def test_names_lines_without_serial_numbers_the_same_in_any_file(self, finance):
        other = transfer(day="2026-06-02")
        store(finance, plain(transfer(), transfer()))

        overlapping = store(finance, plain(other, transfer(), transfer(), transfer()))

        assert (overlapping.new_count, overlapping.known_count) == (2, 2)

    def test_stores_nothing_while_a_line_is_wrong(self, finance):
        with pytest.raises(statements.StatementLinesError):
            store(finance, csv([credit("S1"), credit("S2", amount="1.2E+5")]))
        assert not BankEntry.objects.exists()

    def test_refuses_a_file_without_lines(self, finance):
        with pytest.raises(statements.StatementNothingError):
            store(finance, "你好".encode())

    @pytest.mark.django_db(transaction=True)
    def test_two_people_at_once_store_once_and_one_is_told(self, settings):
        people = [StaffFactory(finance=True).as_actor() for _ in range(2)]
        pk = upload(people[0], csv([credit("S1"), credit("S2")])).pk

        answers = race(*[lambda by=by: VERBS["store"](pk, by) for by in people])

        assert sum(isinstance(each, statements.StatementStateError) for each in answers) == 1
        assert BankEntry.objects.count() == 2

    @pytest.mark.django_db(transaction=True)
    def test_overlapping_files_at_once_add_each_line_once(self):
        by = StaffFactory(finance=True).as_actor()
        files = [csv([credit("S1"), credit("S2")]), csv([credit("S2"), credit("S3")])]
        pks = [upload(by, content).pk for content in files]

        race(*[lambda pk=pk: VERBS["store"](pk, by) for pk in pks])

        assert sorted(BankEntry.objects.values_list("serial", flat=True)) == ["S1", "S2", "S3"]
