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
    yield call("13:21:44", DEPLOY, INTRUDER, KALI, "iam", "UpdateAccountPasswordPolicy",
               {"minimumPasswordLength": 6, "requireSymbols": False, "requireNumbers": False}, read_only=False,
               region="us-east-1")
    yield call("13:25:10", DEPLOY, INTRUDER, KALI, "s3", "DeleteBucketPublicAccessBlock",
               {"bucketName": "orders-archive", "publicAccessBlock": ""}, read_only=False)
    yield call("13:25:31", DEPLOY, INTRUDER, KALI, "s3", "PutBucketPolicy",
               {"bucketName": "orders-archive", "bucketPolicy": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                    "Resource": "arn:aws:s3:::orders-archive/*"}]}}, read_only=False)
    yield call("13:26:02", DEPLOY, INTRUDER, KALI, "s3", "PutBucketLogging",
               {"bucketName": "orders-archive", "BucketLoggingStatus": {}}, read_only=False)
    yield call("13:40:00", DEPLOY, INTRUDER, KALI, "bedrock", "DeleteModelInvocationLoggingConfiguration",
               read_only=False)
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


VPC, SUBNET, HOST, ENI, HOST_IP = ("vpc-0aaaabbbbccccdddd", "subnet-0aaaabbbbccccdddd", "i-0aaaabbbbccccdddd",
                                   "eni-0aaaabbbbccccdddd", "10.20.1.15")
FIELDS = ("version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action "
          "log-status vpc-id subnet-id instance-id tcp-flags pkt-srcaddr pkt-dstaddr flow-direction")
EPOCH = 1772409600  # 2026-03-02T00:00:00Z


def at(clock):
    hours, minutes, seconds = map(int, clock.split(":"))
    return EPOCH + hours * 3600 + minutes * 60 + seconds


def flow(clock, source, target, sport, dport, packets, size, flags, outward, action="ACCEPT"):
    start = at(clock)
    direction = "egress" if outward else "ingress"
    return (start, f"5 {ACCOUNT} {ENI} {source} {target} {sport} {dport} 6 {packets} {size} {start} {start + 55} {action} "
                   f"OK {VPC} {SUBNET} {HOST} {flags} {source} {target} {direction}")


def traffic():
    for minute in range(0, 24 * 60, 7):
        clock, port = f"{minute // 60:02d}:{minute % 60:02d}:{rng.randrange(60):02d}", rng.randrange(32768, 60999)
        server = rng.choice(["192.0.2.10", "192.0.2.11", "192.0.2.40"])
        yield flow(clock, HOST_IP, server, port, 443, 12, 3100, 3, True)
        yield flow(clock, server, HOST_IP, 443, port, 14, 18700, 19, False)
    for minute in range(14 * 60, 15 * 60, 5):  # the implant calls home
        clock, port = f"{minute // 60:02d}:{minute % 60:02d}:11", rng.randrange(32768, 60999)
        yield flow(clock, HOST_IP, "198.51.100.99", port, 8443, 9, 1420, 3, True)
        yield flow(clock, "198.51.100.99", HOST_IP, 8443, port, 8, 2210, 19, False)
    yield flow("14:31:02", HOST_IP, "198.51.100.77", 45011, 3333, 40, 5200, 3, True)
    yield flow("14:31:02", "198.51.100.77", HOST_IP, 3333, 45011, 38, 9100, 19, False)


def query(clock, name, answer):
    answers = [{"Rdata": answer, "Type": "A", "Class": "IN"}] if answer else []
    record = {"version": "1.100000", "account_id": ACCOUNT, "region": REGION, "vpc_id": VPC,
              "query_timestamp": f"{DAY}T{clock}Z", "query_name": name + ".", "query_type": "A", "query_class": "IN",
              "rcode": "NOERROR" if answer else "NXDOMAIN", "answers": answers, "srcaddr": HOST_IP,
              "srcport": str(rng.randrange(32768, 60999)), "transport": "UDP", "srcids": {"instance": HOST}}
    return at(clock), json.dumps(record, separators=(",", ":"))


def queries():
    for minute in range(0, 24 * 60, 9):
        clock = f"{minute // 60:02d}:{minute % 60:02d}:{rng.randrange(60):02d}"
        yield query(clock, rng.choice(["api.shop.example", "packages.example", "time.example"]), "192.0.2.10")
    yield query("13:58:40", "cdn.update-check.example", "198.51.100.99")
    yield query("14:30:55", "pool.coins.example", "198.51.100.77")
    yield query("14:44:10", "rebind.update-check.example", "169.254.169.254")


def text(lines, folder, name, header, suffix):
    slots = {}
    for time, line in lines:
        slots.setdefault((time - EPOCH) // 3600, []).append((time, line))
    for hour, group in sorted(slots.items()):
        stamp = f"{DAY.replace('-', '')}T{hour:02d}55Z"
        body = "\n".join(([header] if header else []) + [line for _, line in sorted(group)]) + "\n"
        write(f"{folder}/{DAY.replace('-', '/')}/{name}_{stamp}_{uid(name, stamp)[:8]}{suffix}", body.encode())


shutil.rmtree(ROOT, ignore_errors=True)
text(list(traffic()), f"AWSLogs/{ACCOUNT}/vpcflowlogs/{REGION}",
     f"{ACCOUNT}_vpcflowlogs_{REGION}_fl-0aaaabbbbccccdddd", FIELDS, ".log.gz")
text(list(queries()), f"AWSLogs/{ACCOUNT}/vpcdnsquerylogs/{VPC}", f"{VPC}_vpcdnsquerylogs_{ACCOUNT}", "", ".log.gz")
cloudtrail(list(everyday()) + list(intrusion()))
