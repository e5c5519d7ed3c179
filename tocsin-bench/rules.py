#!/usr/bin/env python3
"""How many of the corpus's labelled events named rules cover, and what the rules add to quiet accounts.

    tocsin-bench/rules.py [--corpus ../shared/corpus/cloudtrail] [--tocsin ./tocsin] [--write docs/rules.md]

Panther's events are tests of one rule each: `expected: true` is what that rule tells, not every one of them a threat;
`expected: false` says nothing of other rules. An event is covered if a finding has it among its records. Each event gets
a principal of its own, so that findings of different events stay apart, and an eventID to be known by; nothing else of it
is changed. Stratus's logs are a technique each. Needs a built checkout.
"""
import argparse
import collections
import datetime
import gzip
import json
import pathlib
import re
import subprocess
import tempfile

# Source rules whose expected events are everyday work or a fact to note, whatever else is known: no threat is told.
ROUTINE = {
    'AWS.CloudTrail.UserAccessKeyAuth', 'AWS.ConfigService.Created', 'AWS.Console.LoginWithoutSAML',
    'AWS.Console.Sign-In', 'AWS.EC2.GatewayModified', 'AWS.EC2.Monitoring', 'AWS.EC2.RouteTableModified',
    'AWS.EC2.SecurityGroupModified', 'AWS.EC2.StopInstances', 'AWS.EC2.VPCModified', 'AWS.ECR.CRUD', 'AWS.ECR.EVENTS',
    'AWS.EC2.Vulnerable.XZ.Image.Launched', 'AWS.IAM.CreateRole', 'AWS.IAM.Group.Read.Only.Events',
    'AWS.IAM.PolicyModified', 'AWS.LAMBDA.CRUD', 'AWS.RDS.ClusterFailover', 'AWS.RDS.InstanceRebooted',
    'AWS.S3.BucketDeleted', 'AWS.S3.DeleteObject', 'AWS.Software.Discovery', 'AWS.CloudTrail.UnauthorizedAPICall',
    'AWS.UnusedRegion', 'AWS.IAM.CredentialsUpdated', 'Role.Assumed.by.AWS.Service', 'Sign-in.with.AWS.CLI.prompt',
}


def analyze(tocsin, path, rules):
    done = subprocess.run([tocsin, 'analyze', '--quiet', '--format', 'jsonl', '--rules', rules, str(path)],
                          capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        raise SystemExit(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines() if line]


def apart(event, number):
    """The event as one of a principal of its own."""
    event = json.loads(json.dumps(event))
    event['eventID'] = f'event-{number}'
    event.setdefault('eventTime', '2024-01-01T00:00:00Z')
    event.setdefault('eventVersion', '1.08')
    identity = event.get('userIdentity') or {}
    for holder in (identity, (identity.get('sessionContext') or {}).get('sessionIssuer') or {}):
        for member in ('arn', 'principalId'):
            if isinstance(holder.get(member), str) and not holder[member].endswith(':root'):
                holder[member] += f'-{number}'
    return event


def panther(tocsin, corpus):
    with gzip.open(corpus / 'panther-events.jsonl.gz', 'rt') as lines:
        tests = [json.loads(line) for line in lines]
    with tempfile.TemporaryDirectory() as folder:
        for number, test in enumerate(tests):
            log = pathlib.Path(folder) / f'event-{number}.json'
            log.write_text(json.dumps({'Records': [apart(test['event'], number)]}))
        findings = analyze(tocsin, folder, 'all')
    types = collections.defaultdict(set)
    for finding in findings:
        rule = finding.get('customDetectionRuleName') or rule_of(finding)
        for record in finding['tocsin']['evidence']['records']:
            number = int(re.search(r'event-(\d+)', record['source']).group(1))
            types[number].add((finding['type'], rule))
    return tests, types


def rule_of(finding):
    info = finding['service'].get('additionalInfo') or {}
    value = json.loads(info.get('value') or '{}') if isinstance(info.get('value'), str) else info
    return value.get('rule') or ''


def stratus(tocsin, corpus):
    rows = []
    for log in sorted((corpus / 'stratus').glob('*.json')):
        found = {}
        for rules in ('own', 'all'):
            found[rules] = sorted({(finding['type'], finding['severity'])
                                   for finding in analyze(tocsin, log, rules)})
        rows.append((log.stem, found))
    return rows


def percent(part, whole):
    return f'{part} of {whole} ({100 * part / whole:.0f} %)' if whole else '0 of 0'


def report(tests, types, rows):
    by_rule = collections.OrderedDict()
    for number, test in enumerate(tests):
        by_rule.setdefault(test['source_rule_id'], []).append((test, types.get(number, set())))
    wanted = [(test, found) for row in by_rule.values() for test, found in row if test['expected']]
    threats = [(test, found) for test, found in wanted if test['source_rule_id'] not in ROUTINE]
    others = [(test, found) for row in by_rule.values() for test, found in row if not test['expected']]
    said = [
        f'Measured {datetime.date.today().isoformat()} by `tocsin-bench/rules.py`, `--rules all`.', '',
        f'- events that tell of a threat, covered: {percent(sum(bool(f) for _, f in threats), len(threats))}',
        f'- all `expected: true` events, covered: {percent(sum(bool(f) for _, f in wanted), len(wanted))}',
        f'- `expected: false` events with a finding of whatever kind: '
        f'{percent(sum(bool(f) for _, f in others), len(others))}', '',
        '| source rule | expected | covered | of the others | by |', '| --- | --- | --- | --- | --- |']
    for name, row in by_rule.items():
        yes = [found for test, found in row if test['expected']]
        no = [found for test, found in row if not test['expected']]
        by = sorted({rule or kind for found in yes for kind, rule in found})
        mark = ' (routine)' if name in ROUTINE else ''
        said.append(f'| {name}{mark} | {len(yes)} | {sum(map(bool, yes))} | {sum(map(bool, no))} of {len(no)} | '
                    f'{", ".join(by)} |')
    said += ['', '### Stratus', '',
             'Each log alone, no profile, so that no anomaly can speak; Medium or above counts.', '',
             f'- `--rules own`: {percent(sum(best(f["own"]) >= 4 for _, f in rows), len(rows))}',
             f'- `--rules all`: {percent(sum(best(f["all"]) >= 4 for _, f in rows), len(rows))}', '',
             '| technique | own | all |', '| --- | --- | --- |']
    for name, found in rows:
        said.append(f'| {name} | {", ".join(kind for kind, _ in found["own"])} | '
                    f'{", ".join(kind for kind, _ in found["all"])} |')
    return '\n'.join(said) + '\n'


def best(found):
    return max((severity for _, severity in found), default=0)


def main():
    here = pathlib.Path(__file__).resolve().parent.parent
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument('--corpus', type=pathlib.Path, default=here / '../shared/corpus/cloudtrail')
    options.add_argument('--tocsin', default=str(here / 'tocsin'))
    options.add_argument('--write', type=pathlib.Path, help='rewrite what stands below the mark in this page')
    given = options.parse_args()
    tests, types = panther(given.tocsin, given.corpus)
    text = report(tests, types, stratus(given.tocsin, given.corpus))
    if given.write is None:
        print(text)
        return
    mark = '<!-- measured -->\n'
    page = given.write.read_text()
    given.write.write_text(page[:page.index(mark) + len(mark)] + '\n' + text)


if __name__ == '__main__':
    main()
