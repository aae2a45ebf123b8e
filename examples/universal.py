"""One client for every model: the model and its inputs come from the command line.

    KIE_EMULATED=1 python examples/universal.py nano-banana-2 "prompt=a boat" aspect_ratio=16:9 -o out

An input is a role (prompt, images, duration, …) or the model's own name. A value that names a file is uploaded where
the model wants a link.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from kie import InvalidInput, Kie, KieError, TaskTimeout


def value_of(text: str) -> Any:
    """Read a value: JSON where it is a number, true, false, a list or an object, else the text itself."""
    if text in ("true", "false", "null") or text[:1] in "[{-0123456789":
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text


def main() -> int:
    """Run one model; the exit code is 1 where it failed, 2 where the input does not fit."""
    parser = argparse.ArgumentParser(description="Run any model.")
    parser.add_argument("model")
    parser.add_argument("inputs", nargs="*", metavar="name=value")
    parser.add_argument("-o", "--out", type=Path, default=Path("out"))
    parser.add_argument("--max-credits")
    chosen = parser.parse_args()
    inputs = {name: value_of(text) for name, _, text in (word.partition("=") for word in chosen.inputs)}

    with Kie() as kie:
        try:
            price = kie.price(chosen.model, inputs)
            print("price:", "unknown" if price is None else f"{price.credits} credits, {price.usd} USD")
            result = kie.run(chosen.model, inputs, max_credits=chosen.max_credits)
        except InvalidInput as error:
            print(f"{error.field}: {error}")
            return 2
        except TaskTimeout as error:
            print(f"still under way: {error.model} {error.task_id}")
            return 1
        except KieError as error:
            print(f"{type(error).__name__}: {error}; credits may have been spent: {error.may_have_spent}")
            return 1
        if result.text:
            print(result.text)
        for path in result.save(chosen.out):
            print(path)
        print(f"{result.credits} credits, {result.elapsed:.1f} s, task {result.task.id}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
