#!/usr/bin/env python3
"""Lets `tocsin serve` run at full speed for a while and prints how its memory goes: a line every ten seconds.

usage: tocsin-bench/soak.py [MINUTES]       default 30; TOCSIN names the launcher if it is not the checkout's

A feeder keeps a few objects ahead of the service and takes away what is read, so that the service never waits for logs and
the disk does not fill. Exit 0 if the last third of the run needs no more than a quarter more memory than the third before
it, and all that was brought was read; else 1.
"""
import gzip
import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
AHEAD = 6  # objects that wait for the service, at most
RECORDS = 5000  # in an object
EVERY = 10  # seconds between two lines
GROWTH = 1.25  # of memory, from the middle third to the last

spec = importlib.util.spec_from_file_location("sets", os.path.join(HERE, "make-sets.py"))
sets = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sets)


def metric(endpoint, pattern):
    with urllib.request.urlopen(endpoint + "/metrics", timeout=30) as answer:
        text = answer.read().decode()
    return sum(float(value) for value in re.findall(pattern + r"[^ ]* ([0-9.]+)", text))


def resident(pid):
    """Megabytes."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


class Feeder(threading.Thread):
    """Brings objects of one trail, ten seconds of event time each. Bodies are made once and dated anew."""

    def __init__(self, logs):
        super().__init__(daemon=True)
        self.logs = logs
        self.brought = 0
        self.read = lambda: 0
        self.stop = threading.Event()
        rng = sets.random.Random(7)
        active = sets.sessions(rng, 2000)
        self.bodies = []
        for _ in range(4):
            self.bodies.append(",".join(sets.record(rng, sets.EPOCH + n % 10, rng.choice(active))
                                        for n in range(RECORDS)))

    def run(self):
        while not self.stop.is_set():
            if self.brought - self.read() >= AHEAD:
                self.stop.wait(0.05)
                continue
            number = self.brought
            at = sets.EPOCH + number * 10
            body = self.bodies[number % len(self.bodies)]
            for second in range(10):
                body = body.replace(sets.stamp(sets.EPOCH + second), sets.stamp(at + second))
            body = re.sub(r'"eventID":"[0-9a-f]{8}', f'"eventID":"{number:08x}', body)
            when = sets.stamp(at + 300)[:16].replace("-", "").replace(":", "") + "Z"
            name = f"{sets.ACCOUNT}_CloudTrail_{sets.REGION}_{when}_{number:016x}.json.gz"
            hidden = os.path.join(self.logs, "." + name)
            with open(hidden, "wb") as out:
                out.write(gzip.compress(('{"Records":[' + body + "]}").encode(), 1, mtime=0))
            os.rename(hidden, os.path.join(self.logs, name))
            self.brought += 1
            old = number - 4 * AHEAD
            if old >= 0:
                self.remove(f"_{old:016x}.json.gz")

    def remove(self, end):
        for name in os.listdir(self.logs):
            if name.endswith(end):
                os.remove(os.path.join(self.logs, name))


def main():
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 30
    folder = tempfile.mkdtemp(prefix="tocsin-soak-")
    logs = os.path.join(folder, "logs")
    os.makedirs(logs)
    config = os.path.join(folder, "serve.yaml")
    with open(config, "w", encoding="utf-8") as out:
        out.write(f"sources: [{{name: soak, type: folder, path: '{logs}'}}]\n"
                  "detectors: {enableAllSeen: true}\nnoFeeds: true\n")
    launcher = shlex.split(os.environ.get("TOCSIN", os.path.join(HERE, "..", "tocsin")))
    service = subprocess.Popen(launcher + ["serve", "--config", config, "--data", os.path.join(folder, "data"),
                                           "--listen", "127.0.0.1:0"],
                               stdout=subprocess.PIPE, stderr=open(os.path.join(folder, "serve.log"), "w"), text=True)
    try:
        endpoint = service.stdout.readline().split()[-1]
        sys.exit(soak(service, endpoint, Feeder(logs), minutes))
    finally:
        service.terminate()
        service.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def soak(service, endpoint, feeder, minutes):
    def read():
        return metric(endpoint, r'tocsin_objects_total\{source="soak"')

    feeder.read = read
    feeder.start()
    began = time.monotonic()
    memory = []
    print("  seconds    objects      records   records/s   memory MB   findings", flush=True)
    while time.monotonic() - began < minutes * 60:
        time.sleep(EVERY)
        seconds = time.monotonic() - began
        records = metric(endpoint, r'tocsin_records_total\{source="soak",result="accepted"')
        memory.append(resident(service.pid))
        print(f"{seconds:9.0f} {read():10.0f} {records:12.0f} {records / seconds:11.0f} {memory[-1]:11.0f}"
              f" {metric(endpoint, 'tocsin_findings'):10.0f}", flush=True)
    feeder.stop.set()
    feeder.join()
    deadline = time.monotonic() + 120
    while read() < feeder.brought and time.monotonic() < deadline:
        time.sleep(1)
    third = max(1, len(memory) // 3)
    middle = sum(memory[-2 * third:-third] or memory[:1]) / len(memory[-2 * third:-third] or memory[:1])
    last = sum(memory[-third:]) / third
    missing = feeder.brought - read()
    print(f"memory: {middle:.0f} MB in the middle third, {last:.0f} MB in the last, {max(memory):.0f} MB at most;"
          f" {missing:.0f} of {feeder.brought} objects not read")
    return 0 if last <= middle * GROWTH and missing == 0 else 1


main()
