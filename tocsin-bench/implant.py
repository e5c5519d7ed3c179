#!/usr/bin/env python3
"""Which of an attack's techniques are found in an account whose habits are known.

    tocsin-bench/implant.py stratus [--seed N] [--tools ../shared/tools/account-sim] [--corpus ../shared/corpus/cloudtrail]
    tocsin-bench/implant.py invictus

stratus: a simulated account of 60 quiet days; from day 31 on a technique of Stratus Red Team a day, its records as they were
taken but for account, day and eventID. Three ways: by a principal who is new to the account; by a user of the account; by a
role of it. Place and tool are the record's in all three. invictus: a trail of 55 minutes after thirty days of its own
background. In both the marks of the laboratory's tools in user agents are masked. A technique is found if a finding of Medium
or above, or a sequence, has one of its records among its evidence; tocsin-bench/identities.py puts both into docs/accuracy.md.
Needs a built checkout.
"""
import argparse
import collections
import csv
import datetime
import gzip
import json
import pathlib
import re
import subprocess
import sys
import tempfile

FIRST_DAY = 31
DAYS = 60
BASELINE_DAYS = 30

# The laboratory's own marks would give the attack away; without them its tools are these.
MASKS = (
    (re.compile(r'stratus-red-team_[0-9a-f-]+'), 'aws-sdk-go-v2/1.16.16 os/linux lang/go/1.19.3 md/GOOS/linux md/GOARCH/amd64'),
    (re.compile(r' ?HashiCorp-terraform-exec/[\w.-]+'), ''),
)


def records_of(path):
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == '.gz' else path.read_text()
    data = json.loads(text)
    records = data['Records'] if isinstance(data, dict) else data
    for record in records:
        for mark, tool in MASKS:
            if record.get('userAgent'):
                record['userAgent'] = mark.sub(tool, record['userAgent'])
    return records


def principals(logs):
    """The busiest user and role with people's or programs' habits, and the account."""
    count = collections.Counter()
    known = {}
    for path in sorted(logs.rglob('*.json.gz'))[:400]:
        for record in records_of(path):
            who = record.get('userIdentity', {})
            if who.get('type') in ('IAMUser', 'AssumedRole') and not who.get('invokedBy') and 'aws-' not in who.get('arn', ''):
                key = (who['type'], who['principalId'].split(':')[0])
                count[key] += 1
                known.setdefault(key, who)
    return {kind: next(known[key] for key, _ in count.most_common() if key[0] == kind) for kind in ('IAMUser', 'AssumedRole')}


def implant(techniques, out, account, start, who):
    marks = {}
    for number, path in enumerate(techniques):
        day = start + datetime.timedelta(days=FIRST_DAY + number % (DAYS - FIRST_DAY))
        records = []
        for index, record in enumerate(records_of(path)):
            old = record.get('recipientAccountId') or record['userIdentity'].get('accountId')
            text = json.dumps(record)
            if old:
                text = text.replace(old, account)
            record = json.loads(text)
            record['eventID'] = f'implant-{number}-{index}'
            time = datetime.datetime.fromisoformat(record['eventTime'].replace('Z', '+00:00'))
            record['eventTime'] = day.replace(hour=time.hour, minute=time.minute, second=time.second).strftime('%Y-%m-%dT%H:%M:%SZ')
            record['recipientAccountId'] = account
            if who and record['userIdentity'].get('type') in ('IAMUser', 'AssumedRole') and not record['userIdentity'].get('invokedBy'):
                record['userIdentity'] = who
            elif not who:
                stranger(record['userIdentity'], number)
            marks[record['eventID']] = path.stem
            records.append(record)
        delivered = max(datetime.datetime.fromisoformat(record['eventTime'].replace('Z', '+00:00')) for record in records)
        delivered += datetime.timedelta(minutes=5)  # as a trail does: later ones would be behind the watermark
        folder = out / 'AWSLogs' / account / 'CloudTrail' / 'us-east-1' / delivered.strftime('%Y/%m/%d')
        folder.mkdir(parents=True, exist_ok=True)
        name = f'{account}_CloudTrail_us-east-1_{delivered.strftime("%Y%m%dT%H%MZ")}_implant{number:09d}.json.gz'
        (folder / name).write_bytes(gzip.compress(json.dumps({'Records': records}).encode()))
    return marks


def stranger(who, number):
    """Each technique has a principal of its own, so that one day's technique is not the next one's habit."""
    for member in ('principalId', 'arn', 'userName'):
        if who.get(member):
            who[member] = who[member].split(':')[0] + str(number) + ':' + who[member].split(':', 1)[1] \
                if member == 'principalId' and ':' in who[member] else who[member] + str(number)
    issuer = who.get('sessionContext', {}).get('sessionIssuer')
    if issuer:
        stranger(issuer, number)


def evidence(finding):
    proof = finding.get('tocsin', {}).get('evidence', {})
    records = list(proof.get('records', []))
    if proof.get('trigger'):
        records.append(proof['trigger'])
    return {record.get('eventID') for record in records}


