"""A series of banners: one for each product, in one style, all at once.

    KIE_EMULATED=1 python examples/banners.py "Boots" "Rain jacket" -o out

Without KIE_EMULATED it works on kie.ai, with KIE_API_KEY, and costs credits; --max-credits bounds the whole series.
"""

from __future__ import annotations

import argparse
from decimal import Decimal
from pathlib import Path
from typing import Final

from kie import Kie, KieError

MODEL: Final = "nano-banana-2"
STYLE = "advertising banner, one product on a stone, soft light, plain background, no text"


def main() -> int:
    """Make the banners; the exit code is 1 where one failed."""
    parser = argparse.ArgumentParser(description="Make a banner for each product.")
    parser.add_argument("products", nargs="+")
    parser.add_argument("-o", "--out", type=Path, default=Path("out"))
    parser.add_argument("--max-credits", type=Decimal, default=Decimal(200), help="bound for the whole series")
    chosen = parser.parse_args()

    failed = 0
    with Kie() as kie:
        price = kie.price(MODEL, prompt=STYLE, aspect_ratio="21:9")
        if price is None or not price.within(chosen.max_credits / len(chosen.products)):
            print(f"{len(chosen.products)} banners may cost more than {chosen.max_credits} credits")
            return 1
        print(f"{len(chosen.products)} banners for {price.credits * len(chosen.products)} credits at most")

        # All tasks are created first and run side by side; the client keeps the vendor's limits.
        tasks = {
            product: kie.submit(MODEL, prompt=f"{product}, {STYLE}", aspect_ratio="21:9", max_credits=price.credits)
            for product in chosen.products
        }
        for product, task in tasks.items():
            try:
                result = task.wait()
                path = result.outputs[0].save(chosen.out / f"{product.lower().replace(' ', '-')}.jpg")
            except KieError as error:  # one failure does not cost the others
                failed += 1
                print(f"{product}: {error}")
            else:
                print(f"{product}: {path}, {result.credits} credits")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
