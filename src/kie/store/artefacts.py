"""Where the files of finished generations lie: in a folder, or in an object store. See ``content``."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kie.store.content import ArtefactStore, Lying
from kie.store.errors import StoreError
from kie.store.folder import FolderArtefacts

if TYPE_CHECKING:
    import os

__all__ = ["ArtefactStore", "FolderArtefacts", "Lying", "open_artefacts"]

#: The schemes of object stores, as obstore knows them.
_CLOUDS = ("s3", "s3a", "gs", "az", "azure", "abfs", "abfss", "memory")


def open_artefacts(url: str | os.PathLike[str] | ArtefactStore) -> ArtefactStore:
    """Open a store by its address; one that is open is returned as it is.

    Args:
        url: a folder (a path, or ``file:///path``), ``s3://bucket/prefix``, ``gs://bucket/prefix``,
            ``az://container/prefix``, or ``memory://`` for tests. A cloud's settings are taken from its usual variables
            (``AWS_…``, ``GOOGLE_…``, ``AZURE_…``), or from the address: ``s3://bucket?endpoint=https://…&region=…``.

    Raises:
        StoreError: the address is none of these, or its settings are wrong.

    """
    if isinstance(url, ArtefactStore):
        return url
    text = str(url)
    scheme = urlsplit(text).scheme if "://" in text else ""
    if scheme == "":
        return FolderArtefacts(text)
    if scheme == "file":
        from urllib.request import url2pathname

        return FolderArtefacts(url2pathname(urlsplit(text).path))
    if scheme in _CLOUDS:
        from kie.store.objects import ObjectArtefacts

        return ObjectArtefacts(text)
    raise StoreError(
        f"KIE_ARTEFACTS_URL begins with {scheme!r}: a folder, s3://, gs:// or az:// is needed.",
        hint="Leave it away for a folder of your own.",
    )
