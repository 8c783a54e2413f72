"""One Chromium for all tests of this folder that a process runs."""

from __future__ import annotations

import pytest

from ..chromium import chromium


# Not for longer than the folder: its event loop would be in the way of tests that have one of their own.
@pytest.fixture(scope="package")
def browser():
    with chromium() as browser:
        yield browser
