#!/usr/bin/env python3
"""Replays real CloudTrail records as many objects as wanted: new ids, later times, everything else as it was.

usage: replay.py FOLDER OUT OBJECTS [RECORDS]    RECORDS an object, default 10,000. Same bytes every time.
The records of FOLDER's *.json and *.json.gz objects follow each other round after round; each object is ten minutes later."""
import datetime
import glob
import gzip
import json
import os
import random
import sys

TIME = "%Y-%m-%dT%H:%M:%SZ"


def records(folder):
    found = []
    for path in sorted(glob.glob(os.path.join(folder, "**", "*.json*"), recursive=True)):
        opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path)
        with opened as text:
            found += json.load(text).get("Records", [])
    return sorted(found, key=lambda record: record["eventTime"])


def uid(rng):
    digits = f"{rng.getrandbits(128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def main():
    folder, out, objects = sys.argv[1], sys.argv[2], int(sys.argv[3])
    each = int(sys.argv[4]) if len(sys.argv) > 4 else 10_000
    rng = random.Random(1)
    known = records(folder)
    account, region = known[0]["recipientAccountId"], known[0]["awsRegion"]
    start = datetime.datetime(2026, 3, 2)
    os.makedirs(out)
    at = 0
    for number in range(objects):
        begun = start + datetime.timedelta(minutes=10 * number)
        texts = []
        for place in range(each):
            record = dict(known[at % len(known)])
            at += 1
            record["eventTime"] = (begun + datetime.timedelta(seconds=600 * place // each)).strftime(TIME)
            record["eventID"] = uid(rng)
            if "requestID" in record:
                record["requestID"] = uid(rng)
            texts.append(json.dumps(record, separators=(",", ":")))
        stamp = (begun + datetime.timedelta(minutes=10)).strftime("%Y%m%dT%H%MZ")
        name = f"{account}_CloudTrail_{region}_{stamp}_{number:016x}.json.gz"
        with open(os.path.join(out, name), "wb") as file:
            file.write(gzip.compress(('{"Records":[' + ",".join(texts) + "]}").encode(), 6, mtime=0))


main()
