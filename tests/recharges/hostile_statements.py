"""Files that are called a statement and made to stop whoever opens them: small, or within 10 MB."""

import io
import random
import zipfile

from tests.factories.statements import HEADINGS, credit, csv, xlsx

TYPES = b"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="xml" ContentType="application/xml"/>
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/sharedStrings.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>
<Override PartName="/xl/styles.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"""
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGED = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = f'<styleSheet {MAIN}><cellXfs count="1"><xf/></cellXfs></styleSheet>'


def workbook(
    sheet="", *, after="", strings="", styles=STYLES, sheet_count=1, more=0, head="", size=""
):
    """Return a workbook whose sheets are one part, written by hand."""
    sheets = "".join(
        f'<sheet name="{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, sheet_count + 1)
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {MAIN} xmlns:r="{RELATED}"><sheets>{sheets}</sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGED}"><Relationship Id="r1" Type="{RELATED}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr("xl/sharedStrings.xml", f"<sst {MAIN}>{strings}</sst>")
        archive.writestr("xl/styles.xml", styles)
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f"{head}<worksheet {MAIN}>{size}<sheetData>{sheet}</sheetData>{after}</worksheet>",
        )
        for number in range(more):
            archive.writestr(f"more/{number}.xml", "<x/>")
    return target.getvalue()


def merged(*ranges):
    cells = "".join(f'<mergeCell ref="{each}"/>' for each in ranges)
    return workbook(
        '<row r="1"><c r="A1"><v>1</v></c></row>', after=f"<mergeCells>{cells}</mergeCells>"
    )


def cell(value, place="A1", kind="n"):
    return workbook(f'<row r="{place[-1]}"><c r="{place}" t="{kind}"><v>{value}</v></c></row>')


def written(*rows, size=""):
    """Return a workbook of rows, each cell as its kind and its value stand in the file."""
    drawn = ("".join(f'<c t="{kind}"><v>{value}</v></c>' for kind, value in row) for row in rows)
    return workbook("".join(f"<row>{cells}</row>" for cells in drawn), size=size)


def of_amounts(*numbers, **more):
    """Return a workbook of credits whose amounts are numbers as a file may write them."""
    headings = [("str", name) for name in HEADINGS]
    rows = [
        [("n", number) if place == 3 else ("str", text) for place, text in enumerate(credit())]
        for number in numbers
    ]
    return written(headings, *rows, **more)


