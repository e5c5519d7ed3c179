#!/usr/bin/env python3
"""Judges stolen credentials and sign-ins from two places on a simulated organisation (account-sim): recall by setting, false alarms.

usage: tocsin-bench/stolen.py LOGS FINDINGS    LOGS is what simulate.py wrote, FINDINGS what 'tocsin analyze --format jsonl' printed

A session counts for the credential types if its calls carry an instance's, task's or function's credentials, and for the sign-in
types if it holds a sign-in; it is found if a finding's evidence names one of its records. A finding that names none is a false alarm.
"""
import collections
import gzip
import json
import os
import re
import sys

CREDENTIALS = re.compile(r"CredentialExfiltration")
SIGN_INS = re.compile(r"ConsoleLoginSuccess|FederatedLoginSuccess")
SIGN_IN_CALLS = {"ConsoleLogin", "UserAuthentication", "AssumeRoleWithSAML", "Federate"}
SETTINGS = ["external", "vpn", "aws", "neighbour", "stealth"]


def labels(logs):
    rows = {}
    with open(os.path.join(logs, "labels.tsv"), encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if cells[1] in ("attack", "attack-effect"):
                rows[cells[0]] = cells
    return rows


def records(logs, wanted):
    found = {}
    for folder, _, names in os.walk(os.path.join(logs, "AWSLogs")):
        for name in names:
            if name.endswith(".json.gz"):
                with gzip.open(os.path.join(folder, name), "rt", encoding="utf-8") as text:
                    for record in json.load(text)["Records"]:
                        if record["eventID"] in wanted:
                            found[record["eventID"]] = record
    return found


def holder(record):
    who = record["userIdentity"]
    scope = (who.get("inScopeOf") or {}).get("issuerType", "")
    if "ec2RoleDelivery" in who.get("sessionContext", {}) or "Instance" in scope:
        return "instance"
    return "task" if "ECS" in scope else "function" if "Lambda" in scope else None


def findings(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            finding = json.loads(line)
            finding = finding.get("finding", finding)
            yield finding.get("type") or finding.get("Type"), set(re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", line)), finding


def main(logs, path):
    rows = labels(logs)
    known = records(logs, rows)
    sessions = collections.defaultdict(lambda: {"ids": set(), "kinds": set()})
    for event, cells in rows.items():
        record = known.get(event)
        if record is None:
            continue
        session = sessions[cells[2]]
        session["setting"] = cells[5]
        session["ids"].add(event)
        kind = holder(record) if cells[1] == "attack" else None
        if kind:
            session["kinds"].add(kind)
        if record["eventName"] in SIGN_IN_CALLS and "Failure" not in json.dumps(record.get("responseElements")):
            session["kinds"].add("sign-in " + ("console" if record["eventName"] == "ConsoleLogin" else "federated"))
    made = [(name, ids, finding) for name, ids, finding in findings(path) if CREDENTIALS.search(name) or SIGN_INS.search(name)]
    table = collections.defaultdict(lambda: [0, 0])
    used = set()
    for session in sessions.values():
        for kind in session["kinds"]:
            wanted = SIGN_INS if kind.startswith("sign-in") else CREDENTIALS
            hits = [n for n, (name, ids, _) in enumerate(made) if wanted.search(name) and ids & session["ids"]]
            used.update(hits)
            table[kind, session["setting"]][0] += bool(hits)
            table[kind, session["setting"]][1] += 1
    print("found of sessions  " + "  ".join(f"{setting:>10}" for setting in SETTINGS))
    for kind in sorted({kind for kind, _ in table}):
        cells = ["{} of {}".format(*table[kind, setting]) if (kind, setting) in table else "-" for setting in SETTINGS]
        print(f"{kind:18} " + "  ".join(f"{cell:>10}" for cell in cells))
    with open(os.path.join(logs, "accounts.tsv"), encoding="utf-8") as lines:
        accounts = [json.loads(line.rstrip("\n").split("\t")[6]) for line in lines if line.startswith("account\t")]
    days = sum(account["days"] for account in accounts)
    false = collections.Counter(name for n, (name, ids, _) in enumerate(made) if n not in used and not ids & set(rows))
    all_of = collections.Counter(name for name, _, _ in made)
    print(f"\nfindings and false alarms in {len(accounts)} accounts, {days} account-days")
    for name in sorted(all_of):
        print(f"{name:72} {all_of[name]:4} {false[name]:4}  {false[name] / days:.4f} an account-day")


if __name__ == "__main__":
    main(*sys.argv[1:])
