"""The pytest plugin: options, the marker, fixtures, and when the guard stands.

pytest loads it at the start of every run, also of those that have nothing to do with kie: everything heavy is imported
where it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from decimal import Decimal

    from kie import AsyncKie, Kie
    from kie.emulator import Emulator
    from kie.testing.guard import Guard
    from kie.testing.served import EmulatorServer

_FIXTURES = frozenset(("kie_emulator", "kie_emulator_server", "kie_client", "kie_async_client"))
_GUARD: pytest.StashKey[Guard] = pytest.StashKey()
_EMULATOR: pytest.StashKey[Emulator] = pytest.StashKey()
_USAGE: pytest.StashKey[dict[str, Any]] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options and settings."""
    group = parser.getgroup("kie", "kie.ai emulator")
    group.addoption("--kie-seed", type=int, metavar="N", help="seed of the kie.ai emulators of tests that name none")
    group.addoption("--kie-report", metavar="FILE", help="write what the tests did on the kie.ai emulator as JSON")
    group.addoption(
        "--kie-no-network", action="store_true", help="fail every test that reaches for the network beyond this machine"
    )
    parser.addini("kie_no_network", "the same as --kie-no-network", type="bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    """The marker."""
    from kie.testing import marker

    config.addinivalue_line("markers", marker.DESCRIPTION)
    if not hasattr(config, "workerinput"):  # a worker of pytest-xdist sends its reports on
        config.pluginmanager.register(_Keeper(config), "kie-keeper")


def pytest_report_header(config: pytest.Config) -> str | None:
    """The seed, where one was given."""
    seed = config.getoption("--kie-seed")
    return None if seed is None else f"kie: seed {seed}"


# ------------------------------------------------------------------------------------------------------------ fixtures


@pytest.fixture
def kie_emulator(request: pytest.FixtureRequest) -> Iterator[Emulator]:
    """A kie.ai in this process: the same seed and the same dates each time; time jumps; set by `@pytest.mark.kie`."""
    from kie.emulator import Emulator
    from kie.testing import marker
    from kie.testing.report import usage

    item = request.node
    held = marker.settings(_said(item), request.config.getoption("--kie-seed"))
    try:
        emulator = Emulator(**held)
    except (ValueError, TypeError, OSError) as wrong:
        raise pytest.fail.Exception(f"@pytest.mark.kie: {wrong}", pytrace=False) from None
    with emulator:
        item.stash[_EMULATOR] = emulator
        yield emulator
        item.stash[_USAGE] = usage(emulator, item.nodeid)


@pytest.fixture
def kie_emulator_server(
    kie_emulator: Emulator, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> EmulatorServer:
    """The emulator on a free port of this machine; KIE_BASE_URL, KIE_UPLOAD_URL and KIE_API_KEY lead to it."""
    from kie.testing import marker, served

    key = served.first_key(marker.settings(_said(request.node), None))
    try:
        url = kie_emulator.serve().url
    except ImportError as missing:
        words = f"the emulator's server needs {missing.name}: pip install 'kie[emulator]'"
        raise pytest.fail.Exception(words, pytrace=False) from None
    server = served.EmulatorServer(url, key, kie_emulator)
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("KIE_EMULATED", raising=False)  # a client is to use this emulator, not one of its own
    return server


@pytest.fixture
def kie_client(kie_emulator_server: EmulatorServer) -> Iterator[Kie]:
    """A kie.Kie that talks to the emulator."""
    from kie.testing import served

    with served.client(kie_emulator_server) as client:
        yield client


@pytest.fixture
def kie_async_client(kie_emulator_server: EmulatorServer) -> Iterator[AsyncKie]:
    """A kie.AsyncKie that talks to the emulator, for a test of any event loop; closed when the test is over."""
    from kie.testing import served

    client = served.async_client(kie_emulator_server)
    yield client
    served.close(client)


@pytest.fixture
def assert_spend(kie_emulator: Emulator) -> Callable[..., Decimal]:
    """`assert_spend(max=…, min=…, exactly=…, usd=…)`: fails when the test's calls have cost more or less credits."""
    from functools import partial

    from kie.testing import assertions

    return partial(assertions.assert_spend, kie_emulator)


@pytest.fixture
def assert_client_ok(kie_emulator: Emulator) -> Callable[..., None]:
    """`assert_client_ok(ignore=…)`: fails when the client did what a client of kie.ai must not do."""
    from functools import partial

    from kie.testing import assertions

    return partial(assertions.assert_client_ok, kie_emulator)


# ------------------------------------------------------------------------------------------------------------ the guard


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """The guard stands from before a test's first fixture until after its last one."""
    hosts = _guarded(item)
    if hosts is None:
        return (yield)
    from kie.testing.guard import Guard

    with Guard(hosts) as guard:
        item.stash[_GUARD] = guard
        try:
            return (yield)
        finally:
            del item.stash[_GUARD]


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    """A marker that says what there is not stops its test, before anything is set up."""
    if item.get_closest_marker("kie") is not None:
        from kie.testing import marker

        try:
            marker.hosts(marker.read(item))
        except marker.WrongMarker as wrong:
            raise pytest.fail.Exception(str(wrong), pytrace=False) from None
    return _judge(item, (yield))


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """A test that reached for the network fails, even where its code has swallowed the error."""
    return _judge(item, (yield))


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """The same for what runs after it."""
    return _judge(item, (yield))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test tells what it reached for, and what the emulator saw; the last report carries what it used."""
    report = yield
    if report.failed:
        if (guard := item.stash.get(_GUARD, None)) is not None and (attempts := guard.take()):
            from kie.testing.guard import told

            if (words := told(attempts)) not in report.longreprtext:
                report.sections.append(("kie: network", words))
        if call.when == "call" and (emulator := item.stash.get(_EMULATOR, None)) is not None:
            from kie.testing.report import trail

            report.sections.append(("kie: emulator", trail(emulator)))
    if call.when == "teardown" and (used := item.stash.get(_USAGE, None)) is not None:
        vars(report)["kie"] = used  # travels to the first process of a distributed run with the report
        del item.stash[_EMULATOR], item.stash[_USAGE]  # items live as long as the run
    return report


def _judge(item: pytest.Item, result: object) -> object:
    guard = item.stash.get(_GUARD, None)
    if guard is not None and (attempts := guard.take()):
        from kie.testing.guard import told

        pytest.fail(told(attempts), pytrace=False)
    return result


def _guarded(item: pytest.Item) -> tuple[str, ...] | None:
    """The hosts beyond this machine which a test may reach; None when no guard stands."""
    names = getattr(item, "fixturenames", ())
    config = item.config
    if not (config.getoption("--kie-no-network") or config.getini("kie_no_network") or _FIXTURES.intersection(names)):
        return None
    from kie.testing import marker

    try:
        return marker.hosts(marker.read(item))
    except marker.WrongMarker:
        return ()  # the test is stopped before it begins


def _said(item: pytest.Item) -> dict[str, Any]:
    from kie.testing import marker

    return marker.read(item)


# ----------------------------------------------------------------------------------------------------------- the report


class _Keeper:
    """Adds up what the tests used; registered in the process that reports, not in those that work for it."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._used: list[dict[str, Any]] = []
        self._written = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Takes what a test used."""
        if (used := getattr(report, "kie", None)) is not None:
            self._used.append(used)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        """Writes the report, where one is asked for."""
        if (file := self._config.getoption("--kie-report")) is not None:
            from kie.testing import report

            self._written = report.write(file, self._used, self._config.getoption("--kie-seed"))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """One line of what it would have cost, and what was found."""
        if not (self._used or self._written):
            return
        from kie.testing import report

        terminalreporter.section("kie", sep="-")
        for line in (*report.summary(self._used), self._written):
            if line:
                terminalreporter.line(line)
