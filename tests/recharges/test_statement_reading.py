import io
import zipfile
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from apps.recharges.statements import errors
from apps.recharges.statements.columns import Mapping
from apps.recharges.statements.limits import MAX_BYTES
from apps.recharges.statements.lines import Fault, Format
from apps.recharges.statements.reading import read_statement
from tests.factories.statements import ACCOUNT, HEADINGS, credit, csv, debit, xlsx

DAY = date(2026, 6, 1)
MT940 = """:20:STMT001
:25:ICBKCNBJ/1202021209900123456
:28C:1/1
:60F:C260531CNY78000,00
:61:2606010601C10000,00NTRFNONREF//20260601000001
:86:/ORDP//NAME/北京青禾软件有限公司/REMI/短信费 TCLKJ00001
:61:2606010601D300,00NTRFNONREF//20260601000002
:86:房租
:61:2606020602RD12,50NMSCNONREF//20260601000003
:86:手续费退回
:62F:C260602CNY87712,50
-"""
CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>
<GrpHdr><MsgId>1</MsgId><CreDtTm>2026-06-02T08:00:00</CreDtTm></GrpHdr>
<Stmt><Id>1</Id><Acct><Id><Othr><Id>1202021209900123456</Id></Othr></Id></Acct>
{entries}
</Stmt></BkToCstmrStmt></Document>"""
ENTRY = """<Ntry><Amt Ccy="CNY">{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd><Sts>{status}</Sts>
<BookgDt><Dt>2026-06-01</Dt></BookgDt><AcctSvcrRef>{serial}</AcctSvcrRef>
<NtryDtls>{details}</NtryDtls></Ntry>"""
DETAILS = """<TxDtls><Refs><EndToEndId>E2E1</EndToEndId></Refs><RltdPties><Dbtr>
<Nm>北京青禾软件有限公司</Nm></Dbtr></RltdPties><RmtInf><Ustrd>短信费</Ustrd></RmtInf></TxDtls>"""


def entry(serial="R1", *, amount="10000.00", way="CRDT", status="BOOK", details=DETAILS):
    return ENTRY.format(serial=serial, amount=amount, way=way, status=status, details=details)


def camt(*entries):
    return CAMT.format(entries="".join(entries)).encode()


def only(content, **options):
    (line,) = read_statement(content, **options).lines
    return line


def money(statement):
    return [(line.is_credit, line.amount_yuan) for line in statement.lines]


class TestDelimited:
    @pytest.mark.parametrize(
        "encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
    )
    def test_reads_every_encoding(self, encoding):
        line = only(csv([credit()], encoding=encoding))

        assert (line.payer, line.amount_yuan) == ("北京青禾软件有限公司", Decimal(10_000))

    @pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
    def test_finds_the_separator(self, separator):
        assert only(csv([credit()], separator=separator)).serial == "S0001"

    def test_reads_a_line_in_full(self):
        line = only(csv([credit(memo="TCLKJ00001 短信费")]))

        assert (line.day, line.moment) == (date(2026, 6, 1), time(10, 20, 30))
        assert (line.payer_account, line.reference) == (
            "6222000011112222",
            "转账 TCLKJ00001 短信费",
        )
        assert line.number == 5
        assert not line.wrong

    def test_names_the_account_and_counts_what_says_nothing(self):
        statement = read_statement(csv([credit(), debit(), ()]))

        assert statement.own_account == ACCOUNT
        assert money(statement) == [(True, Decimal(10_000)), (False, Decimal(300))]
        assert statement.skipped_count == 6

    def test_leaves_totals_remarks_and_repeated_headings_out(self):
        rows = [
            credit(),
            ("本页合计", "", "", "10,000.00"),
            HEADINGS,
            credit("S0002"),
            ("注：以上仅供参考",),
        ]

        assert len(read_statement(csv(rows)).lines) == 2

    def test_keeps_the_row_number_of_what_is_wrong(self):
        line = only(csv([credit(amount="1.2E+05")]))

        assert (line.number, [wrong.fault for wrong in line.wrong]) == (
            5,
            [Fault.AMOUNT_UNREADABLE],
        )
        assert "1.2E+05" in str(line.wrong[0])
        assert line.wrong[0].cure

    def test_refuses_a_line_whose_cells_are_shifted(self):
        content = csv([credit()]).replace(b'"10,000.00"', b"10,000.00")

        assert [wrong.fault for wrong in only(content).wrong] == [Fault.CELLS_SHIFTED]


class TestColumns:
    def read(self, headings, *rows):
        return read_statement(csv(rows, headings=headings, preamble=(), footer=()))

    @pytest.mark.parametrize(
        "flags", [("贷", "借"), ("C", "D"), ("收入", "支出"), ("转入", "转出")]
    )
    def test_reads_a_flag_beside_the_amount(self, flags):
        headings = ("日期", "收/支", "金额(元)", "对方户名", "流水号")

        statement = self.read(
            headings,
            ("20260601", flags[0], "100.00", "甲公司", "1"),
            ("20260601", flags[1], "30.00", "乙公司", "2"),
        )

        assert money(statement) == [(True, Decimal(100)), (False, Decimal(30))]

    def test_reads_one_column_with_signs(self):
        headings = ("记账日期", "交易金额", "账户余额", "对方名称", "核心流水号", "用途")

        statement = self.read(
            headings,
            ("2026/6/1", "+100.00", "900.00", "甲公司", "1", "短信费"),
            ("2026/6/1", "-30.00", "870.00", "乙公司", "2", "房租"),
        )

        assert money(statement) == [(True, Decimal(100)), (False, Decimal(30))]

    def test_takes_a_reversed_credit_as_money_that_went_out(self):
        statement = read_statement(csv([credit(amount="-500.00")]))

        assert money(statement) == [(False, Decimal(500))]

    def test_takes_the_banks_saved_columns_before_a_guess(self):
        headings = ("甲", "乙", "丙", "丁")
        saved = Mapping(date="甲", amount="乙", payer="丙", serial="丁")
        content = csv(
            [("2026-06-01", "10.00", "青禾", "7")], headings=headings, preamble=(), footer=()
        )

        assert only(content, mapping=saved).serial == "7"
        assert not read_statement(content).lines

    def test_guesses_anew_when_the_bank_changed_its_columns(self):
        saved = Mapping(date="甲", amount="乙")

        assert only(csv([credit()]), mapping=saved).amount_yuan == Decimal(10_000)

    def test_a_mapping_survives_being_saved(self):
        mapping = read_statement(csv([credit()])).mapping

        assert Mapping.from_json(mapping.to_json()) == mapping


class TestWorkbook:
    HEADINGS = (
        ("交易日期", "发生额", None, "对方", None, "交易流水号", "摘要"),
        (None, "借方", "贷方", "户名", "账号", None, None),
    )
    MERGED = ("A2:A3", "B2:C2", "D2:E2", "F2:F3", "G2:G3")

    def read(self, *rows, **options):
        return read_statement(
            xlsx([("工商银行账户明细",), *self.HEADINGS, *rows], merged=self.MERGED), **options
        )

    def test_joins_headings_of_two_rows(self):
        statement = self.read(
            (datetime.combine(DAY, time()), None, 10000.5, "甲公司", "6222", "S1", "短信费")
        )

        (line,) = statement.lines
        assert statement.headings[1:5] == ("发生额借方", "发生额贷方", "对方户名", "对方账号")
        assert (line.amount_yuan, line.payer, line.serial) == (Decimal("10000.50"), "甲公司", "S1")

    def test_reads_days_as_serial_numbers_and_texts(self):
        days = (46174, "46174", "2026年6月1日", datetime.combine(DAY, time(9)))

        lines = self.read(
            *((day, None, 1, "甲", "1", f"S{n}", "") for n, day in enumerate(days))
        ).lines

        assert {line.day for line in lines} == {date(2026, 6, 1)}

    @pytest.mark.parametrize("serial", [20260601000000012345, 2.0260601e19, "2.02606E+19"])
    def test_refuses_a_serial_number_that_lost_digits(self, serial):
        (line,) = self.read(("2026-06-01", None, 1, "甲", "1", serial, "")).lines

        assert [wrong.fault for wrong in line.wrong] == [Fault.SERIAL_DAMAGED]

    def test_refuses_a_bomb(self):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet1.xml", b"0" * (101 * 1024 * 1024))

        with pytest.raises(errors.StatementTooLargeError):
            read_statement(target.getvalue())

    def test_refuses_entities(self):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')

        with pytest.raises(errors.StatementDangerousError):
            read_statement(target.getvalue())


class TestMt940:
    @pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
    def test_reads_credits_debits_and_reversals(self, encoding):
        statement = read_statement(MT940.encode(encoding))

        assert (statement.format, statement.own_account) == (Format.MT940, ACCOUNT)
        assert money(statement) == [
            (True, Decimal("10000.00")),
            (False, Decimal("300.00")),
            (True, Decimal("12.50")),
        ]

    def test_reads_payer_serial_and_memo(self):
        line = read_statement(MT940.encode()).lines[0]

        assert (line.payer, line.serial) == ("北京青禾软件有限公司", "20260601000001")
        assert line.day == date(2026, 6, 1)
        assert "TCLKJ00001" in line.reference


class TestCamt053:
    def test_reads_a_booked_credit(self):
        line = only(camt(entry()))

        assert (line.payer, line.serial, line.reference) == (
            "北京青禾软件有限公司",
            "R1",
            "短信费 E2E1",
        )
        assert (line.day, line.amount_yuan) == (date(2026, 6, 1), Decimal("10000.00"))

    def test_leaves_announced_entries_out_and_marks_debits(self):
        statement = read_statement(
            camt(entry(), entry("R2", way="DBIT"), entry("R3", status="PDNG"))
        )

        assert [line.is_credit for line in statement.lines] == [True, False]
        assert statement.own_account == ACCOUNT

    def test_keeps_an_entry_of_several_payments_one_line_with_its_own_amount(self):
        parts = "".join(DETAILS.replace("<Refs>", f"<Amt>{n}</Amt><Refs>") for n in (1, 2))

        assert only(camt(entry(details=parts))).amount_yuan == Decimal("10000.00")

    @pytest.mark.parametrize(
        "attack",
        [
            b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
            b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        ],
    )
    def test_refuses_document_types(self, attack):
        content = camt(entry()).replace(b"<Document", attack + b"<Document").replace(b"R1", b"&a;")

        with pytest.raises((errors.StatementDangerousError, errors.StatementBrokenError)):
            read_statement(content)


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "error"),
        [
            (b"", errors.StatementEmptyError),
            (b" \r\n ", errors.StatementEmptyError),
            (b"x" * (MAX_BYTES + 1), errors.StatementTooLargeError),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", errors.StatementOldExcelError),
            (b"<html><table><tr><td>1</td></tr></table></html>", errors.StatementWebPageError),
            (b"PK\x03\x04 not an archive", errors.StatementBrokenError),
            (b"<Document>", errors.StatementBrokenError),
            (b"\xff\xff\xff\xff", errors.StatementBrokenError),
        ],
    )
    def test_say_what_the_file_is(self, content, error):
        with pytest.raises(error):
            read_statement(content)

    def test_a_text_without_a_table_has_no_lines(self):
        assert read_statement("你好，世界".encode()).lines == []
