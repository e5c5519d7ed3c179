#!/usr/bin/env python3
"""Measures Trojan:EC2/DGADomainRequest.B a host: families found within 100 queries, and benign hosts alarmed in a month.

usage: measure.py CORPUS.tsv.gz [--hosts 1000] [--days 30] [--seed 1] [--work FOLDER]

Writes resolver query logs of made-up hosts, runs ./tocsin analyze over them, and prints the tables of docs/dga.md. The names
are the corpus'; how many a host asks for, when, and how many of them fail is invented here and stands beside each kind.
"""
import argparse
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict

import names

ROOT = os.path.join(names.HERE, "../..")
START = 1_772_409_600  # Monday 2026-03-02
DAY = 86_400
STEP = 600  # seconds an object spans: less than resolver logs may come late
TYPE = "Trojan:EC2/DGADomainRequest.B"
QUERIES = 100
HOSTS_A_FAMILY = 5
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def stamp(at):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))


class Log:
    """Queries by account and ten minutes, written as Route 53 Resolver writes them; an account has a hundred hosts, so none is flooded with findings."""

    def __init__(self):
        self.steps = defaultdict(list)
        self.accounts = {}

    def ask(self, at, host, name, code="NOERROR", kind="A"):
        account = self.accounts.setdefault(host, len(self.accounts) // 100)
        self.steps[account, int(at - START) // STEP].append((int(at), host, name, code, kind))

    def write(self, folder):
        """Writes and forgets all, and says how many there were."""
        total = 0
        for (number, step), rows in sorted(self.steps.items()):
            rows.sort()
            account = "1111222%05d" % number
            at = stamp(START + step * STEP + STEP)
            path = os.path.join(folder, "AWSLogs", account, "vpcdnsquerylogs/vpc-1", at[:10].replace("-", "/"))
            os.makedirs(path, exist_ok=True)
            file = "vpc-1_vpcdnsquerylogs_%s_%sZ_%08x.log.gz" % (account, at[:16].replace("-", "").replace(":", ""), step)
            with gzip.open(os.path.join(path, file), "wt", 1) as out:
                for port, (t, host, name, code, kind) in enumerate(rows):
                    answers = '[{"Rdata":"192.0.2.1","Type":"A","Class":"IN"}]' if code == "NOERROR" and kind == "A" else "[]"
                    out.write('{"version":"1.100000","account_id":"%s","region":"us-east-1","vpc_id":"vpc-1","query_timestamp":"%s","query_name":"%s.","query_type":"%s","query_class":"IN","rcode":"%s","answers":%s,"srcaddr":"10.0.0.1","srcport":"%d","transport":"UDP","srcids":{"instance":"%s"}}\n'
                              % (account, stamp(t), name, kind, code, answers, 1024 + port % 60000, host))
            total += len(rows)
        self.steps.clear()
        return total


def mistyped(name, r):
    parts = names.registered(name)
    if parts is None or len(parts[0]) < 4:
        return name
    label, i = parts[0], r.randrange(1, len(parts[0]) - 1)
    edit = r.randrange(3)
    label = label[:i] + (r.choice(LETTERS) + label[i:] if edit == 0 else label[i + 1:] if edit == 1 else label[i + 1] + label[i] + label[i + 2:])
    return label + "." + parts[1]


def dead(name, r):
    """A name that fails: mistyped, or as it is, as if its owner had let it go, or a host that a living domain lacks."""
    parts = names.registered(name)
    whole = name if parts is None else ".".join(parts)
    what = r.random()
    if what < .25:
        return r.choice(("old.", "mail.", "m.", "autodiscover.", "shop.")) + whole
    return ("www." if r.random() < .3 else "") + (mistyped(whole, r) if what < .65 else whole)


def office(r):
    return r.choice((8, 9, 9, 10, 10, 11, 12, 13, 14, 14, 15, 15, 16, 17, 18, 20)) * 3600 + r.random() * 3600


class Benign:
    """A month of one harmless host of a kind."""

    def __init__(self, log, pool, r, host, days):
        self.log, self.pool, self.r, self.host, self.days = log, pool, r, host, days
        self.gone = set()

    def fail(self, at, name=None):
        name = name or dead(self.r.choice(self.pool), self.r)
        for kind in ("A", "AAAA"):
            self.log.ask(at, self.host, name, "NXDOMAIN", kind)

    def server(self):
        r = self.r
        mine = r.sample(self.pool, r.randrange(8, 40))
        stale = [dead(r.choice(self.pool), r) for _ in range(r.choice((0, 0, 0, 1, 2, 5)))]
        for day in range(self.days):
            t = START + day * DAY
            for name in mine:
                self.log.ask(t + r.random() * DAY, self.host, name)
            for name in stale:
                self.fail(t + r.random() * DAY, name)
            for _ in range(r.choice((0, 0, 1, 3))):
                self.log.ask(t + r.random() * DAY, self.host, r.choice(self.pool))
            if r.random() < .1:
                self.fail(t + r.random() * DAY)

    def workspace(self):
        r = self.r
        habit, many = r.sample(self.pool, 60), r.randrange(60, 300)
        share = r.uniform(.005, .03)
        for day in range(self.days):
            t = START + day * DAY
            for _ in range(many if day % 7 < 5 else many // 4):
                if r.random() < share:
                    self.fail(t + office(r))
                else:
                    self.log.ask(t + office(r), self.host, r.choice(habit) if r.random() < .5 else r.choice(self.pool))

    def mail(self):
        r = self.r
        many, share = r.randrange(100, 400), r.uniform(.03, .12)
        for day in range(self.days):
            t = START + day * DAY
            campaign = r.random() < .1
            for _ in range(many * (3 if campaign else 1)):
                at = t + (10 * 3600 + r.random() * 1800 if campaign else office(r))
                name = r.choice(self.pool)
                if r.random() < share:
                    name = dead(name, r)
                    self.log.ask(at, self.host, name, "NXDOMAIN", "MX")
                    self.fail(at, name)
                else:
                    self.log.ask(at, self.host, name, "NOERROR", "MX")
                    self.log.ask(at, self.host, name)

    def crawler(self):
        r = self.r
        many, share = r.randrange(300, 1500), r.uniform(.03, .3)
        for day in range(self.days):
            t = START + day * DAY
            run = r.random() * (DAY - 1800)
            for i in range(many):
                at = t + (run + r.random() * 1800 if i % 2 else r.random() * DAY)
                if r.random() < share:
                    self.fail(at)
                else:
                    self.log.ask(at, self.host, r.choice(self.pool))

    def links(self):
        r = self.r
        many, share = r.randrange(100, 600), r.uniform(.2, .45)
        for day in range(self.days):
            t = START + day * DAY + 2 * 3600
            for _ in range(many):
                at = t + r.random() * 2 * 3600
                if r.random() < share:
                    self.fail(at)
                else:
                    self.log.ask(at, self.host, r.choice(self.pool))

    def brand(self):
        r = self.r
        brand = r.choice([name for name in r.sample(self.pool, 200) if (p := names.registered(name)) and len(p[0]) > 5])
        brand = ".".join(names.registered(brand))
        for day in range(self.days):
            t = START + day * DAY + 3 * 3600
            for _ in range(r.randrange(200, 600)):
                name = mistyped(brand, r)
                self.log.ask(t + r.random() * 1800, self.host, name, "NXDOMAIN" if r.random() < .9 else "NOERROR")


KINDS = (("server", 75, "8 to 40 names of its own, a few new ones, up to 5 that are gone and asked for daily; 1 of 10 days another fails"),
         ("workspace", 13, "60 to 300 names in office hours, half of them its habit; 0.5 to 3 % fail"),
         ("mail", 4, "100 to 400 recipients' domains, MX and A, some days three times as many in half an hour; 3 to 12 % fail"),
         ("crawler", 4, "300 to 1,500 names, half of them in half an hour; 3 to 30 % fail"),
         ("links", 3, "a link checker: 100 to 600 names in two hours of the night; 20 to 45 % fail"),
         ("brand", 1, "a brand monitor: 200 to 600 mistyped forms of one name in half an hour; 90 % fail"))


def benign(log, pool, hosts, days, r):
    kinds = {}
    for number in range(hosts):
        at = number % 100
        for kind, share, _ in KINDS:
            if at < share:
                break
            at -= share
        host = "i-b%05d" % number
        kinds[host] = kind
        getattr(Benign(log, pool, random.Random(r.random()), host, days), kind)()
    return kinds


def infected(log, families, pool, days, r):
    """Hosts whose malware makes 100 queries: at once or over six hours, on a new host and on one that is known for four days."""
    hosts = {}
    for family in sorted(families):
        for pace, span in (("burst", 300), ("slow", 6 * 3600)):
            for age in ("new", "known"):
                for number in range(HOSTS_A_FAMILY):
                    host = "i-%s-%s-%s-%d" % (family.replace("_", ""), pace, age, number)
                    hosts[host] = (family, pace, age)
                    day = 4 if age == "known" else 0
                    mine = r.sample(pool, r.randrange(8, 40))
                    for d in range(day + 1):
                        for name in mine:
                            log.ask(START + d * DAY + r.random() * DAY, host, name)
                    some = r.sample(families[family], min(QUERIES, len(families[family])))
                    some += [r.choice(some) for _ in range(QUERIES - len(some))]
                    at = START + day * DAY + 8 * 3600 + r.random() * 3600
                    for name in some:
                        log.ask(at + r.random() * span, host, name, "NOERROR" if r.random() < .02 else "NXDOMAIN")
    return hosts


def analyse(folder):
    text = subprocess.run([os.path.join(ROOT, "tocsin"), "analyze", "--quiet", "--format", "jsonl", folder], stdout=subprocess.PIPE, check=False).stdout
    found = Counter()
    for line in text.decode().splitlines():
        finding = json.loads(line)
        if finding.get("type") == TYPE:
            found[finding["resource"]["instanceDetails"]["instanceId"]] += 1
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus")
    parser.add_argument("--hosts", type=int, default=1000)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work")
    options = parser.parse_args()
    r = random.Random(options.seed)
    families, pool = defaultdict(list), []
    with gzip.open(options.corpus, "rt") as file:
        for line in file:
            if not line.startswith("#"):
                name, family = line.split("\t")[:2]
                (pool if family == "benign" else families[family]).append(name)
    with tempfile.TemporaryDirectory(dir=options.work) as folder:
        log = Log()
        hosts = infected(log, families, pool, 5, r)
        log.write(folder)
        found = analyse(folder)
    print("| family | names | at once, new host | at once, known host | over 6 h, new host | over 6 h, known host |")
    print("|---|---:|---:|---:|---:|---:|")
    for family in sorted(families):
        cells = []
        for pace in ("burst", "slow"):
            for age in ("new", "known"):
                mine = [host for host, what in hosts.items() if what == (family, pace, age)]
                cells.append("%d/%d" % (sum(host in found for host in mine), len(mine)))
        print("| %s | %d | %s |" % (family, len(families[family]), " | ".join(cells)))
    for pace in ("burst", "slow"):
        for age in ("new", "known"):
            by = defaultdict(list)
            for host, what in hosts.items():
                if what[1:] == (pace, age):
                    by[what[0]].append(host in found)
            most = sum(sum(some) * 2 > len(some) for some in by.values())
            print("%s, %s host: %d of %d families (%.0f %%) found on most hosts, %.0f %% of hosts" % (pace, age, most, len(by), 100 * most / len(by), 100 * sum(map(sum, by.values())) / sum(map(len, by.values()))))
    if options.hosts == 0:
        return
    with tempfile.TemporaryDirectory(dir=options.work) as folder:
        log = Log()
        kinds = benign(log, pool, options.hosts, options.days, r)
        total = log.write(folder)
        found = analyse(folder)
    print("\n%d benign hosts, %d days, %d queries: %d hosts alarmed\n" % (options.hosts, options.days, total, len(found)))
    print("| kind | hosts | alarmed | what a day is |\n|---|---:|---:|---|")
    for kind, _, what in KINDS:
        mine = [host for host in kinds if kinds[host] == kind]
        print("| %s | %d | %d | %s |" % (kind, len(mine), sum(host in found for host in mine), what))


if __name__ == "__main__":
    main()
