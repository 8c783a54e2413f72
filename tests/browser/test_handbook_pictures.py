"""The handbook's pictures come from a real build, are small, and show something."""

from __future__ import annotations

from PIL import Image

from handbook import screenshots


def test_every_picture_is_made_from_a_real_build_and_is_small(browser, sites, tmp_path):
    """The copy is that of the other tests: to build it once more would take as long as all of the rest."""
    screenshots.take(tmp_path / "pictures", sites, browser)
    made = sorted((tmp_path / "pictures").iterdir())
    assert [path.name for path in made] == sorted(f"{name}.webp" for name in screenshots.NAMES)
    for path in made:
        assert path.stat().st_size <= screenshots.HEAVIEST
        with Image.open(path) as picture:
            assert min(picture.size) > 200, path.name
            assert len(picture.convert("L").resize((64, 64)).getcolors() or []) > 8, path.name
