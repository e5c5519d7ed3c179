#!/usr/bin/env python3
"""Composes intrusions of several techniques by one victim from account-sim's attack files, for measuring attack sequences.
usage: intrusions.py TOOLS OUT    TOOLS is the folder of account-sim; OUT a file for simulate.py's --attacks
Each line below is one intrusion: its techniques in order, a pause of minutes between them."""
import json
import sys

# Written once, before any figure was looked at: pauses from minutes to hours, two to five techniques.
INTRUSIONS = [
    ("look-persist-blind", 12, "discovery.ec2-download-user-data persistence.iam-create-admin-user defense-evasion.cloudtrail-stop"),
    ("secrets-and-out", 25, "credential-access.secretsmanager-retrieve-secrets credential-access.ssm-retrieve-securestring-parameters exfiltration.rds-share-snapshot"),
    ("blind-first", 8, "defense-evasion.cloudtrail-event-selectors persistence.iam-backdoor-role exfiltration.ec2-share-ami"),
    ("login-and-mine", 40, "initial-access.console-login-without-mfa defense-evasion.vpc-remove-flow-logs execution.ec2-launch-unusual-instances"),
    ("slow-afternoon", 150, "discovery.ec2-download-user-data credential-access.secretsmanager-retrieve-secrets persistence.iam-backdoor-user exfiltration.rds-share-snapshot"),
    ("function-thief", 18, "persistence.lambda-overwrite-code persistence.lambda-backdoor-function credential-access.ssm-retrieve-securestring-parameters"),
    ("lateral", 15, "execution.ssm-send-command lateral-movement.ec2-instance-connect credential-access.ec2-steal-instance-credentials"),
    ("wide", 20, "discovery.ec2-download-user-data persistence.iam-create-admin-user persistence.rolesanywhere-create-trust-anchor defense-evasion.vpc-remove-flow-logs exfiltration.ec2-share-ami"),
    ("two-steps", 10, "persistence.iam-backdoor-user defense-evasion.cloudtrail-stop"),
    ("open-door", 30, "exfiltration.ec2-security-group-open-port-22-ingress execution.ec2-user-data persistence.iam-backdoor-role"),
    ("leave", 5, "defense-evasion.organizations-leave persistence.iam-create-admin-user"),
    ("miner", 45, "impact.unused-region-quotas persistence.iam-backdoor-user"),
]


def main(tools, out):
    known = {}
    for name in ("attacks.json", "attacks-more.json"):
        with open(f"{tools}/{name}", encoding="utf-8") as file:
            known.update({one["name"]: one for one in json.load(file)})
    composed = []
    for name, minutes, techniques in INTRUSIONS:
        events = [[0, "sts.amazonaws.com", "GetCallerIdentity", None, None]]
        accept = set()
        needs = "any"
        for technique in techniques.split():
            start = events[-1][0] + minutes * 60
            one = known[technique]
            events += [[start + at, *rest] for at, *rest in one["events"]]
            accept |= set(one["accept"])
            needs = one["needs"] if one["needs"] != "any" else needs
        composed.append({
            "name": "intrusion." + name,
            "tactic": "Intrusion",
            "accept": sorted(accept),
            "needs": needs,
            "events": events,
        })
    with open(out, "w", encoding="utf-8") as file:
        json.dump(composed, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
