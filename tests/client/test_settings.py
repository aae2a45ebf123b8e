"""Where settings come from, which of them are refused, and what is warned about."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import pytest

from kie import AsyncKie, Kie, errors
from kie.client import settings
from tests.client.stub import BASE, KEY, Stub, envelope

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, where nothing has been warned about."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(settings, "_warned", set())
    return tmp_path


def _used(**options: Any) -> tuple[str, str]:
    """Return the key and the address that a client works with."""
    stub = Stub(envelope(data=5))
    Kie(transport=stub, **options).credits()
    headers = dict(stub.log[0].headers)
    return headers["authorization"].removeprefix("Bearer "), stub.log[0].url.rpartition("/api/")[0]


def test_order(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An argument goes before the environment, and that before the file."""
    (folder / ".env").write_text('# mine\nKIE_API_KEY="file"\nKIE_BASE_URL=https://file.example.com/\nOTHER=1\n')
    assert _used() == ("file", "https://file.example.com")
    monkeypatch.setenv("KIE_API_KEY", "environment")
    assert _used() == ("environment", "https://file.example.com")
    assert _used(api_key="argument", base_url="https://argument.example.com") == (
        "argument",
        "https://argument.example.com",
    )


def test_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without more than a key it is kie.ai; another address serves uploads too, unless told otherwise."""

    def hosts(**options: Any) -> tuple[str, str]:
        core = Kie(KEY, transport=Stub(envelope()), **options)._core
        return core.settings.base_url, core.settings.upload_url

    assert hosts() == (settings.API_URL, settings.UPLOAD_URL)
    assert hosts(base_url=BASE) == (BASE, BASE)
    monkeypatch.setenv("KIE_UPLOAD_URL", "https://up.example.com")
    assert hosts(base_url=BASE) == (BASE, "https://up.example.com")


@pytest.mark.parametrize("key", [None, "", "  ", "\n"])
def test_no_key(key: str | None) -> None:
    """Without a key there is no client, and the error says what to do."""
    for kind in (Kie, AsyncKie):
        with pytest.raises(errors.AuthenticationError, match="KIE_API_KEY"):
            kind(key)


@pytest.mark.parametrize("key", ["ab\ncd", "ab\r\nx-evil: 1", "ab cd", "ключ", "ab\x00", "ab\tcd", "ab\u200b"])
def test_broken_key(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that would break a header is refused before it is one, and not shown."""
    with pytest.raises(errors.AuthenticationError) as caught:
        Kie(key)
    assert key not in str(caught.value)
    if "\x00" not in key:
        monkeypatch.setenv("KIE_API_KEY", key)
        with pytest.raises(errors.AuthenticationError):
            Kie()


def test_key_is_trimmed() -> None:
    """White space around a key or an address comes of copying."""
    assert _used(api_key=f" {KEY}\n", base_url=f" {BASE}/ ") == (KEY, BASE)


@pytest.mark.parametrize(
    ("name", "nearest"), [("KIE_APIKEY", "KIE_API_KEY"), ("KIE_BASEURL", "KIE_BASE_URL"), ("KIE_XYZZY_PLUGH_42", None)]
)
def test_unknown_setting(name: str, nearest: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt setting is warned about once, with the nearest there is; its value is not shown."""
    monkeypatch.setenv(name, KEY)
    with pytest.warns(UserWarning, match=name) as caught:
        Kie(KEY)
    assert len(caught) == 1
    message = str(caught[0].message)
    assert KEY not in message
    assert (nearest in message) if nearest else ("mean" not in message)
    assert caught[0].filename.endswith(("test_settings.py", "sync.py"))
    Kie(KEY)


@pytest.mark.parametrize("url", ["http://proxy.example.com", "http://10.0.0.7:8080"])
def test_unencrypted(url: str) -> None:
    """A key that travels readable is warned about; on this machine it does not travel."""
    with pytest.warns(UserWarning, match="not encrypted"):
        Kie(KEY, base_url=url, upload_url=BASE)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for local in (
            BASE,
            "http://localhost:1",
            "http://[::1]:1",
            "http://kie.localhost",
            "https://proxy.example.com",
        ):
            Kie(KEY, base_url=local)


@pytest.mark.parametrize(
    "url",
    [
        "api.kie.ai",
        "ftp://example.com",
        "https://",
        "https://name:pw@example.com",
        "ftp://name:pw@example.com",
        "https://name:pw@[",
        "https://[",
        "https://example.com:x",
        " ",
    ],
)
def test_no_address(url: str) -> None:
    """What is no address is refused at once."""
    options: list[dict[str, Any]] = [{"base_url": url}, {"upload_url": url}]
    for option in options:
        with pytest.raises(errors.InvalidInput) as caught:
            Kie(KEY, **option)
        assert "pw" not in str(caught.value)


@pytest.mark.parametrize("options", [{"timeout": 0}, {"timeout": -1}, {"retries": -1}, {"poll": -1}])
def test_out_of_range(options: dict[str, Any]) -> None:
    """Numbers out of range are refused."""
    with pytest.raises(errors.InvalidInput):
        Kie(KEY, **options)


@pytest.mark.parametrize("transport", [object(), "httpx2"])
def test_no_transport(transport: Any) -> None:
    """What carries nothing is refused."""
    with pytest.raises(errors.InvalidInput):
        Kie(KEY, transport=transport)


def test_transport_of_the_other_kind() -> None:
    """A blocking client is none for an event loop, and the other way round."""
    import httpx2

    with httpx2.Client() as client, pytest.raises(errors.InvalidInput, match="AsyncClient"):
        AsyncKie(KEY, transport=client)
    with pytest.raises(errors.InvalidInput, match="Client"):
        Kie(KEY, transport=httpx2.AsyncClient())


@pytest.mark.parametrize("value", ["1", "true", "YES", " on "])
def test_emulated(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment can put an emulator under every client that says nothing else."""
    monkeypatch.setenv("KIE_EMULATED", value)
    with Kie() as kie:
        assert kie.emulated
        assert kie._core.settings.base_url.startswith("http://127.0.0.1:")
        assert kie.credits() > 0
    assert not Kie(KEY).emulated
    assert not Kie(KEY, base_url=BASE).emulated


@pytest.mark.parametrize("value", ["0", "no", "", "off"])
def test_not_emulated(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A no is a no; and an argument goes before the environment."""
    monkeypatch.setenv("KIE_EMULATED", value)
    with pytest.raises(errors.AuthenticationError):
        Kie()
    monkeypatch.setenv("KIE_EMULATED", "1")
    with pytest.raises(errors.AuthenticationError):
        Kie(emulated=False)


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), 10**9])
def test_seconds_without_end_are_none(seconds: float) -> None:
    with pytest.raises(errors.InvalidInput):
        Kie(KEY, timeout=seconds)
    with pytest.raises(errors.InvalidInput):
        Kie(KEY, poll=seconds)


def test_a_file_of_settings_that_is_no_text(folder: Path) -> None:
    (folder / ".env").write_bytes(b"KIE_API_KEY=\xff\xfe\n")
    with pytest.raises(errors.InvalidInput, match=r"\.env"):
        Kie()
