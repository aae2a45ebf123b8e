"""Items out of JSONL and CSV: whatever the bytes are, and however they are cut into pieces."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kie import Kie
from kie.catalogue import default_catalogue
from kie.errors import InvalidInput
from kie.service.batches.filling import chunks
from kie.service.batches.judging import Judge
from kie.service.batches.line import DEEPEST, Cell, Line, Refused, uncelled
from kie.service.batches.reading import Reader, ReadLimits
from kie.service.batches.sources import entries, file_entries

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from kie.service.batches.line import Entry
    from kie.service.batches.reading import Kind

ENDS = st.sampled_from([b"\n", b"\r\n", b"\r"])
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
NAMES = st.text(st.characters(codec="ascii", categories=["Lu", "Ll"]), min_size=1, max_size=8).filter(
    lambda name: name not in {"model", "input", "id"}
)


def read(data: bytes, kind: Kind | None = None, limits: ReadLimits | None = None, piece: int = 0) -> list[Entry]:
    reader, found = Reader(kind, limits), list[Any]()
    for start in range(0, len(data), piece or len(data) or 1):
        found += reader.feed(data[start : start + (piece or len(data))])
    return found + reader.finish()


def items(data: bytes, **more: Any) -> list[Line]:
    found = read(data, **more)
    assert all(isinstance(each, Line) for each in found), found
    return [each for each in found if isinstance(each, Line)]


def refusals(data: bytes, **more: Any) -> list[tuple[int, str]]:
    return [(each.line, each.code) for each in read(data, **more) if isinstance(each, Refused)]


# ------------------------------------------------------------------------------------------------------------- JSONL


@given(
    st.lists(st.dictionaries(NAMES, VALUES, max_size=3), min_size=1, max_size=6),
    ENDS,
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
    st.booleans(),
    st.integers(1, 40),
)
def test_jsonl_is_read_whatever_its_line_ends_and_pieces(
    rows: list[dict[str, Any]], end: bytes, mark: bytes, ended: object, piece: int
) -> None:
    text = end.join(json.dumps(row, ensure_ascii=False).encode() for row in rows) + (end if ended else b"")
    found = items(mark + text, kind="jsonl", piece=piece)
    assert [(each.line, each.input) for each in found] == list(enumerate(rows, 1))


def test_an_item_is_flat_or_has_an_input_and_options() -> None:
    data = b"""{"model": "nano-banana-2", "prompt": "a", "id": "an input"}

