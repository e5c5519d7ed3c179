#!/usr/bin/env python3
"""Feeds `tocsin serve` through a Kafka broker of this machine at a steady rate, and prints lag and memory every ten seconds.

usage: tocsin-bench/stream-soak.py [cloudtrail|flow] [RECORDS-A-SECOND] [MINUTES] [RECORDS-A-MESSAGE]
       default: cloudtrail 50000 30 100; flow 200000 30 500. TOCSIN names the launcher if it is not the checkout's

Records are dated as of now. Exit 0 if the service was never more than 5 seconds behind after the first minute, the last
third of the run needs no more than a quarter more memory than the third before it, and all that was sent was read; else 1.
The broker's libraries are those of tocsin-it, so `mvn` must be there.
"""
import importlib.util
import os
import random
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
EVERY = 10  # seconds between two lines
LAG = 5  # seconds
GROWTH = 1.25  # of memory, from the middle third to the last
PARTITIONS = 8
BODIES = 20000
CLUSTER = "MkU3OEVBNTcwNTJENDM2Qg"
LAUNCHER = shlex.split(os.environ.get("TOCSIN", os.path.join(HERE, "..", "tocsin")))

spec = importlib.util.spec_from_file_location("sets", os.path.join(HERE, "make-sets.py"))
sets = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sets)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def samples(endpoint, name):
    """Values of a metric of the source."""
    with urllib.request.urlopen(endpoint + "/metrics", timeout=30) as answer:
        text = answer.read().decode()
    return [float(value) for value in re.findall(r"^" + name + r"[^ ]* ([0-9.]+)$", text, re.M)]


def resident(pid):
    """Megabytes."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def bodies(kind, path):
    """Lines for StreamFeeder."""
    rng = random.Random(7)
    with open(path, "w", encoding="utf-8") as out:
        if kind == "cloudtrail":
            active = sets.sessions(rng, 2000)
            for _ in range(BODIES):
                body = sets.record(rng, sets.EPOCH, rng.choice(active)).replace(sets.stamp(sets.EPOCH), "@TIME@")
                out.write(re.sub(r'"eventID":"[0-9a-f]{8}', '"eventID":"@NUMBER@', body) + "\n")
            return
        interfaces = [(f"eni-0{rng.getrandbits(64):016x}", f"172.31.{n // 250}.{n % 250 + 1}") for n in range(1000)]
        for n in range(BODIES):
            interface, address = interfaces[n % len(interfaces)]
            out.write(f"2 {sets.ACCOUNT} {interface} {address} 198.18.{rng.randrange(256)}.{rng.randrange(256)}"
                      f" {rng.randrange(1024, 65536)} 443 6 {rng.randrange(1, 50)} {rng.randrange(40, 60000)}"
                      " @SECOND@ @SECOND@ ACCEPT OK\n")


def java(*arguments, heap="512m", **how):
    home = subprocess.run([*LAUNCHER, "--java-home"], capture_output=True, text=True, check=True).stdout.strip()
    program = os.path.join(home, "bin", "java")
    return subprocess.Popen([program, f"-Xmx{heap}", *arguments], **how)


def class_path(folder):
    out = os.path.join(folder, "classpath")
    subprocess.run(["mvn", "-B", "-q", "-ntp", "-DskipTests", "-Dspotless.check.skip=true", "-Dforbiddenapis.skip=true", "-pl", "tocsin-it",
                    "-am", "package", "dependency:build-classpath", f"-Dmdep.outputFile={out}"],
                   cwd=os.path.join(HERE, ".."), check=True)
    with open(out, encoding="utf-8") as text:
        return text.read()


def broker(folder, libraries):
    port, controller = free_port(), free_port()
    settings = os.path.join(folder, "server.properties")
    with open(settings, "w", encoding="utf-8") as out:
        out.write(f"""process.roles=broker,controller
