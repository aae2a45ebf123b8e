"""placeholder"""
from __future__ import annotations
from typing import Any
def report(*a: Any) -> str | None:
    return None