{"model": "m", "input": {"prompt": "b"}, "id": 7, "priority": -3, "max_credits": 1.5,
"""
    flat, broken = read(data)
    assert flat == Line(1, "nano-banana-2", {"prompt": "a", "id": "an input"})
    assert isinstance(broken, Refused)
    assert (broken.line, broken.code) == (3, "no-json")
    [item] = items(
        b'{"input": {"prompt": "b"}, "id": 7, "priority": -3, "max_credits": 1.5, "callback_url": "https://example.com"}'
    )
    assert item == Line(1, None, {"prompt": "b"}, "7", -3, Decimal("1.5"), "https://example.com")


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        (b"{", "no-json", None),
        (b"null", "no-object", None),
        (b'"text"', "no-object", None),
        (b'{"a": NaN}', "no-json", None),
        (b'{"a": -Infinity}', "no-json", None),
        (b'{"a": 1e999}', "no-json", None),
        (b'{"a": ' + b"9" * 5000 + b"}", "no-json", None),
        (b'{"a": "\\ud83d"}', "no-json", None),
        (b'{"a": "\xff"}', "not-utf8", None),
        (b'{"a":' * 200_000, "no-json", None),
        (b'{"a": 1, "a": 2}', "twice", "a"),
        (b'{"model": 5}', "option", "model"),
        (b'{"model": ""}', "option", "model"),
        (b'{"input": {}, "prompt": "a"}', "option", "prompt"),
        (b'{"input": {}, "id": ""}', "option", "id"),
        (b'{"input": {}, "id": "a\\u0000"}', "option", "id"),
        (b'{"input": {}, "id": true}', "option", "id"),
        (b'{"input": {}, "priority": 1001}', "option", "priority"),
        (b'{"input": {}, "priority": 1.5}', "option", "priority"),
        (b'{"input": {}, "max_credits": -1}', "option", "max_credits"),
        (b'{"input": {}, "max_credits": "much"}', "option", "max_credits"),
        (b'{"input": {}, "max_credits": true}', "option", "max_credits"),
        (b'{"input": {}, "callback_url": "ftp://example.com"}', "option", "callback_url"),
        (b'{"input": {}, "callback_url": "https://example.com/\\n"}', "option", "callback_url"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_bad_line_is_kept_apart(line: bytes, code: str, field: str | None) -> None:
    first, bad, last = read(b'{"prompt": "a"}\n' + line + b'\n{"prompt": "b"}\n', "jsonl")
    assert (first, last) == (Line(1, None, {"prompt": "a"}), Line(3, None, {"prompt": "b"}))
    assert isinstance(bad, Refused)
    assert (bad.line, bad.code, bad.field) == (2, code, field)
    assert len(bad.message) < 400


def test_an_id_is_used_once() -> None:
    row = b'{"input": {}, "id": "one"}\n'
    assert refusals(row * 3) == [(2, "same-id"), (3, "same-id")]


@given(st.integers(0, 300), ENDS, st.integers(1, 64))
@example(101, b"\r", 1)
@example(99, b"\r\n", 1)
def test_a_long_line_is_refused_alone_and_not_kept(extra: int, end: bytes, piece: int) -> None:
    line = b'{"a": "' + b"x" * extra + b'"}'
    reader = Reader("jsonl", ReadLimits(line=100))
    data = line + end + b'{"a": "y"}' + end
    found: list[Entry] = []
    for start in range(0, len(data), piece):
        found += reader.feed(data[start : start + piece])
        assert len(reader._tail) <= 105 + piece
    found += reader.finish()
    assert found[1:] == [Line(2, None, {"a": "y"})]
    assert isinstance(found[0], Refused) == (len(line) > 100)


# --------------------------------------------------------------------------------------------------------------- CSV

CELLS = st.text(st.sampled_from(["a", "b", '"', ",", ";", "\n", "é", "[", " "]), max_size=8)


@given(
    st.lists(NAMES, min_size=1, max_size=4, unique=True).flatmap(
        lambda names: st.tuples(st.just(names), st.lists(st.lists(CELLS, max_size=len(names)), max_size=5))
    ),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.integers(1, 30),
)
def test_csv_is_read_as_it_was_written(
    table: tuple[list[str], list[list[str]]], end: str, delimiter: str, quoting: Any, piece: int
) -> None:
    names, rows = table
    text = io.StringIO(newline="")
    # A heading of one name does not tell what stands between cells.
    delimiter = delimiter if len(names) > 1 else ","
    quoting = csv.QUOTE_ALL if end == "\r" else quoting  # Python leaves a \n bare there
    writer = csv.writer(text, lineterminator=end, delimiter=delimiter, quoting=quoting)
    writer.writerows([names, *rows])
    found = items(text.getvalue().encode(), kind="csv", piece=piece)
    expected = [
        {name: cell for name, cell in zip(names, row, strict=False) if cell.strip()}
        for row in rows
        if any(cell.strip() for cell in row)
    ]
    assert [each.input for each in found] == expected


@given(st.text(st.sampled_from(['"', ",", "\n", "a"]), max_size=40), st.integers(1, 8))
def test_any_csv_is_cut_into_rows_as_python_cuts_it(text: str, piece: int) -> None:
    seen = read(b"first,second\n" + text.encode(), "csv", piece=piece)
    try:
        rows = list(csv.reader(io.StringIO("first,second\n" + text, newline=""), strict=True))[1:]
    except csv.Error:
        assert any(isinstance(each, Refused) for each in seen)
        return
    assert len(seen) == sum(any(cell.strip() for cell in row) for row in rows)


def test_csv_names_options_objects_and_lists() -> None:
    data = (
        b"model,id,priority,max_credits,callback_url,prompt,style.name,images.0,images.1,input.model,input.id\n"
        b'm,one,5,2.5,https://example.com/,"a ""red"" kite",plain,https://example.com/a,https://example.com/b,V5,x\n'
        b",,,,,b,,,https://example.com/c,,\n"
        b",,,,,,,,,,\n"
    )
    first, second = items(data)
    assert first[:1] + first[3:] == (2, "one", 5, Decimal("2.5"), "https://example.com/")
    assert first.model == "m"
    assert first.input == {
        "prompt": 'a "red" kite',
        "style": {"name": "plain"},
        "images": ["https://example.com/a", "https://example.com/b"],
        "model": "V5",
        "id": "x",
    }
    assert second == Line(3, None, {"prompt": "b", "images": ["https://example.com/c"]})


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (b"a,b,c", "too-many-cells"),
        (b"a,,c", "too-many-cells"),
        (b"a\xff,b", "not-utf8"),
        (b'"a"b,c', "no-csv"),
        (b"x" * 140_000 + b",b", "no-csv"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_a_bad_row_is_kept_apart(row: bytes, code: str) -> None:
    first, bad, last = read(b"prompt,seed,\n1,2\n" + row + b"\n3,4\n", "csv")
    assert isinstance(first, Line)
    assert isinstance(bad, Refused)
    assert (bad.line, bad.code) == (3, code)
    assert last == Line(4, None, {"prompt": "3", "seed": "4"})


def test_a_quote_that_never_ends_is_told_with_its_lines() -> None:
    good, bad = read(b'prompt\na\n"b\nc\nd\n')
    assert isinstance(good, Line)
    assert isinstance(bad, Refused)
    assert (bad.line, bad.code) == (3, "quotes")
    assert "line 5" in bad.message


@given(st.integers(1, 9), st.sampled_from(["lines", "line"]))
def test_what_is_within_the_quotes_of_a_long_row_is_never_taken_for_rows(piece: int, long: str) -> None:
    filler = b"x\n" * 60 if long == "lines" else b"x" * 120
    data = b'prompt,seed\n1,"' + filler + b'""\nnot a row, "" not one\n"\n3,4\n'
    found = read(data, "csv", ReadLimits(line=50), piece)
    line = 65 if long == "lines" else 5
    assert [(each.line, type(each)) for each in found] == [(2, Refused), (line, Line)]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b",,\n", "heading"),
        (b"a,a\n", "twice"),
        (b'"a', "never ends"),
        (b'"a"b\n', "cannot be read"),
        (b"\xffa,b\n", "cannot be read"),
        (b"x" * 200, "too long"),
        (b"x" * 200 + b"\n", "too long"),
        (b"\xff\xfea\x00", "UTF-16"),
    ],
)
def test_without_a_heading_there_are_no_rows(data: bytes, words: str) -> None:
    for piece in (0, 1):
        with pytest.raises(InvalidInput, match=words):
            read(data, "csv", ReadLimits(line=100), piece)


# --------------------------------------------------------------------------------------------------------- the whole


def test_too_much_is_refused_with_its_line() -> None:
    row = b'{"prompt": "a"}\n'
    assert len(read(row * 5, limits=ReadLimits(items=5))) == 5
    with pytest.raises(InvalidInput, match=r"more than 5 items \(in line 6\)"):
        read(row * 6, limits=ReadLimits(items=5))
    with pytest.raises(InvalidInput, match=r"more than 2 items"):
        read(b"{\n" * 3, limits=ReadLimits(items=2))
    with pytest.raises(InvalidInput, match=r"larger than 40 bytes \(in line 3\)"):
        read(row * 6, limits=ReadLimits(total=40), piece=8)


@pytest.mark.parametrize("data", [b"\xff\xfe{\x00}\x00", b"\xfe\xff\x00{"])
def test_another_encoding_is_told(data: bytes) -> None:
    with pytest.raises(InvalidInput, match="UTF-16"):
        read(data)


def test_one_list_is_told() -> None:
    with pytest.raises(InvalidInput, match="one JSON list"):
        read(b'\n[{"prompt": "a"}]')


ATOMS = st.sampled_from(
    [b'"', b",", b";", b"\t", b"\n", b"\r", b"\r\n", b"a", b'{"a":1}', b"{", b"}", b"[", b"]", b"\xef\xbb\xbf", b"\xff",
     b"model", b"id", b"input.", b".0", b"\x00", b" ", b'"x"', b'""', b"\xc3\xa9", b"\\ud800", b'"input":{}', b":"]
)  # fmt: skip


@given(
    st.binary(max_size=200) | st.lists(ATOMS, max_size=40).map(b"".join),
    st.sampled_from(["jsonl", "csv", None]),
    st.integers(1, 50),
    st.sampled_from([5, 20, 60]),
)
@example(b'\xef\xbb\xbfa.1\t\rprompt,"x"]:\r"id"', "csv", 1, 5)
@example(b'\\ud800;"\xef\xbb\xbf.0}\r\n,', "csv", 1, 5)
def test_any_bytes_are_items_or_refused(data: bytes, kind: Any, piece: int, longest: int) -> None:
    def told(size: int) -> Any:
        try:
            return read(data, kind, ReadLimits(line=longest), size)
        except InvalidInput as error:
            return error.message

    assert told(0) == told(piece)


# ----------------------------------------------------------------------------------------------------------- sources

ROWS = b'{"prompt": "a"}\n{"prompt": "b"}\n'


def gathered(source: Any, kind: Kind | None = None) -> list[Entry]:
    async def go() -> list[Entry]:
        return [entry async for some in entries(source, kind) for entry in some]

    return asyncio.run(go())


def test_all_sources_give_the_same(tmp_path: Path) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for byte in ROWS:
            yield bytes([byte])

    class Late:
        def __init__(self) -> None:
            self.inner = io.BytesIO(ROWS)

        async def read(self, size: int) -> bytes:
            return self.inner.read(size)

    path = tmp_path / "rows.jsonl"
    path.write_bytes(ROWS)
    expected = [Line(1, None, {"prompt": "a"}), Line(2, None, {"prompt": "b"})]
    with path.open() as text, path.open("rb") as binary:
        mappings = [{"prompt": "a"}, {"prompt": "b"}]
        sources = [path, str(path), ROWS, memoryview(ROWS), text, binary, pieces(), Late(), mappings, [ROWS.decode()]]
        for source in sources:
            assert gathered(source) == expected, source
    assert list(file_entries(path)) == expected


def test_the_name_of_a_file_tells_its_kind(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("{a},prompt\n1,2\n")
    [row] = gathered(path)
    assert isinstance(row, Line)
    assert row.input == {"{a}": "1", "prompt": "2"}


def test_what_is_no_source_is_refused(tmp_path: Path) -> None:
    for source in (tmp_path / "none.csv", tmp_path, 5, {"prompt": "a"}, [5]):
        with pytest.raises(InvalidInput):
            gathered(source)


def test_a_cell_is_json_where_the_model_wants_no_text() -> None:
    model = default_catalogue().resolve("nano-banana-2").model
    links = ["https://example.com/a.png"]
    cells = {"prompt": Cell('{"scene": 1}'), "image_input": Cell(json.dumps(links)), "images": Cell("[broken"), "x": 1}
    assert uncelled(cells, model) == {"prompt": '{"scene": 1}', "image_input": links, "images": "[broken", "x": 1}


# ------------------------------------------------------------------------------------------------- what would be a bomb


@pytest.mark.parametrize("depth", [10, DEEPEST - 3, DEEPEST + 3, 900])
def test_what_is_nested_too_deep_is_refused_alone(depth: int) -> None:
    row = b'{"prompt": "a", "x": ' + b"[" * depth + b"]" * depth + b"}\n"
    found = [isinstance(each, Refused) for each in read(ROWS + row + ROWS)]
    assert found == [False, False, depth > DEEPEST, False, False]


def test_a_heading_that_is_nested_too_deep_is_refused() -> None:
    heading = b"prompt" + b".a" * 60_000
    with pytest.raises(InvalidInput, match="nested"):
        read(heading + b"\nx\n")


def test_a_name_of_a_model_has_an_end() -> None:
    assert refusals(b'{"model": "%s", "prompt": "a"}\n' % (b"x" * 201)) == [(1, "option")]


def test_large_items_are_not_gathered_by_the_thousand() -> None:
    row = b'{"prompt": "%s"}\n' % (b"x" * 1_000_000)

    async def go() -> list[int]:
        return [len(chunk) async for chunk in chunks(row * 30, None, None)]

    assert asyncio.run(go()) == [8, 8, 8, 6]


def test_what_was_judged_is_remembered_if_it_is_short() -> None:
    with Kie("a-key", base_url="http://127.0.0.1:1") as kie:
        judge = Judge(kie._core, "nano-banana-pro")
        for number in range(20):
            judge.one(Line(number, None, {"prompt": str(number) * 100_000}))
        assert not judge._kept
        judge.one(Line(1, None, {"prompt": "a fox"}))
        assert len(judge._kept) == 1


def test_an_object_that_holds_itself_is_refused() -> None:
    given_: dict[str, Any] = {"prompt": "a"}
    given_["x"] = [given_, given_]
    assert isinstance(Reader().given(given_), Refused)
