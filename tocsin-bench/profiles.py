#!/usr/bin/env python3
"""What profiles of identities, and all that is kept of an interface, take: reads the state folder that 'tocsin analyze --state DIR' wrote.

usage: profiles.py DIR [KIND...]    KIND is a kind of state entries; profile without one
       profiles.py DIR --keys       all entries of a key together, by function (account, interface, names, host)
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
        if kinds == ["--keys"]:
            for (function,) in store.execute("SELECT DISTINCT function FROM entry ORDER BY 1").fetchall():
                by_key = "SELECT SUM(size) FROM entry WHERE function = ? GROUP BY key"
                show(function, "keys", [row[0] for row in store.execute(by_key, (function,))])
                by_kind = "SELECT kind, SUM(size) FROM entry WHERE function = ? GROUP BY kind ORDER BY 2 DESC LIMIT 4"
                print("   " + ", ".join(f"{kind} {size}" for kind, size in store.execute(by_kind, (function,))))
            return
        for kind in kinds:
            show(kind, "entries", [row[0] for row in store.execute("SELECT size FROM entry WHERE kind = ?", (kind,))])


def show(what, of, sizes):
    if not sizes:
        print(f"{what}: no entry")
        return
    sizes.sort()
    at = lambda share: sizes[min(len(sizes) - 1, int(share * len(sizes)))]
    print(
        f"{what}: {len(sizes)} {of}, mean {sum(sizes) / len(sizes):.0f}, half {at(0.5)}, 95 % {at(0.95)},"
        f" largest {sizes[-1]}, together {sum(sizes)}"
    )


main()
