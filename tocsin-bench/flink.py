#!/usr/bin/env python3
"""What a record costs on Flink against the local host, side by side in one run, and how large a checkpoint grows.

    tocsin-bench/flink.py LOGS                 records a CPU second of both, each operator's share, bytes sent a record
    tocsin-bench/flink.py --identities 10000   calls of so many identities of 100 accounts, made up: largest checkpoint and longest time
    tocsin-bench/flink.py --interfaces 10000   flows of so many interfaces
    tocsin-bench/flink.py --skew 30            a tenth of --interfaces' records on one interface, 30 % of --identities' in one account

CPU time is that of all processes, less that of a run over nothing. Standard library only; numbers of a loaded machine are ratios at best.
"""
import argparse, gzip, json, os, re, subprocess, sys, tempfile, time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DAY = 1772409600  # 2026-03-02


def run(command):
    """Standard error, and CPU seconds of the command and all it started."""
    before = os.times()
    done = subprocess.run(command, capture_output=True, text=True)
    after = os.times()
    if done.returncode not in (0, 3):
        sys.exit(f"{' '.join(map(str, command))}\n{done.stderr[-2000:]}")
    return done.stderr, (after.children_user + after.children_system) - (before.children_user + before.children_system)


def local(logs, work):
    ledger = work / "ledger.json"
    _, cpu = run([ROOT / "tocsin", "analyze", "--quiet", "--no-feeds", "--format", "jsonl", "--output", work / "f", "--ledger", ledger, logs])
    return json.loads(ledger.read_text())["totals"]["accepted"], cpu


def flink(logs, more=()):
    text, cpu = run([ROOT / "tocsin", "flink", "local", *more, logs])
    operators = re.findall(r"^(.+): (\d+) in, (\d+) out, (\d+) bytes sent, (\d+) ms busy$", text, re.M)
    checkpoint = re.search(r"^checkpoints: largest (\d+) bytes, longest (\d+) ms$", text, re.M)
    return cpu, operators, checkpoint


def compare(logs):
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        empty = work / "empty"
        empty.mkdir()
        (empty / "one.json").write_text('{"Records":[]}')
        local(empty, work)  # makes the launcher's cache of classes, if it is not there
        _, none_local = local(empty, work)
        none_flink, _, _ = flink(empty)
        records, cpu_local = local(logs, work)
        cpu_flink, operators, _ = flink(logs)
        one, other = records / (cpu_local - none_local), records / (cpu_flink - none_flink)
        print(f"{time.strftime('%Y-%m-%d %H:%MZ', time.gmtime())}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        print(f"records {records}; a CPU second: local {one:.0f}, Flink {other:.0f}, ratio {other / one:.2f}")
        print(f"start alone: local {none_local:.1f} s, Flink {none_flink:.1f} s of CPU")
        busy = sum(int(o[4]) for o in operators) or 1
        for name, read, _, sent, ms in operators:
            print(f"{name}: {read} in, {ms} ms busy, {100 * int(ms) / busy:.0f} % of busy time, {int(sent) / records:.1f} bytes sent a record")


def calls(folder, identities, skew):
    account = "111122223333"
    for part in range(0, identities, 1000):
        records = []
        for i in range(part, min(part + 1000, identities)):
            whose = account if i % 100 < skew else f"{444455550000 + i % 100:012d}"  # 100 accounts, or one with its share and the rest
            for n, action in enumerate(("ListBuckets", "DescribeInstances", "GetCallerIdentity")):
                at = DAY + (part // 1000) * 30 + n
                records.append({
                    "eventVersion": "1.08", "eventID": f"{i:08x}-{n}", "eventTime": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at)),
                    "userIdentity": {"type": "IAMUser", "principalId": f"AIDA{i}", "arn": f"arn:aws:iam::{whose}:user/u{i}", "accountId": whose,
                                     "accessKeyId": f"AKIA{i:012d}", "userName": f"u{i}"},
                    "eventSource": "ec2.amazonaws.com", "eventName": action, "awsRegion": "eu-central-1", "sourceIPAddress": "203.0.113.7",
                    "userAgent": "aws-cli/2.15", "readOnly": True, "eventType": "AwsApiCall", "recipientAccountId": whose})
        stamp = time.strftime("%Y%m%dT%H%MZ", time.gmtime(DAY + (part // 1000) * 30 + 300))
        name = folder / f"{account}_CloudTrail_eu-central-1_{stamp}_{part:016d}.json.gz"
        name.write_bytes(gzip.compress(json.dumps({"Records": records}).encode(), 1))


def flows(folder, interfaces, skew):
    header = "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status"
    for part in range(0, interfaces, 2000):
        lines = [header]
        for i in range(part, min(part + 2000, interfaces)):
            for n in range(5):
                eni = 0 if skew and (i * 5 + n) % 10 == 0 else i
                at = DAY + (part // 2000) * 10
                lines.append(f"2 111122223333 eni-{eni:017x} 10.{i >> 16 & 255}.{i >> 8 & 255}.{i & 255} 10.255.0.{n} {40000 + n} 443 6 10 {5000 + i % 97} {at} {at + 60} ACCEPT OK")
        stamp = time.strftime("%Y%m%dT%H%MZ", time.gmtime(DAY + (part // 2000) * 10 + 300))
        name = folder / f"111122223333_vpcflowlogs_eu-central-1_fl-1_{stamp}_{part:08x}.log.gz"
        name.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), 1))


def grow(make, count, skew, more):
    with tempfile.TemporaryDirectory() as folder:
        logs = Path(folder) / "logs"
        logs.mkdir()
        make(logs, count, skew)
        print(f"{time.strftime('%Y-%m-%d %H:%MZ', time.gmtime())}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        cpu, operators, checkpoint = flink(logs, more)
        if checkpoint:
            print(f"{count}: largest checkpoint {int(checkpoint[1]) / 1e6:.1f} MB ({int(checkpoint[1]) / count:.0f} bytes each), longest {checkpoint[2]} ms; {cpu:.0f} CPU s")
        for name, read, _, sent, ms in operators:
            print(f"  {name}: {read} in, {sent} bytes sent, {ms} ms busy")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("logs", nargs="?")
    options.add_argument("--identities", type=int)
    options.add_argument("--interfaces", type=int)
    options.add_argument("--skew", type=int, default=0)
    options.add_argument("--set", action="append", default=[], help="a setting of Flink's, KEY=VALUE")
    chosen = options.parse_args()
    more = ["--set", "execution.checkpointing.interval=2 s", *(x for one in chosen.set for x in ("--set", one))]
    if chosen.logs:
        compare(chosen.logs)
    if chosen.identities:
        grow(calls, chosen.identities, chosen.skew, more)
    if chosen.interfaces:
        grow(flows, chosen.interfaces, chosen.skew, more)


if __name__ == "__main__":
    main()