def analyze(options, *paths):
    done = subprocess.run([options.tocsin, 'analyze', '--quiet', '--format', 'jsonl', '--rules', options.rules, *map(str, paths)],
                          capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        raise SystemExit(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def is_told(finding):
    return finding['severity'] >= 4 or finding['type'].startswith('AttackSequence:')


def stratus(options, work):
    techniques = sorted((options.corpus / 'stratus').glob('*.json'))
    logs = work / 'logs'
    subprocess.run([sys.executable, 'simulate.py', '--seed', str(options.seed), '--scale', '1', '--days', str(DAYS), '--accounts', '1',
                    '--slot-minutes', '60', '--level', '1', '--jobs', '1', '--out', str(logs)], cwd=options.tools, check=True,
                   stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    account = next((logs / 'AWSLogs').iterdir()).name
    first = min(re.search(r'_(\d{8})T', path.name).group(1) for path in logs.rglob('*.json.gz'))
    start = datetime.datetime.strptime(first, '%Y%m%d').replace(tzinfo=datetime.timezone.utc)
    known = principals(logs)
    ways = {'a stranger': None, 'a user of the account': known['IAMUser'], 'a role of the account': known['AssumedRole']}
    found, types, noise = {}, {}, {}
    for number, (way, who) in enumerate(ways.items()):
        extra = work / f'extra-{number}'
        marks = implant(techniques, extra, account, start, who)
        found[way], types[way], noise[way] = set(), collections.defaultdict(set), 0
        for finding in analyze(options, logs / 'AWSLogs', extra / 'AWSLogs'):
            hit = {marks[event] for event in evidence(finding) if event in marks}
            if is_told(finding):
                found[way] |= hit
                noise[way] += not hit
            for technique in hit:
                types[way][technique].add(finding['type'].replace('IAMUser/', '') + ('' if is_told(finding) else ' (Low)'))
    return [
        '| technique | ' + ' | '.join(ways) + ' |',
        '|---|' + '---|' * len(ways),
        *(f'| {path.stem} | ' + ' | '.join(
            ('' if path.stem in found[way] else '**missed** ') + ', '.join(sorted(types[way][path.stem])) for way in ways) + ' |'
          for path in techniques),
        '| **found** | ' + ' | '.join(f'{len(found[way])} of {len(techniques)}' for way in ways) + ' |',
        f'| findings of Medium or above about none of them, in {DAYS} days | ' + ' | '.join(str(noise[way]) for way in ways) + ' |']


def invictus(options, work):
    labels = {row['eventID']: row for row in csv.DictReader(open(options.corpus / 'invictus-labels.tsv'), delimiter='\t')}
    trail = options.corpus / 'invictus' / 'AWSLogs'
    account = next(trail.iterdir()).name
    masked = work / 'trail' / 'AWSLogs'
    background = []
    for path in sorted(trail.rglob('*.json.gz')):
        records = records_of(path)
        background += [record for record in records if labels[record['eventID']]['label'] == 'background']
        copy = masked / path.relative_to(trail)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(gzip.compress(json.dumps({'Records': records}).encode()))
    for back in range(BASELINE_DAYS, 0, -1):
        records = []
        for record in background:
            record = json.loads(json.dumps(record))
            time = datetime.datetime.fromisoformat(record['eventTime'].replace('Z', '+00:00')) - datetime.timedelta(days=back)
            record['eventTime'] = time.strftime('%Y-%m-%dT%H:%M:%SZ')
            record['eventID'] += f'-{back}'
            records.append(record)
        delivered = time + datetime.timedelta(minutes=5)
        folder = work / 'baseline' / 'AWSLogs' / account / 'CloudTrail' / 'us-east-1' / delivered.strftime('%Y/%m/%d')
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f'{account}_CloudTrail_us-east-1_{delivered.strftime("%Y%m%dT%H%MZ")}_baseline{back:08d}.json.gz').write_bytes(
            gzip.compress(json.dumps({'Records': records}).encode()))
    found, types, noise = set(), collections.defaultdict(set), []
    for finding in analyze(options, work / 'baseline' / 'AWSLogs', masked):
        events = [labels[event] for event in evidence(finding) if event in labels]
        hit = {row['technique'] for row in events if row['technique'] != '-'}
        if not any(row['label'] != 'background' for row in events):
            noise.append(finding['type'])
        if is_told(finding):
            found |= hit
        for technique in hit:
            types[technique].add(finding['type'].replace('IAMUser/', '') + ('' if is_told(finding) else ' (Low)'))
    techniques = sorted({row['technique'] for row in labels.values()} - {'-'})
    return [
        '| technique | findings |',
        '|---|---|',
        *(f'| {technique} | ' + ('' if technique in found else '**missed** ') + ', '.join(sorted(types[technique])) + ' |'
          for technique in techniques),
        f'| **found** | {len(found)} of {len(techniques)} |',
        f'| findings of any severity that belong to no attack | {len(noise)} {", ".join(sorted(set(noise)))} |']


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    here = pathlib.Path(__file__).resolve().parent.parent
    parser.add_argument('what', choices=['stratus', 'invictus'])
    parser.add_argument('--seed', type=int, default=2)
    parser.add_argument('--tools', type=pathlib.Path, default=here / '../shared/tools/account-sim')
    parser.add_argument('--corpus', type=pathlib.Path, default=here / '../shared/corpus/cloudtrail')
    parser.add_argument('--tocsin', default=str(here / 'tocsin'))
    parser.add_argument('--rules', default='own')
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        print('\n'.join({'stratus': stratus, 'invictus': invictus}[options.what](options, pathlib.Path(work))))


if __name__ == '__main__':
    main()
