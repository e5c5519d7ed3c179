#!/usr/bin/env python3
"""Measures `tocsin analyze` beside plain unpackers and writes docs/performance.md. See bench.sh."""
import argparse
import datetime
import glob
import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
SETS = {"cloudtrail-large": "CloudTrail, made up, objects of 10,000 records",
        "cloudtrail-small": "CloudTrail, made up, objects of 8 records",
        "flow": "VPC flow log, made up, version 2, 1,000 interfaces, objects of 100,000 lines"}
JUDGED = "\n## Against the goals\n"
MARKS = (b'"eventID"', b'"query_name"')


def run(command, environment):
    """CPU seconds of all its processes, wall seconds and peak memory in MB of the largest one."""
    began = time.monotonic()
    pid = os.posix_spawn("/bin/sh", ["sh", "-c", command], environment,
                         file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        sys.exit(f"bench: failed with status {status}: {command}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - began, usage.ru_maxrss / 1024


def best(command, environment, repeats):
    """The run with the least CPU time: what other work on the machine disturbs, it only ever adds to."""
    return min(run(command, environment) for _ in range(repeats))


def content(files):
    size = records = 0
    for file in files:
        with gzip.open(file) as stream:
            text = stream.read()
        size += len(text)
        mark = next((mark for mark in MARKS if mark in text), None)
        records += text.count(mark) if mark else text.count(b"\n") - 1
    return size, records


def tools(intel):
    plain = dict(os.environ)
    jdk = dict(plain, TOCSIN_JAVA_OPTIONS="-Dtocsin.nativeInflate=false")
    find = "find -L {} -type f -name '*.gz' -print0 | sort -z | xargs -0 "
    known = [("`zcat \\| wc -c`", find + "zcat | wc -c", plain, "all")]
    if shutil.which("igzip"):
        known.append(("`igzip -dc \\| wc -c`", find + "igzip -dc | wc -c", plain, "all"))
    analyze = (os.path.join(ROOT, "tocsin") + " analyze --quiet --progress never --format jsonl --threads %d --intel "
               + intel + " {}")
    known.append(("tocsin, 1 thread, half the objects", analyze % 1, plain, "half"))
    known.append(("tocsin, 1 thread", analyze % 1, plain, "all"))
    known.append(("tocsin, 2 threads", analyze % 2, plain, "all"))
    known.append(("tocsin, 1 thread, without a native library", analyze % 1, jdk, "all"))
    return known


def part(files, root, folder):
    """A folder with links to some of a set's objects, in the same layout."""
    for file in files:
        link = os.path.join(folder, os.path.relpath(file, root))
        os.makedirs(os.path.dirname(link), exist_ok=True)
        os.symlink(os.path.abspath(file), link)
    return folder


def measure(root, repeats, intel, scratch):
    files = sorted(glob.glob(root + "/**/*.gz", recursive=True))
    half = part(files[:len(files) // 2], root, tempfile.mkdtemp(dir=scratch))
    one = content(files[:1])
    sizes = {"all": content(files), "half": content(files[:len(files) // 2])}
    lines = []
    for name, command, environment, which in tools(intel):
        size, records = sizes[which]
        cpu, wall, memory = best(command.format(half if which == "half" else root), environment, repeats)
        net = cpu - best(command.format(files[0]), environment, repeats)[0]
        speed = ((size - one[0]) / 1e6 / net, (records - one[1]) / net) if net > 0.02 else None
        lines.append(f"| {name} | {cpu:.2f} | {net:.2f} | {wall:.2f} | {records / cpu:,.0f} | "
                     + (f"{speed[0]:,.0f} | {speed[1]:,.0f}" if speed else "- | -")
                     + (f" | {memory:.0f} |" if name.startswith("tocsin") else " | - |"))
        print(lines[-1], file=sys.stderr)
    size, records = sizes["all"]
    head = f"{len(files):,} objects, {records:,} records, {size / 1e6:,.0f} MB of text, {size / records:,.0f} B a record"
    return head, lines


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as info:
        model = next((line.split(":")[1].strip() for line in info if line.startswith("model name")), "unknown")
    java = subprocess.run(["sh", "-c", os.path.join(ROOT, "tocsin") + " version"], capture_output=True, text=True)
    return f"{model}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} when it began; {java.stdout.strip()}"


def write(results, where, arguments):
    text = [f"""# Performance

Measured by `tocsin-bench/bench.sh {arguments.scale} {arguments.repeats} {' '.join(arguments.folders)}` on {datetime.date.today()}: {where}.

Every run of tocsin has a list of 1.5 million indicators loaded (made up). *CPU* is user and system time of all processes of a
run; *gross* records a second are of that; *net* is CPU less the same over one object of the set, so without the start of the
JVM and the loading of the list. MB are of unpacked text. Runs of each: {arguments.repeats}, the one with the least CPU
is shown. The commands are in `tocsin-bench/bench.py`, the made-up sets in `tocsin-bench/make-sets.py`."""]
    for title, (head, lines) in results:
        text.append(f"\n## {title}\n{head}.\n\n"
                    "| | CPU s | net CPU s | wall s | gross records/s | net MB/s | net records/s | peak MB |\n"
                    "|---|---|---|---|---|---|---|---|\n" + "\n".join(lines))
    page = os.path.join(ROOT, "docs", "performance.md")
    with open(page, encoding="utf-8") as old:
        kept = old.read().partition(JUDGED)  # people write it; the figures above it are written anew
    with open(page, "w", encoding="utf-8") as out:
        out.write("\n".join(text) + "\n" + "".join(kept[1:]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sets")
    parser.add_argument("scale")
    parser.add_argument("repeats", type=int)
    parser.add_argument("folders", nargs="*", metavar="NAME=FOLDER")
    arguments = parser.parse_args()
    sets = [(title, os.path.join(arguments.sets, name)) for name, title in SETS.items()]
    sets += [tuple(folder.split("=", 1)) for folder in arguments.folders]
    where = machine()
    results = []
    for title, folder in sets:
        print(title, file=sys.stderr)
        intel = os.path.join(arguments.sets, "intel.tsv.gz")
        results.append((title, measure(folder, arguments.repeats, intel, arguments.sets)))
    arguments.folders = [f"'{name}=…'" for name in (folder.split("=")[0] for folder in arguments.folders)]
    write(results, where, arguments)


main()
