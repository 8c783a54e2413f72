"""The ZIP of a pack: the same bytes all day, and dates by which a server sees that a page is another."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from io import BytesIO

from campaign.handover.archive import packed

DAY = date(2026, 3, 1)
OLD, NEW = b"<p>736 1300", b"<p>736 1305"  # a corrected number has the same size


def dates(data: bytes) -> dict[str, datetime]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {entry.filename: datetime(*entry.date_time) for entry in archive.infolist()}


def test_a_zip_has_the_same_bytes_all_day_in_any_order_of_its_files():
    assert packed({"a": OLD, "b": NEW}, DAY) == packed({"b": NEW, "a": OLD}, DAY)


def test_a_page_of_the_same_size_has_another_date_on_the_same_day_and_a_later_one_afterwards():
    old, same_day = dates(packed({"a": OLD}, DAY))["a"], dates(packed({"a": NEW}, DAY))["a"]
    assert old != same_day
    assert dates(packed({"a": NEW}, date(2026, 3, 2)))["a"] > max(old, same_day)


def test_no_file_of_a_zip_comes_from_the_future():
    files = {f"{number}": bytes([number]) for number in range(100)}
    assert {moment.date() for moment in dates(packed(files, DAY)).values()} == {date(2026, 2, 28)}
