"""Every storage keeps the same promises: what was put comes back, keys stay inside, deleting is harmless."""

from io import BytesIO

import pytest

from webinar.files.storage import FolderStorage, MemoryStorage, Storage, new_key


@pytest.fixture(params=["folder", "memory"])
def kept(request, tmp_path) -> Storage:
    return FolderStorage(tmp_path) if request.param == "folder" else MemoryStorage({})


def test_what_was_put_comes_back_whole(kept):
    key, content = new_key("slides"), bytes(range(256)) * 9000
    kept.put(key, BytesIO(content))
    with kept.open(key) as found:
        assert found.read() == content


def test_a_second_put_replaces_the_first(kept):
    key = new_key("slides")
    kept.put(key, BytesIO(b"first"))
    kept.put(key, BytesIO(b"second"))
    with kept.open(key) as found:
        assert found.read() == b"second"


def test_what_was_deleted_is_gone_and_deleting_twice_is_harmless(kept):
    key = new_key("slides")
    kept.put(key, BytesIO(b"gone"))
    kept.delete(key)
    kept.delete(key)
    with pytest.raises(FileNotFoundError):
        kept.open(key)


def test_keys_are_fresh_and_name_their_room():
    first, second = new_key("slides"), new_key("slides")
    assert (first == second, first.partition("/")[0], len(first)) == (False, "slides", 47)


def test_a_folder_shows_a_file_only_when_it_is_whole(tmp_path):
    class Torn(BytesIO):
        def read(self, *_):
            raise OSError("the line broke")

    with pytest.raises(OSError, match="the line broke"):
        FolderStorage(tmp_path).put("slides/half", Torn(b"half"))
    assert [path.name for path in (tmp_path / "slides").iterdir()] == []


@pytest.mark.parametrize("key", ["../outside", "/etc/passwd", "slides/../../outside"])
def test_a_key_that_leads_outside_the_folder_is_refused(tmp_path, key):
    with pytest.raises(ValueError, match="stays inside"):
        FolderStorage(tmp_path / "inside").open(key)
