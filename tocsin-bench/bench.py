#!/usr/bin/env python3
"""Measures `tocsin analyze` beside plain unpackers over made-up sets and writes docs/performance.md. See bench.sh."""
import argparse
import datetime
import glob
import gzip
import os
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
SETS = {"cloudtrail-large": "CloudTrail, objects of 10,000 records",
        "cloudtrail-small": "CloudTrail, objects of 8 records",
        "flow": "VPC flow log, objects of 100,000 lines"}


def run(command, environment):
    """CPU seconds of all its processes, wall seconds and peak memory in MB of the largest one."""
    began = time.monotonic()
    pid = os.posix_spawn("/bin/sh", ["sh", "-c", command], environment,
                         file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        sys.exit(f"bench: failed with status {status}: {command}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - began, usage.ru_maxrss / 1024


def median(command, environment, repeats):
    runs = [run(command, environment) for _ in range(repeats)]
    return [statistics.median(column) for column in zip(*runs)]


def tools():
    plain = dict(os.environ)
    jdk = dict(plain, TOCSIN_JAVA_OPTIONS="-Dtocsin.nativeInflate=false")
    known = [("`zcat \\| wc -c`", "find {} -type f -print0 | sort -z | xargs -0 zcat | wc -c", plain)]
    if shutil.which("igzip"):
        known.append(("`igzip -dc \\| wc -c`", "find {} -type f -print0 | sort -z | xargs -0 igzip -dc | wc -c", plain))
    analyze = os.path.join(ROOT, "tocsin") + " analyze --quiet --progress never --format jsonl --threads %d {}"
    for threads in (1, 2):
        known.append((f"tocsin, {threads} thread{'s' * (threads > 1)}, libdeflate", analyze % threads, plain))
        known.append((f"tocsin, {threads} thread{'s' * (threads > 1)}, JDK", analyze % threads, jdk))
    return known


def content(files):
    size = records = 0
    for file in files:
        with gzip.open(file) as stream:
            text = stream.read()
        size += len(text)
        records += text.count(b'"eventID"') if file.endswith(".json.gz") else text.count(b"\n") - 1
    return size, records


def measure(folder, repeats):
    files = sorted(glob.glob(folder + "/*.gz"))
    size, records = content(files)
    size_one, records_one = content(files[:1])
    lines = []
    for name, command, environment in tools():
        cpu, wall, memory = median(command.format(folder), environment, repeats)
        net = cpu - median(command.format(files[0]), environment, repeats)[0]
        speed = ((size - size_one) / 1e6 / net, (records - records_one) / net) if net > 0.02 else None
        lines.append(f"| {name} | {cpu:.2f} | {net:.2f} | {wall:.2f} | "
                     + (f"{speed[0]:,.0f} | {speed[1]:,.0f}" if speed else "- | -")
                     + (f" | {memory:.0f} |" if name.startswith("tocsin") else " | - |"))
        print(lines[-1], file=sys.stderr)
    head = f"{len(files):,} objects, {records:,} records, {size / 1e6:,.0f} MB of text, {size / records:,.0f} B a record"
    return head, lines


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as info:
        model = next((line.split(":")[1].strip() for line in info if line.startswith("model name")), "unknown")
    java = subprocess.run(["sh", "-c", os.path.join(ROOT, "tocsin") + " version"], capture_output=True, text=True)
    return f"{model}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} when it began; {java.stdout.strip()}"


def write(results, where, arguments):
    text = [f"""# Performance

Measured by `tocsin-bench/bench.sh {arguments.scale} {arguments.repeats}` on {datetime.date.today()}: {where}.

The sets are made up (`tocsin-bench/make-sets.py`), in the shape and size of real logs. *CPU* is user and system time of
all processes of a run; *net* is that less the same over one object of the set, so without the start of the JVM; wall and
memory are of the whole run. MB and records are of unpacked text, by second of net CPU. Medians of {arguments.repeats} runs each; other
work on the machine can disturb them. Commands are in `tocsin-bench/bench.py`."""]
    for title, (head, lines) in results:
        text.append(f"\n## {title}\n{head}.\n\n| | CPU s | net CPU s | wall s | MB/s | records/s | peak MB |\n"
                    "|---|---|---|---|---|---|---|\n" + "\n".join(lines))
    with open(os.path.join(ROOT, "docs", "performance.md"), "w", encoding="utf-8") as out:
        out.write("\n".join(text) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sets")
    parser.add_argument("scale")
    parser.add_argument("repeats", type=int)
    arguments = parser.parse_args()
    where = machine()
    results = []
    for name, title in SETS.items():
        print(title, file=sys.stderr)
        results.append((title, measure(os.path.join(arguments.sets, name), arguments.repeats)))
    write(results, where, arguments)


main()
