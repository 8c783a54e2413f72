"""Reads a sheet, CSV or .xlsx, as rows of cells. The file is untrusted: no size is unbounded."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from ..errors import CampaignError, Problem, shown
from ..files.received import read_received
from .columns import KEYS
from .read_or_refuse_cell import Cell, Formula

LARGEST = 5_000_000  # bytes of a file; the sheet of all contacts has about 100,000
LARGEST_PART = 10_000_000  # bytes of a workbook's parts together, unpacked
MOST_TAGS = 300_000  # of XML in a workbook; the sheet of 230 contacts has about 100,000
MOST_PARTS = 200
MOST_ROWS, MOST_COLUMNS = 5_000, 400
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DECLARED = re.compile(rb"""<\?xml[^<>]*encoding\s*=\s*["']([^"'<>]*)""")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^<>]*ref\s*=\s*["']([A-Z0-9:]+)""")
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\br\s*=\s*["']([A-Z]+)(\d+)""")

Rows = list[list[Cell]]


def read_sheet(path: Path) -> Rows:
    """Return the rows of the sheet, the first with the names of its columns. Raise `CampaignError`."""
    name = path.as_posix()
    data = read_received(path, name, LARGEST)
    if data.startswith(_OLD_EXCEL):
        found = "an old or encrypted workbook"
        raise _refused(name, 0, found, "a workbook (.xlsx) without a password, or CSV in UTF-8")
    rows = _workbook(data, name) if data.startswith(_ZIP) else _csv(data, name)
    if len(rows) > MOST_ROWS:
        raise _refused(name, 0, f"{len(rows):,} rows", f"at most {MOST_ROWS:,}")
    if not rows:
        raise _refused(name, 0, "an empty sheet", "a sheet that campaign contacts has written")
    return rows


def _refused(name: str, row: int, found: str, expected: str) -> CampaignError:
    return CampaignError([Problem(name, row, "", found, expected)])


def _csv(data: bytes, name: str) -> Rows:
    text = _decoded(data, name)
    if mark := re.match(r"sep=(.)\r?\n", text):  # Excel's own first line, which shows no row
        text = text[mark.end() :]
    separators = [mark[1]] if mark else [";", ",", "\t"]
    first = [_header(text, separator) for separator in separators]
    known = [len({*KEYS}.intersection(header)) for header in first]
    separator = separators[known.index(max(known))]
    rows: Rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            if len(row) > MOST_COLUMNS:
                found = f"{len(row):,} columns"
                raise _refused(name, len(rows) + 1, found, f"at most {MOST_COLUMNS}")
            rows.append([*row])
            if len(rows) > MOST_ROWS:
                break
    except csv.Error as error:
        raise _refused(name, len(rows) + 1, f"a row that is not CSV ({error})", "CSV") from None
    return rows


def _header(text: str, separator: str) -> list[str]:
    try:
        row = next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])
    except csv.Error:
        return []
    return [cell.strip().casefold() for cell in row]


def _decoded(data: bytes, name: str) -> str:
    if data.startswith(_UTF_16):
        encoding, said = "utf-16", "UTF-16"
    else:
        encoding, said = "utf-8-sig", "UTF-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        row = len(re.findall(rb"\r\n?|\n", data[: error.start])) + 1
        found = f"the byte 0x{data[error.start]:02x}, which is not {said}"
        if said == "UTF-8":
            found += " (text in Windows-1257 or Windows-1251 has such bytes)"
        expected = "UTF-8 text: save the sheet as “CSV UTF-8” or as .xlsx"
        raise _refused(name, row, found, expected) from None
    if "\0" in text:
        raise _refused(name, 0, "no text", "CSV in UTF-8, or a workbook (.xlsx)")
    return text


