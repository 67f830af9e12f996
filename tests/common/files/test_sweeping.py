"""Files that no row names are deleted after a day; what a row or its history names is kept."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.management import call_command

from apps.common import clock, tasks
from apps.common.files import sweeping
from tests.factories import files
from tests.factories.pledges import PledgeFactory
from tests.factories.signatures import ProofDocumentFactory

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=25)


def found(storage, after=LATER):
    return {each.name for each in sweeping.orphans(at=clock.now() + after, storage=storage)}


@pytest.fixture
def orphan(storage):
    return storage.save("proofs/orphan.pdf", ContentFile(b"%PDF"))


class TestOrphans:
    def test_are_files_that_no_row_names(self, storage, orphan):
        ProofDocumentFactory()

        assert found(storage) == {orphan}

    def test_are_found_in_every_folder(self, storage):
        names = {
            storage.save(name, ContentFile(b"1")) for name in ("a.pdf", "b/c.pdf", "b/d/e.pdf")
        }

        assert found(storage) == names

    def test_are_not_files_that_may_be_on_their_way(self, storage, orphan):
        assert found(storage, after=timedelta(hours=23)) == set()

    def test_are_not_files_that_history_names(self, storage):
        pledge = PledgeFactory(submitted=True)
        before = pledge.signed_copy.name
        pledge.signed_copy = ContentFile(files.pdf().getvalue(), name="better.pdf")
        pledge.save()

        assert before != pledge.signed_copy.name
        assert found(storage) == set()

    def test_are_none_where_nothing_was_ever_stored(self, storage):
        assert found(storage) == set()

    def test_of_many_files_take_few_queries(self, storage, django_assert_max_num_queries):
        for number in range(30):
            storage.save(f"proofs/{number}.pdf", ContentFile(b"1"))
        fields = len(list(sweeping._fields()))

        with django_assert_max_num_queries(fields):
            assert len(found(storage)) == 30


class TestDelete:
    def test_deletes_an_orphan(self, storage, orphan):
        [each] = sweeping.orphans(at=clock.now() + LATER, storage=storage)

        assert sweeping.delete(each, storage=storage)
        assert not storage.exists(orphan)

    def test_spares_what_a_row_names_by_now(self, storage, orphan):
        [each] = sweeping.orphans(at=clock.now() + LATER, storage=storage)
        ProofDocumentFactory(file=orphan)

        assert not sweeping.delete(each, storage=storage)
        assert storage.exists(orphan)


@pytest.fixture
def a_day_later():
    with time_machine.travel(clock.now() + LATER):
        yield


class TestTheCommand:
    def sweep(self, capsys, *options):
        call_command("sweep_files", *options)
        return capsys.readouterr().out

    def test_deletes_and_says_what(self, storage, orphan, a_day_later, capsys):
        said = self.sweep(capsys)

        assert orphan in said
        assert said.endswith("1 files of 4 bytes deleted.\n")
        assert not storage.exists(orphan)

    def test_on_trial_deletes_nothing(self, storage, orphan, a_day_later, capsys):
        said = self.sweep(capsys, "--dry-run")

        assert orphan in said
        assert "would be deleted" in said
        assert storage.exists(orphan)


def test_the_worker_does_it_every_night(storage, orphan, a_day_later):
    tasks.sweep_files(timestamp=0)

    assert not storage.exists(orphan)
