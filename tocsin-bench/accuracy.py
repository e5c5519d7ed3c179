#!/usr/bin/env python3
"""Writes the first part of docs/accuracy.md: how well attacks on the network are found, and what is found that is none.

    tocsin-bench/accuracy.py --work DIR [--seeds 1-4] [--other 101-102] [--days 7] [--learn-days 3] [--instances 50] [--only v5-60,v2-600]

Simulates weeks of traffic (shared/tools/vpc-sim) for each seed, flow log version and interval, and runs `tocsin evaluate` over
them with the lists and inventory of the run. Seeds 1 to 8 are those that thresholds were tuned on (--seeds); others
(--other) are measured apart and looked at by nobody before. Data of a run stays in DIR and is used again.
"""
import argparse, collections, json, os, shutil, statistics, subprocess, sys

import page

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SIM = os.path.join(ROOT, "..", "shared", "tools", "vpc-sim", "simulate.py")
CATEGORY = {"mining": "cryptomining", "droppoint": "exfiltration", "malicious-host": "malware", "malicious": "malware",
            "bitcoin": "cryptocurrency", "driveby": "drive-by"}
OTHER_KINDS = """38 attacks, each easy and hard, and 26 kinds of harmless traffic (`tocsin-bench/other-kinds.py`), written from what is publicly known of
tools and services before any figure was looked at, in an account with the simulator's own harmless traffic. **At first, with
nothing changed for them** (seed 1, version 5, 60 s, 28 days, 2026-12-01): 33 of 37 easy and 28 of 37 hard attacks, 11 false
alarms of GuardDuty's types in 1,913 instance-days, 5.7 in 1,000. Five of the 11 were faults of the file, mended since (what the
victims' own interfaces saw of an attack; WinRM sessions too small to have succeeded). Then detectors were
changed for six kinds of attack missed and four of false alarm: what follows (seed %s) says that they hold on another seed, not what the next unknown kinds bring."""
SETTINGS = [("5", "60"), ("5", "600"), ("2", "60"), ("2", "600")]


def span(text):
    for part in filter(None, (text or "").split(",")):
        low, _, high = part.partition("-")
        yield from range(int(low), int(high or low) + 1)


def simulate(seed, version, interval, a, extra=None):
    out = os.path.join(a.work, "%s%d-v%s-%s-%dx%d" % ("x" if extra else "s", seed, version, interval, a.instances, a.days))
    if not os.path.exists(os.path.join(out, "summary.json")):
        shutil.rmtree(out, ignore_errors=True)
        kinds = ["--extra", extra, "--attacks", ",".join(attacks_of(extra))] if extra else []
        subprocess.run([sys.executable, SIM, "--seed", str(seed), "--instances", str(a.instances), "--days", str(a.days), *kinds,
                        "--flow-version", version, "--interval", interval, "--out", out], check=True, stdout=subprocess.DEVNULL)
    return out


def attacks_of(extra):
    """Those that a file of further kinds brings, without the simulator's own."""
    listed = lambda *more: subprocess.run([sys.executable, SIM, "--seed", "1", "--out", os.devnull, "--list", *more], check=True,
                                          stdout=subprocess.PIPE, text=True).stdout.split()
    own = set(listed())
    return [name for name in listed("--extra", extra) if name not in own]


def lists(data):
    """The run's lists in the product's forms; each entry is as old as the run."""
    intel, own = os.path.join(data, "intel.tsv"), os.path.join(data, "own.txt")
    with open(intel, "w") as i, open(own, "w") as o:
        i.write("indicator\tkind\tcategory\tlastSeen\n")
        for name, kind in (("threat-ips.txt", "ip"), ("threat-domains.txt", "domain")):
            for line in open(os.path.join(data, name)):
                value, category = line.rstrip("\n").split("\t")[:2]
                if category == "custom":
                    o.write(value + "\n")
                else:
                    i.write("%s\t%s\t%s\t2026-03-01\n" % (value, kind, CATEGORY.get(category, category)))
    return intel, own


def evaluate(seed, version, interval, a, extra=None):
    data = simulate(seed, version, interval, a, extra)
    intel, own = lists(data)
    report = os.path.join(data, "report.json")
    days = json.load(open(os.path.join(data, "summary.json")))["instanceDays"]
    with open(os.path.join(data, "report.txt"), "w") as text:
        subprocess.run([os.path.join(ROOT, "tocsin"), "evaluate", "--quiet", "--no-feeds", "--region", "us-east-1", "--intel", intel,
                        "--threat-list", "own=" + own, "--inventory", os.path.join(data, "inventory.json"), "--labels",
                        os.path.join(data, "labels.tsv"), "--report", report, "--instance-days", str(days),
                        *(["--learn-days", str(a.learn_days)] if a.learn_days is not None else []), os.path.join(data, "AWSLogs")],
                       check=True, stdout=text)
    return json.load(open(report))


def added(reports):
    types, causes, days = {}, collections.Counter(), 0
    own_alarms, per_type = collections.Counter(), collections.Counter()
    for report in reports:
        days += float(report["instanceDays"])
        for row in report["types"]:
            t = types.setdefault(row["type"], collections.Counter(own=row["own"]))
            for k in ("easy", "easyFound", "hard", "hardFound"):
                t[k] += row[k]
            t.setdefault("seconds", [])
            t["seconds"] = t["seconds"] + row["secondsToDetection"]
        for alarm in report["falseAlarms"]:
            per_type[alarm["type"]] += 1
            (own_alarms if alarm["own"] else causes)[(alarm["cause"], alarm["event"])] += 1
    return types, causes, own_alarms, per_type, days


