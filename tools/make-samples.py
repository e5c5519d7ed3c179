#!/usr/bin/env python3
"""Writes samples/: one day of a small made-up account in S3 layout. Same bytes every time."""
import gzip
import hashlib
import json
import os
import random
import shutil

ACCOUNT = "210987654321"
REGION = "eu-central-1"
DAY = "2026-03-02"
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "samples")
rng = random.Random(2026)


def uid(*parts):
    digest = hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"


def user(name, key):
    return {"type": "IAMUser", "principalId": "AIDAEXAMPLE" + name.upper(), "accountId": ACCOUNT,
            "arn": f"arn:aws:iam::{ACCOUNT}:user/{name}", "accessKeyId": key, "userName": name}


ROOT_USER = {"type": "Root", "principalId": ACCOUNT, "arn": f"arn:aws:iam::{ACCOUNT}:root", "accountId": ACCOUNT,
             "accessKeyId": ""}
MIRA = user("mira", "AKIAEXAMPLEMIRA00001")
DEPLOY = user("deploy", "AKIAEXAMPLEDEPLOY001")
OFFICE = "203.0.113.20"
RUNNER = "203.0.113.77"
INTRUDER = "198.51.100.23"
CLI = "aws-cli/2.17.9 md/awscrt#0.20.11 ua/2.0 os/linux#6.8.0 md/arch#x86_64 lang/python#3.11.8"
KALI = "aws-cli/2.9.19 Python/3.11.9 Linux/6.6.9-amd64 source/x86_64.kali.2024 prompt/off"


def call(clock, who, source, agent, service, name, request=None, error=None, read_only=True, region=REGION, **more):
    record = {"eventVersion": "1.09", "userIdentity": who, "eventTime": f"{DAY}T{clock}Z",
              "eventSource": service + ".amazonaws.com", "eventName": name, "awsRegion": region,
              "sourceIPAddress": source, "userAgent": agent}
    if error:
        record["errorCode"] = error
        record["errorMessage"] = "denied"
    record.update({"requestParameters": request, "responseElements": None,
                   "requestID": uid("request", clock, name), "eventID": uid("event", clock, who["arn"], name),
                   "readOnly": read_only, "eventType": "AwsApiCall", "managementEvent": True,
                   "recipientAccountId": ACCOUNT, "eventCategory": "Management"})
    record.update(more)
    return record


def everyday():
    for minute in range(8 * 60, 18 * 60, 11):
        clock = f"{minute // 60:02d}:{minute % 60:02d}:{rng.randrange(60):02d}"
        service, name = rng.choice([("ec2", "DescribeInstances"), ("s3", "ListBuckets"), ("logs", "DescribeLogGroups"),
                                    ("cloudwatch", "GetMetricData"), ("lambda", "ListFunctions")])
        yield call(clock, MIRA, OFFICE, CLI, service, name)
    for hour in range(0, 24, 2):
        yield call(f"{hour:02d}:30:05", DEPLOY, RUNNER, CLI, "sts", "GetCallerIdentity")
        yield call(f"{hour:02d}:30:09", DEPLOY, RUNNER, CLI, "lambda", "UpdateFunctionCode20150331v2",
                   {"functionName": "orders"}, read_only=False)


def intrusion():
    """The deploy key, lost in a public repository, in a stranger's hands."""
    yield call("13:02:11", DEPLOY, INTRUDER, KALI, "sts", "GetCallerIdentity")
    yield call("13:02:40", DEPLOY, INTRUDER, KALI, "iam", "ListUsers", region="us-east-1")
    yield call("13:03:05", DEPLOY, INTRUDER, KALI, "s3", "ListBuckets")
    yield call("13:09:31", DEPLOY, INTRUDER, KALI, "cloudtrail", "StopLogging",
               {"name": f"arn:aws:cloudtrail:{REGION}:{ACCOUNT}:trail/main"}, read_only=False)
    yield call("13:15:58", DEPLOY, INTRUDER, KALI, "cloudtrail", "DeleteTrail", {"name": "main"},
               error="AccessDenied", read_only=False)
    yield call("16:20:00", ROOT_USER, OFFICE, "Mozilla/5.0", "iam", "UpdateAccessKey",
               {"userName": "deploy", "accessKeyId": "AKIAEXAMPLEDEPLOY001", "status": "Inactive"}, read_only=False,
               region="us-east-1")


def write(path, data):
    path = os.path.join(ROOT, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write(data)


def cloudtrail(records):
    objects = {}
    for record in records:
        hour, minute = record["eventTime"][11:13], int(record["eventTime"][14:16]) // 15 * 15
        objects.setdefault((record["awsRegion"], hour, minute), []).append(record)
    for (region, hour, minute), group in sorted(objects.items()):
        group.sort(key=lambda record: record["eventTime"])
        stamp = f"{DAY.replace('-', '')}T{hour}{minute + 14:02d}Z"
        name = f"{ACCOUNT}_CloudTrail_{region}_{stamp}_{uid(region, stamp).replace('-', '')[:16]}.json.gz"
        write(f"AWSLogs/{ACCOUNT}/CloudTrail/{region}/{DAY.replace('-', '/')}/{name}",
              json.dumps({"Records": group}, separators=(",", ":")).encode())


shutil.rmtree(ROOT, ignore_errors=True)
cloudtrail(list(everyday()) + list(intrusion()))
