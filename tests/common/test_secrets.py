import stat

from apps.common.secrets import kept_secret, random_text
from tests.racing import race


class TestRandomText:
    def test_is_letters_and_digits(self):
        text = random_text(40)

        assert len(text) == 40
        assert text.isascii()
        assert text.isalnum()

    def test_differs_every_time(self):
        assert len({random_text(16) for _ in range(100)}) == 100


class TestKeptSecret:
    def test_is_made_once_and_kept(self, tmp_path):
        path = tmp_path / "var" / "secret"

        assert kept_secret(path) == kept_secret(path) == path.read_text()
        assert len(kept_secret(path)) == 64

    def test_can_be_read_by_its_owner_only(self, tmp_path):
        kept_secret(tmp_path / "secret")

        assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
        assert [path.name for path in tmp_path.iterdir()] == ["secret"]

    def test_is_the_same_for_all_who_ask_at_once(self, tmp_path):
        secrets = race(*[lambda: kept_secret(tmp_path / "secret")] * 8)

        assert len(set(secrets)) == 1
