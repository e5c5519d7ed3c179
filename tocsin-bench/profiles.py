#!/usr/bin/env python3
"""What profiles of identities take: reads the state folder that 'tocsin analyze --state DIR' wrote.

usage: profiles.py DIR [KIND...]    KIND is a kind of state entries; profile without one
Sizes are of the entries as written (CBOR, before deflating), in bytes; memory holds 8 bytes a slot of a table whose size is the
next power of two over 4/3 of its values, and some 170 bytes of objects a profile.
"""
import sqlite3
import sys
from pathlib import Path


def main():
    files = sorted(Path(sys.argv[1]).glob("*.db")) or sorted(Path(sys.argv[1]).glob("*.sqlite*"))
    kinds = sys.argv[2:] or ["profile"]
    with sqlite3.connect(f"file:{files[0]}?mode=ro", uri=True) as store:
        for kind in kinds:
            sizes = sorted(row[0] for row in store.execute("SELECT size FROM entry WHERE kind = ?", (kind,)))
            if not sizes:
                print(f"{kind}: no entry")
                continue
            at = lambda share: sizes[min(len(sizes) - 1, int(share * len(sizes)))]
            print(
                f"{kind}: {len(sizes)} entries, mean {sum(sizes) / len(sizes):.0f}, half {at(0.5)}, 95 % {at(0.95)},"
                f" largest {sizes[-1]}, together {sum(sizes)}"
            )


main()