node.id=1
controller.listener.names=CONTROLLER
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
log.dirs={folder}/kafka
num.partitions={PARTITIONS}
offsets.topic.replication.factor=1
log.segment.bytes=67108864
log.retention.bytes=536870912
log.retention.check.interval.ms=5000
""")
    log = open(os.path.join(folder, "broker.log"), "w")
    java("-cp", libraries, "kafka.tools.StorageTool", "format", "-t", CLUSTER, "-c", settings,
         stdout=log, stderr=log).wait()
    process = java("-cp", libraries, "kafka.Kafka", settings, heap="1g", stdout=log, stderr=log)
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return process, f"127.0.0.1:{port}"
        except OSError:
            time.sleep(0.2)


def main():
    kind = sys.argv[1] if len(sys.argv) > 1 else "cloudtrail"
    rate = int(sys.argv[2]) if len(sys.argv) > 2 else {"cloudtrail": 50000, "flow": 200000}[kind]
    minutes = float(sys.argv[3]) if len(sys.argv) > 3 else 30
    together = int(sys.argv[4]) if len(sys.argv) > 4 else {"cloudtrail": 100, "flow": 500}[kind]
    folder = tempfile.mkdtemp(prefix="tocsin-stream-soak-")
    running = []
    try:
        libraries = class_path(folder)
        process, address = broker(folder, libraries)
        running.append(process)
        bodies(kind, os.path.join(folder, "bodies"))
        feed = java("-cp", libraries, os.path.join(HERE, "StreamFeeder.java"), address, "soak", str(PARTITIONS),
                    os.path.join(folder, "bodies"), str(rate), str(together), str(int(minutes * 60)),
                    stdout=subprocess.PIPE, stderr=open(os.path.join(folder, "feeder.log"), "w"), text=True)
        running.append(feed)
        feed.stdout.readline()
        config = os.path.join(folder, "serve.yaml")
        with open(config, "w", encoding="utf-8") as out:
            out.write(f"sources: [{{name: soak, type: kafka, topic: soak, brokers: '{address}', region: eu-central-1}}]\n"
                      "detectors: {enableAllSeen: true}\nnoFeeds: true\n")
        service = subprocess.Popen(LAUNCHER + ["serve", "--config", config, "--data", os.path.join(folder, "data"),
                                               "--listen", "127.0.0.1:0"],
                                   stdout=subprocess.PIPE, stderr=open(os.path.join(folder, "serve.log"), "w"), text=True)
        running.append(service)
        endpoint = service.stdout.readline().split()[-1]
        sys.exit(soak(service, endpoint, feed))
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def soak(service, endpoint, feed):
    began = time.monotonic()
    memory = []
    slowest = 0
    sent = 0
    before = 0
    print("  seconds      records   records/s   messages behind   seconds behind   memory MB", flush=True)
    while feed.poll() is None:
        time.sleep(EVERY)
        seconds = time.monotonic() - began
        records = sum(samples(endpoint, r'tocsin_records_total\{source="soak",result="accepted"'))
        waiting = sum(samples(endpoint, r"tocsin_stream_records_behind\{"))
        lag = max(samples(endpoint, r"tocsin_source_lag_seconds\{") or [0])
        memory.append(resident(service.pid))
        if seconds > 60:
            slowest = max(slowest, lag)
        print(f"{seconds:9.0f} {records:12.0f} {(records - before) / EVERY:11.0f} {waiting:17.0f} {lag:16.0f}"
              f" {memory[-1]:11.0f}", flush=True)
        before = records
    sent = int(feed.stdout.read().split()[-1])
    deadline = time.monotonic() + 120
    records = 0
    while records < sent and time.monotonic() < deadline:
        time.sleep(1)
        records = sum(samples(endpoint, r'tocsin_records_total\{source="soak",result="accepted"'))
    third = max(1, len(memory) // 3)
    middle = sum(memory[-2 * third:-third] or memory[:1]) / len(memory[-2 * third:-third] or memory[:1])
    last = sum(memory[-third:]) / third
    print(f"memory: {middle:.0f} MB in the middle third, {last:.0f} MB in the last, {max(memory):.0f} MB at most; at most"
          f" {slowest:.0f} s behind after the first minute; {records:.0f} of {sent} records read")
    return 0 if last <= middle * GROWTH and records == sent and slowest <= LAG else 1


main()
