"""A bank's file made to stop the portal is refused with what to do, or read; the web process stays."""

from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from apps.common.confined import calls
from apps.common.errors import DomainError
from apps.recharges.statements import errors
from apps.recharges.statements.lines import Fault, Format
from apps.recharges.statements.reading import read_statement
from tests.common.confined.limits import hold
from tests.common.uploads.test_mutations import change, mutated
from tests.factories.statements import HEADINGS, credit, csv, debit, xlsx
from tests.recharges.hostile_statements import (
    MT940,
    READ,
    REFUSED,
    document,
    entries,
    honest,
    table,
)

MEGABYTE = 1024
GROWTH_MEGABYTES = 40  # of the web process while it refuses a file of up to 10 MB
GOOD = {
    "csv": csv([credit("S1"), debit(), credit("S2")]),
    "xlsx": xlsx([HEADINGS, credit("S1"), debit()], merged=["A4:C4"]),
    "mt940": MT940.format(lines=":61:2606010601C1,00NTRFNONREF//S1\n:86:短信费\n").encode(),
    "camt": document(entries(2)),
}
OUTCOMES = {*Format, *errors.BY_CODE}


def memory(name):
    """Return `VmHWM`, the highest of this process's memory since `forgotten`, or `VmRSS`, in MB."""
    [line] = [
        each for each in Path("/proc/self/status").read_text().splitlines() if each.startswith(name)
    ]
    return int(line.split()[1]) / MEGABYTE


def growth_while(work):
    Path("/proc/self/clear_refs").write_text("5")  # forgets the highest, see proc(5)
    before = memory("VmRSS")
    work()
    return memory("VmHWM") - before


@pytest.fixture(scope="module", autouse=True)
def _keeper():
    read_statement(GOOD["csv"])


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_with_what_to_do(name, settings):
    make, codes = REFUSED[name]
    sent = make()
    assert len(sent) < 10 * 1024 * 1024
    hold(settings, "read_statement", cpu_seconds=4)
    refusals = []

    def refused():
        with pytest.raises(DomainError) as refusal:
            read_statement(sent)
        refusals.append(refusal.value)

    assert growth_while(refused) < GROWTH_MEGABYTES
    assert refusals[0].code in codes.split()
    with translation.override("zh-hans"):
        assert "请" in str(refusals[0]) or "未予打开" in str(refusals[0])


@pytest.mark.parametrize("name", READ)
def test_reads_what_it_can(name):
    statement = read_statement(READ[name]())

    assert all(line.amount_yuan is None or line.amount_yuan < 10**8 for line in statement.lines)


def test_calls_an_amount_above_what_an_entry_holds_wrong():
    (line,) = read_statement(table(credit(amount="100000000.00"))).lines

    assert [wrong.fault for wrong in line.wrong] == [Fault.AMOUNT_TOO_LARGE]
    assert line.amount_yuan is None


def test_shows_only_the_beginning_of_a_wrong_cell():
    (line,) = read_statement(table(credit(amount="9x" * 10_000))).lines

    assert len(line.wrong[0].cell) == 60


def test_reads_fifty_thousand_lines_in_seconds_of_work(settings):
    hold(settings, "read_statement", cpu_seconds=15)  # as the kernel counts, however busy it is
    content = honest(49_999)

    assert len(read_statement(content).lines) == 49_999
    with pytest.raises(errors.StatementTooLargeError):
        read_statement(content + content.splitlines()[-1])


def test_a_file_that_needs_too_much_memory_is_told_so(settings):
    hold(settings, "read_statement", memory_megabytes=150)

    with pytest.raises(errors.StatementTooComplexError):
        read_statement(honest(40_000))


def test_what_the_confined_process_cannot_do_is_no_fault_of_the_file(settings):
    calls.close()
    hold(settings, "read_statement", path="apps.recharges.statements.missing.read")

    with pytest.raises(errors.StatementNotOpenedError):
        read_statement(GOOD["csv"])


def test_an_answer_that_is_no_statement_is_not_believed(settings):
    hold(settings, "read_statement", path="tests.recharges.lying.read")
    calls.close()

    with pytest.raises(errors.StatementNotOpenedError):
        read_statement(GOOD["csv"])
    calls.close()


def outcome_of(sent):
    try:
        return read_statement(sent).format
    except DomainError as error:
        return error.code


@pytest.mark.parametrize("kind", GOOD)
@given(changes=st.lists(change, min_size=1, max_size=4))
@bounded(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_changed_file_is_read_or_refused(kind, changes):
    assert outcome_of(mutated(GOOD[kind], changes)) in OUTCOMES