def _workbook(data: bytes, name: str) -> Rows:
    try:
        safe = io.BytesIO()
        with zipfile.ZipFile(safe, "w") as archive:  # openpyxl gets nothing but what is checked
            for part, content in _parts(data, name).items():
                archive.writestr(part, content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that openpyxl leaves out
            return _rows(safe, name)
    except CampaignError:
        raise
    except Exception as error:  # openpyxl has no exception of its own for a wrong part
        found = f"a workbook that cannot be read ({type(error).__name__})"
        raise _refused(name, 0, found, "a workbook (.xlsx) or CSV in UTF-8") from None


def _parts(data: bytes, name: str) -> dict[str, bytes]:
    """Return the parts of a workbook. Their sizes are added up before one of them is unpacked, and no more of
    a part is unpacked than the size that it declares."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = archive.infolist()
        if len(found) > MOST_PARTS:
            raise _refused(name, 0, f"{len(found):,} parts", f"a workbook of at most {MOST_PARTS}")
        size = sum(part.file_size for part in found)
        if size > LARGEST_PART:
            expected = f"a workbook of at most {LARGEST_PART:,} bytes unpacked"
            raise _refused(name, 0, f"{size:,}", expected)
        parts = {}
        for part in found:
            with archive.open(part) as file:
                parts[part.filename] = file.read(part.file_size + 1)
    tags = sum(content.count(b"<") for content in parts.values())
    if tags > MOST_TAGS:
        raise _refused(name, 0, f"{tags:,} tags of XML", f"a workbook of at most {MOST_TAGS:,}")
    for part_name, content in parts.items():
        if content.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<"):
            _check_xml(name, part_name, content)
    return parts


def _check_xml(name: str, part: str, content: bytes) -> None:
    """Raise `CampaignError` if an XML part has entities, another encoding, merged cells or cells far away."""
    declared = _DECLARED.match(content.removeprefix(b"\xef\xbb\xbf"))
    if b"\0" in content or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii")):
        raise _refused(name, 0, f"another encoding in {shown(part)}", "XML in UTF-8")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _refused(name, 0, f"a document type in {shown(part)}", "XML without entities")
    if merged := _MERGED.search(content):
        found = f"the merged cells {merged[1].decode()}"
        raise _refused(name, 0, found, "one contact in each row, without merged cells")
    for cell in _CELL.finditer(content):
        far = len(cell[1]) > 2 or _column_number(cell[1]) > MOST_COLUMNS or int(cell[2][:9]) > MOST_ROWS
        if far and not _blank(content, cell.end()):
            found = f"a cell {(cell[1][:4] + cell[2][:9]).decode()}"
            raise _refused(name, 0, found, f"at most {MOST_ROWS:,} rows and {MOST_COLUMNS} columns")


def _blank(content: bytes, position: int) -> bool:
    """Whether a cell whose start is before ``position`` has a format only: programs write such cells to the
    last row of a sheet."""
    start, _, inside = content[position : position + 300].partition(b">")
    return start.endswith(b"/") or inside.startswith(b"</")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _rows(workbook: io.BytesIO, name: str) -> Rows:
    import openpyxl  # only this command waits for it

    book = openpyxl.load_workbook(workbook, read_only=True, keep_links=False)
    try:
        sheets = [(sheet.title, _cells(sheet)) for sheet in book.worksheets]
    finally:
        book.close()
    filled = [(title, rows) for title, rows in sheets if rows]
    if len(filled) > 1:
        found = f"a second sheet, {shown(filled[1][0])}, with {len(filled[1][1])} rows"
        raise _refused(name, 0, found, "one sheet with contacts; the others empty or deleted")
    return filled[0][1] if filled else []


def _cells(sheet: Any) -> Rows:
    """Return the rows up to the last filled one. The bounds hold even if the file declares other ones."""
    sheet.reset_dimensions()
    rows = [[_cell(cell) for cell in row] for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)]
    while rows and all(cell in (None, "") for cell in rows[-1]):
        rows.pop()
    return rows


def _cell(cell: Any) -> Cell:
    value = cell.value
    if cell.data_type == "f":
        return Formula(str(getattr(value, "text", value)))
    if value is None or isinstance(value, str | int | float | date | time | timedelta):
        return value
    return str(value)
