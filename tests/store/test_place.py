"""A store on a network drive or in a synchronised folder is refused before anything is written there."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheets_pipeline.errors import StoreError
from sheets_pipeline.store.place import shared_place
from sheets_pipeline.store.repository import Store

MOUNTS = """\
/dev/vda / ext4 rw 0 0
//server/share /media/gemensam\\040mapp cifs rw 0 0
server:/users /users nfs4 rw 0 0
/dev/vdb /users/local ext4 rw 0 0
"""


@pytest.mark.parametrize("name", ["OneDrive - Exempelby kommun", "Dropbox", "Google Drive", "GoogleDrive"])
def test_a_synchronised_folder_is_refused_with_its_fix(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match="synchronised folder") as caught:
        Store.open(f"sqlite:///{tmp_path / name / 'data' / 'store.sqlite'}")
    assert "own disk" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/media/gemensam mapp/projekt", "on a network drive"),
        ("/users/anna/projekt", "on a network drive"),
        ("/users/local/projekt", ""),
        ("/srv/projekt", ""),
        ("/srv/Dropboxen/projekt", ""),
        ("\\\\server\\share\\projekt", "on a network drive"),
    ],
)
def test_a_network_drive_is_known_by_its_file_system(folder: str, kind: str) -> None:
    assert shared_place(Path(folder), MOUNTS) == kind
