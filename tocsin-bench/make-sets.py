#!/usr/bin/env python3
"""Writes the bench's sets to a folder: made-up logs of the shape and size of real ones. Same bytes every time."""
import gzip
import json
import os
import random
import sys

ACCOUNT = "210987654321"
REGION = "eu-central-1"
EPOCH = 1772409600  # 2026-03-02T00:00:00Z
AGENTS = ["aws-cli/2.17.9 md/awscrt#0.20.11 ua/2.0 os/linux#6.8.0 md/arch#x86_64 lang/python#3.11.8",
          "Boto3/1.34.11 md/Botocore#1.34.11 ua/2.0 os/linux#5.10.199 md/arch#x86_64 lang/python#3.10.12",
          "aws-sdk-java/2.25.10 Linux/5.10 OpenJDK_64-Bit_Server_VM/21.0.2 Java/21.0.2 vendor/Eclipse_Adoptium"]
CALLS = [("ec2", "DescribeInstances"), ("s3", "GetBucketAcl"), ("logs", "DescribeLogGroups"), ("sts", "AssumeRole"),
         ("lambda", "ListFunctions20150331"), ("kms", "Decrypt"), ("iam", "GetRole"), ("ssm", "GetParameter")]


def uid(rng):
    digits = f"{rng.getrandbits(128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def stamp(at):
    seconds = at - EPOCH
    return f"2026-03-{2 + seconds // 86400:02d}T{seconds // 3600 % 24:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}Z"


def sessions(rng, count):
    """Role sessions that are under way at one time, with where they call from: each makes many calls."""
    made = []
    for number in range(count):
        role = f"service-role-{number:04d}"
        session = f"i-{rng.getrandbits(68):017x}"
        key = f"{rng.getrandbits(60):015X}"
        identity = {"type": "AssumedRole", "principalId": f"AROAEXAMPLE{role[-4:]}:{session}",
                    "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/{role}/{session}", "accountId": ACCOUNT,
                    "accessKeyId": "ASIA" + key[:16],
                    "sessionContext": {
                        "sessionIssuer": {"type": "Role", "principalId": f"AROAEXAMPLE{role[-4:]}",
                                          "arn": f"arn:aws:iam::{ACCOUNT}:role/{role}", "accountId": ACCOUNT,
                                          "userName": role},
                        "attributes": {"creationDate": "2026-03-02T00:00:00Z", "mfaAuthenticated": "false"}}}
        made.append((identity, f"10.{rng.randrange(16)}.{rng.randrange(256)}.{rng.randrange(256)}", rng.choice(AGENTS)))
    return made


def record(rng, at, session):
    service, name = rng.choice(CALLS)
    identity, address, agent = session
    made = {"eventVersion": "1.09", "userIdentity": identity, "eventTime": stamp(at),
            "eventSource": service + ".amazonaws.com", "eventName": name, "awsRegion": REGION,
            "sourceIPAddress": address, "userAgent": agent,
            "requestParameters": {"filterSet": {}, "instancesSet": {"items": [
                {"instanceId": f"i-{rng.getrandbits(68):017x}"} for _ in range(rng.randrange(2))]}},
            "responseElements": None, "requestID": uid(rng), "eventID": uid(rng), "readOnly": True,
            "eventType": "AwsApiCall", "managementEvent": True, "recipientAccountId": ACCOUNT,
            "eventCategory": "Management",
            "tlsDetails": {"tlsVersion": "TLSv1.3", "cipherSuite": "TLS_AES_128_GCM_SHA256",
                           "clientProvidedHostHeader": f"{service}.{REGION}.amazonaws.com"}}
    return json.dumps(made, separators=(",", ":"))


def cloudtrail(folder, objects, records):
    rng = random.Random(f"{objects}/{records}")
    os.makedirs(folder)
    active = sessions(rng, 2000)
    for i in range(objects):
        at = EPOCH + i * 10
        body = ",".join(record(rng, at + n % 10, rng.choice(active)) for n in range(records))
        time = stamp(at + 300)[:16].replace("-", "").replace(":", "") + "Z"
        name = f"{ACCOUNT}_CloudTrail_{REGION}_{time}_{i:016x}.json.gz"
        with open(os.path.join(folder, name), "wb") as out:
            out.write(gzip.compress(('{"Records":[' + body + "]}").encode(), 6, mtime=0))


def flow(folder, objects, lines):
    rng = random.Random(116)
    os.makedirs(folder)
    interfaces = [(f"eni-0{rng.getrandbits(64):016x}", f"172.31.{n // 250}.{n % 250 + 1}") for n in range(1000)]
    for i in range(objects):
        at = EPOCH + i * 300
        text = ["version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end"
                " action log-status"]
        for n in range(lines):
            start = at + n * 300 // lines
            interface, own = rng.choice(interfaces)
            text.append(f"2 {ACCOUNT} {interface} {rng.randrange(11, 200)}.{rng.randrange(256)}.{rng.randrange(256)}."
                        f"{rng.randrange(256)} {own} "
                        f"{rng.randrange(1024, 65536)} {rng.choice((443, 80, 5432, 6379))} 6 {rng.randrange(1, 200)} "
                        f"{rng.randrange(40, 99999)} {start} {start + 60} ACCEPT OK")
        time = stamp(at)[:16].replace("-", "").replace(":", "") + "Z"
        name = f"{ACCOUNT}_vpcflowlogs_{REGION}_fl-0123456789abcdef0_{time}_{i:08x}.log.gz"
        with open(os.path.join(folder, name), "wb") as out:
            out.write(gzip.compress(("\n".join(text) + "\n").encode(), 6, mtime=0))


def indicators(file, count):
    """An intelligence list: three names to one address, spread over the categories that detectors read."""
    rng = random.Random(15)
    categories = ("c2", "phishing", "malware", "cryptomining", "suspicious", "drive-by")
    with gzip.open(file, "wt", compresslevel=6, encoding="ascii") as out:
        out.write("indicator\tkind\tport\tcategory\tfamily\treference\tcaution\n")
        for n in range(count):
            category = categories[n % len(categories)]
            if n % 4:
                out.write(f"{rng.getrandbits(40):010x}{n}.example{n % 97}.com\tdomain\t\t{category}\tfamily{n % 3000}\t\t\n")
            else:
                out.write(f"{rng.randrange(200, 224)}.{rng.randrange(256)}.{rng.randrange(256)}.{rng.randrange(256)}"
                          f"\tip\t443\t{category}\tfamily{n % 3000}\t\t\n")


def main():
    root, scale = sys.argv[1], float(sys.argv[2])
    indicators(os.path.join(root, "intel.tsv.gz"), 1_500_000)
    cloudtrail(os.path.join(root, "cloudtrail-large"), max(4, int(100 * scale)), 10000)
    cloudtrail(os.path.join(root, "cloudtrail-small"), max(4, int(20000 * scale)), 8)
    flow(os.path.join(root, "flow"), max(4, int(30 * scale)), 100000)


if __name__ == "__main__":
    main()