def document(entries, *, head=""):
    return (
        f'{head}<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>'
        f"<Stmt><Id>1</Id>{entries}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


LAUGHS = (
    "<!DOCTYPE x ["
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
ENTRY = (
    '<Ntry><Amt Ccy="CNY">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>'
    "<BookgDt><Dt>{day}</Dt></BookgDt><AcctSvcrRef>{serial}</AcctSvcrRef></Ntry>"
)
MT940 = (
    ":20:1\n:25:1202021209900123456\n:28C:1/1\n:60F:C260531CNY0,00\n{lines}:62F:C260602CNY0,00\n-"
)


def entries(count=1, *, amount="1.00", day="2026-06-01", serial="S"):
    return "".join(
        ENTRY.format(amount=amount, day=day, serial=f"{serial}{n}") for n in range(count)
    )


def table(*rows):
    return csv(rows, preamble=(), footer=(), encoding="utf-8")


def honest(count):
    memo = "短信费 合同编号 2026-000000 请查收"
    return table(*[credit(f"S{number:08}", memo=memo) for number in range(count)])


# By name: how it is made, and the code of its refusal.
REFUSED = {
    "a merged range of billions": (lambda: merged("A1:XFD1048576"), "statement_too_complex"),
    "a hundred thousand merged ranges": (
        lambda: merged(*["A1:B2"] * 100_001),
        "statement_too_complex",
    ),
    "a thousand sheets of one part": (lambda: workbook(sheet_count=1_000), "statement_too_complex"),
    "a thousand files": (lambda: workbook(more=1_000), "statement_too_complex"),
    "a cell in the last column": (lambda: cell(1, "XFD1"), "statement_too_wide"),
    "a cell in the last row": (
        lambda: workbook('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
        "statement_too_large",
    ),
    "a hundred million zeros": (
        lambda: workbook("0" * 101 * 1024 * 1024),
        "statement_too_large",
    ),
    "a number of a million digits": (lambda: cell("9" * 1_000_000), "statement_broken"),
    "a text of a million letters": (
        lambda: cell("x" * 1_000_000, kind="str"),
        "statement_cell_too_long",
    ),
    "a shared text of a million letters": (
        lambda: workbook(
            '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
            strings=f"<si><t>{'x' * 1_000_000}</t></si>",
        ),
        "statement_cell_too_long",
    ),
    "six million empty elements": (
        lambda: workbook("<row/>" * 6_000_000, after=""),
        "statement_too_complex",
    ),
    "styles without end": (
        lambda: workbook(styles=STYLES.replace("<xf/>", "<xf/>" * 4_000_000)),
        "statement_too_complex",
    ),
    "a workbook with entities": (lambda: workbook(head=LAUGHS), "statement_dangerous"),
    "entities behind a long comment": (
        lambda: workbook(head=f"<!--{'x' * 100_000}-->{LAUGHS}"),
        "statement_dangerous",
    ),
    "a document with entities": (
        lambda: document("&i;", head=LAUGHS),
        "statement_dangerous statement_broken",
    ),
    "a document nested without end": (
        lambda: document("<a>" * 100_000 + "</a>" * 100_000),
        "statement_broken",
    ),
    "more entries than a statement has": (
        lambda: document("<Ntry></Ntry>" * 50_001),
        "statement_too_large statement_broken",
    ),
    "a quotation mark that never closes": (
        lambda: table(credit()) + b'\r\n"' + b"2026-06-01,1,2,3\r\n" * 20_000,
        "statement_cell_too_long",
    ),
    "a cell of 200 kB": (lambda: table(credit(memo="x" * 200_000)), "statement_cell_too_long"),
    "nine megabytes of one column": (lambda: b"1\r\n" * 3_000_000, "statement_too_large"),
    "nine megabytes of one row": (lambda: b"1," * 4_500_000, "statement_too_wide"),
    "nine megabytes of separators": (lambda: b"," * 9_000_000, "statement_empty"),
    "a row of 201 columns": (lambda: table(["x"] * 201), "statement_too_wide"),
    "a NUL": (lambda: table(credit(memo="x\0y")), "statement_broken"),
    "UTF-32": (lambda: table(credit()).decode().encode("utf-32"), "statement_broken"),
    "bytes by chance": (
        lambda: random.Random(1).randbytes(1_000_000),
        "statement_broken statement_too_large statement_cell_too_long",
    ),
}
# What is read as far as it goes; nothing of it may break who looks at it.
READ = {
    "a size that is not true": lambda: of_amounts("1.00", size='<dimension ref="A1:XFD1048576"/>'),
    "numbers of any size": lambda: of_amounts(
        "1e999999999", "-1e999999999", "1e308", "1e-320", "9e15", "1e9", "9" * 4_000
    ),
    "a number of 300 digits": lambda: table(credit(amount="9" * 300)),
    "more than an entry can hold": lambda: table(credit(amount="999999999999.00")),
    "a payment of the year 9999": lambda: document(entries(day="9999-12-31")),
    "a payment of the year 1": lambda: document(entries(day="0001-01-01")),
    "an entry without its amount": lambda: document(entries(amount="")),
    "a payment of too many digits": lambda: document(entries(amount="9" * 40)),
    "a formula": lambda: xlsx([HEADINGS, (*credit()[:9], '=HYPERLINK("http://example.com")')]),
    "headings without end": lambda: csv(
        [credit()], headings=[*HEADINGS[:9], "(" * 32_000], preamble=(), encoding="utf-8"
    ),
    "MT940 with two thousand entries of nothing": lambda: MT940.format(
        lines=":61:2606010601C1,00NTRFNONREF//S\n:86:\n" * 2_000
    ).encode(),
}
