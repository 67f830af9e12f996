import pytest

from apps.users.models import User


def choose(client, language):
    return client.post("/i18n/setlang/", {"language": language, "next": "/ledger/"})


def test_is_kept_for_what_is_written_to_the_person(qinghe, owner):
    answer = choose(owner, "en")

    assert answer.url == "/ledger/"
    assert answer.cookies["django_language"].value == "en"
    assert User.objects.filter(language="en").count() == 1


@pytest.mark.parametrize("language", ["", "tlh", "x" * 99])
def test_is_not_kept_where_it_is_none_of_ours(qinghe, owner, language):
    choose(owner, language)

    assert not User.objects.exclude(language="").exists()


def test_is_chosen_without_signing_in(client, db):
    assert choose(client, "en").cookies["django_language"].value == "en"
