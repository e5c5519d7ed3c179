#!/usr/bin/env python3
"""Resolver records per CPU second, everything on: the slope between two sizes of one log, so that starting Java does not count.

usage: speed.py CORPUS.tsv.gz [--work FOLDER] [--repeats 3]

Two logs: hosts that ask for the corpus' benign names, 3 % of which fail; and one host that asks for random names that all fail.
"""
import argparse
import gzip
import os
import random
import resource
import subprocess
import tempfile

import measure
import names

SIZES = (400_000, 2_000_000)


def usual(pool, r):
    hosts = ["i-%05d" % n for n in range(500)]
    while True:
        failed = r.random() < .03
        yield r.choice(hosts), measure.dead(r.choice(pool), r) if failed else r.choice(pool), "NXDOMAIN" if failed else "NOERROR"


def flood(r):
    while True:
        yield "i-00001", "".join(r.choice(measure.LETTERS) for _ in range(14)) + ".com", "NXDOMAIN"


def write(folder, queries, size):
    """Objects of 20,000 records, five minutes apart."""
    log = measure.Log()
    for i in range(size):
        host, name, code = next(queries)
        log.accounts[host] = 0
        log.ask(measure.START + i // 20_000 * measure.STEP + i % 20_000 * measure.STEP // 20_000, host, name, code)
    log.write(folder)


def seconds(folder):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([os.path.join(measure.ROOT, "tocsin"), "analyze", "--quiet", "--threads", "1", "--format", "jsonl", folder], stdout=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus")
    parser.add_argument("--work")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    pool = [name for name, family in names.read(options.corpus) if family == "benign"]
    for what, make in (("usual", lambda: usual(pool, random.Random(1))), ("flood", lambda: flood(random.Random(1)))):
        best = []
        for size in SIZES:
            with tempfile.TemporaryDirectory(dir=options.work) as folder:
                write(folder, make(), size)
                best.append(min(seconds(folder) for _ in range(options.repeats)))
        print("%s: %s s of CPU for %s records: %.0f records per CPU second" % (what, " and ".join("%.1f" % s for s in best), " and ".join("%d" % s for s in SIZES), (SIZES[1] - SIZES[0]) / (best[1] - best[0])))


if __name__ == "__main__":
    main()
