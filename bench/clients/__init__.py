"""The clients that are measured: one module for each, all with the same few names.

::

    NAME, PACKAGE                what it is called, and the distribution whose version is printed
    IMPORT                       a statement that imports what a user needs
    CLIENT                       statements that leave a client ready to send in ``client``; ``{url}`` is the server
    STATUS                       a statement that makes one status call with ``client``
    sync_calls(url)              → (status, submit, close): each call does what a user of the client would do
    async_calls(url)             → (status, close), awaited; or None where the client has none
    live_task(status, submit)    → what a program keeps of a task that was submitted and asked for once
    download(url, path)          fetches the file into ``path``; None where the client does not fetch files

All do the same work: a call ends with an answer that was parsed and judged as the client does it by default; a download
ends with the sha256 known and the file whole on the disk under its name.
"""

from __future__ import annotations

#: Module names, in the order of the report's columns.
ALL = (
    "kie_client",
    "pyreqwest_client",
    "httpx2_client",
    "fal",
    "replicate_client",
    "runway",
    "openai_client",
    "sockets",
)
