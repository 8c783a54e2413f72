"""A folder is deleted whole, and nothing that is outside."""

from campaign.files.delete_folder import delete_folder


def test_a_folder_is_deleted_whole_and_nothing_behind_its_links(tmp_path):
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "page.html").write_text("kept", "utf-8")
    folder = tmp_path / "copy"
    (folder / "en" / "youth").mkdir(parents=True)
    for path in ("index.html", "en/index.html", "en/youth/online.html"):
        (folder / path).write_text("old", "utf-8")
    (folder / "link").symlink_to(kept)
    (folder / "en" / "link").symlink_to(kept)
    delete_folder(folder)
    assert [*tmp_path.iterdir()] == [kept]
    assert (kept / "page.html").read_text("utf-8") == "kept"


def test_a_folder_that_is_not_there_and_a_file_are_no_error(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    delete_folder(tmp_path / "nothing")
    delete_folder(tmp_path / "file")
    assert (tmp_path / "file").exists()