def recall(types, level, own):
    rows = [t for t in types.values() if bool(t["own"]) == own]
    return "%d/%d" % (sum(t[level + "Found"] for t in rows), sum(t[level] for t in rows))


def summary(title, by_setting):
    lines = ["### " + title, "", "| flow log | easy | hard | false alarms | in 1,000 instance-days | own types: easy, hard | false in 1,000 |", "|---|---:|---:|---:|---:|---:|---:|"]
    for (version, interval), reports in by_setting.items():
        types, causes, own, _, days = added(reports)
        lines.append("| version %s, %s s | %s | %s | %d | %.1f | %s, %s | %.1f |" % (
            version, interval, recall(types, "easy", False), recall(types, "hard", False), sum(causes.values()),
            1000 * sum(causes.values()) / days, recall(types, "easy", True), recall(types, "hard", True), 1000 * sum(own.values()) / days))
    return lines + [""]


def detail(reports):
    types, causes, own, per_type, days = added(reports)
    lines = ["| type | easy | hard | median minutes to detection | false alarms |", "|---|---:|---:|---:|---:|"]
    for name in sorted(set(types) | set(per_type)):
        t = types.get(name, collections.Counter())
        seconds = t.get("seconds") or []
        lines.append("| %s | %s | %s | %s | %d |" % (
            name, "%d/%d" % (t["easyFound"], t["easy"]) if t["easy"] else "-", "%d/%d" % (t["hardFound"], t["hard"]) if t["hard"] else "-",
            "%.1f" % (statistics.median(seconds) / 60) if seconds else "-", per_type[name]))
    lines += ["", "| cause of a false alarm | harmless event | number | in 1,000 instance-days |", "|---|---|---:|---:|"]
    for (cause, event), n in sorted((causes + own).items(), key=lambda x: (-x[1], x[0])):
        lines.append("| %s | %s | %d | %.1f |" % (cause, event or "ordinary traffic", n, 1000 * n / days))
    return lines + [""]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--work", required=True)
    p.add_argument("--seeds", default="1-4")
    p.add_argument("--other", default="")
    p.add_argument("--days", type=int, default=7)
    p.add_argument("--instances", type=int, default=50)
    p.add_argument("--learn-days", type=int, help="days of history that detectors of habits want, instead of what they document")
    p.add_argument("--only", help="settings such as v5-60,v2-600; default all four")
    p.add_argument("--direction", help="table of the direction step, as DirectionAccuracy prints it")
    p.add_argument("--extra", help="further kinds of attack and of harmless traffic, such as tocsin-bench/other-kinds.py; measured apart")
    p.add_argument("--extra-seeds", default="3", help="seeds for them")
    p.add_argument("--output", default=os.path.join(ROOT, "docs", "accuracy.md"))
    a = p.parse_args()
    settings = [tuple(x.lstrip("v").split("-")) for x in a.only.split(",")] if a.only else SETTINGS
    lines = ["# Accuracy", "",
             "Written by `tocsin-bench/accuracy.py " + " ".join("FILE" if x.startswith("/") else x for x in sys.argv[1:]) + "`; not by hand. What is measured is simulated traffic of one",
             "account that is dense with what looks like an attack and is none, %d instances over %d days a seed: the figures say whether" % (a.instances, a.days),
             "detectors cope with *these* cases and are no forecast for a real account. An attack is found by a finding of its own type, at its",
             "resource, active within ten minutes of it; a finding is false by what opened it. Nothing is configured but the lists and the",
             "inventory of the run: a scanner of one's own is not named. " + (
                 "Detectors of habits want %d days of history here, not what they document: attacks begin after half of the" % a.learn_days
                 if a.learn_days is not None else "Detectors of habits want the days of history that they document: attacks begin after half of the"),
             "days, at most 14. Seeds 1 to 8 of the simulator are for tuning; those under *other* were measured and not tuned on.", ""]
    for title, seeds in (("Tuning seeds " + a.seeds, list(span(a.seeds))), ("Other seeds " + (a.other or ""), list(span(a.other)))):
        if not seeds:
            continue
        by_setting = {}
        for version, interval in settings:
            by_setting[version, interval] = [evaluate(seed, version, interval, a) for seed in seeds]
            print(title, version, interval, "done", file=sys.stderr, flush=True)
        lines += ["## " + title, ""] + summary("In sum", by_setting)
        first = settings[0]
        lines += ["### By type, version %s, %s s" % first, ""] + detail(by_setting[first])
    if a.extra:
        extra = os.path.abspath(a.extra)
        by_setting = {setting: [evaluate(seed, *setting, a, extra) for seed in span(a.extra_seeds)] for setting in settings}
        first = settings[0]
        lines += ["## Kinds that were not tuned on at first", "", OTHER_KINDS % a.extra_seeds, ""] + summary("In sum, other kinds", by_setting)
        lines += ["### By type, other kinds, version %s, %s s" % first, ""] + detail(by_setting[first])
    if a.direction:
        lines += ["## Who opened a connection", ""] + open(a.direction).read().rstrip("\n").split("\n") + [""]
    page.write(a.output, network=lines)


main()
