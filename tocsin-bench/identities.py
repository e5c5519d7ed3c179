#!/usr/bin/env python3
"""Writes the second part of docs/accuracy.md: how well attacks by identities are found, and what is found that is none.

    tocsin-bench/identities.py --work DIR [--tuning 1] [--tuning-restless 4] [--other 103] [--other-restless 104]
                               [--accounts 5] [--scale 0.5] [--days 60] [--tuning-presets normal] [--only simulated|laboratory|real]

Three tables that are never merged: simulated logs (shared/tools/account-sim, beside the simple rules A1 and A2-or-A3 of
shared/spec/anomaly.md on the same logs), laboratory logs (implant.py) and real logs (shared/corpus/cloudtrail). Weights were
fitted on the seeds 1, 2, 3, 4, 101 and 102; those under --other must be different ones. Logs, baselines and tables of a run stay in DIR
and are used again (--again judges anew), and so is the text of a table that --only leaves out. Networks come from `tocsin lists update geography`. Needs a
built checkout.
"""
import argparse
import datetime
import importlib.util
import json
import math
import pathlib
import shutil
import subprocess
import sys
import types

import implant
import page

ROOT = pathlib.Path(__file__).resolve().parent.parent
SETTINGS = ['external', 'vpn', 'stealth', 'aws', 'neighbour']
PRESETS = ['quiet', 'normal', 'keen']
BASELINES = {'A2 or A3': 'A23', 'A1': 'A1'}
ANOMALIES = r'IAMUser/AnomalousBehavior'
MEDIUM = 4
# What the simple rules never find from the victim's own network (issue 6), and what they find of sign-ins: by chance.
BLIND = {
    'console logins from new networks': ('initial-access.console-login-without-mfa', ['external', 'vpn']),
    'stolen instance credentials': ('credential-access.ec2-steal-instance-credentials', SETTINGS),
    'secrets retrieval': ('credential-access.secretsmanager-retrieve-secrets', ['stealth']),
    'SSM commands': ('execution.ssm-send-command', ['stealth']),
    'RDS snapshot shares': ('exfiltration.rds-share-snapshot', ['stealth']),
    'Lambda code overwrite': ('persistence.lambda-overwrite-code', ['stealth']),
}


def wilson(hits, of):
    """95 % interval of a share (Wilson)."""
    if not of:
        return 0.0, 1.0
    z = 1.96
    middle = (hits + z * z / 2) / (of + z * z)
    half = z * math.sqrt(hits * (of - hits) / of + z * z / 4) / (of + z * z)
    return max(0.0, middle - half), min(1.0, middle + half)


def poisson(count):
    """95 % interval of an expected number of which `count` came (exact)."""

    def below(mean, most):
        return sum(math.exp(-mean) * mean ** k / math.factorial(k) for k in range(most + 1))

    def solve(test):
        low, high = 0.0, 10.0 * count + 20
        for _ in range(80):
            middle = (low + high) / 2
            low, high = (middle, high) if test(middle) else (low, middle)
        return low

    return (solve(lambda mean: 1 - below(mean, count - 1) < 0.025) if count else 0.0), solve(lambda mean: below(mean, count) > 0.025)


def share(hits, of):
    low, high = wilson(hits, of)
    return f'{100 * hits / of:.0f} % [{100 * low:.0f}-{100 * high:.0f}] of {of}' if of else '-'


def measured():
    return f'Measured {datetime.datetime.now(datetime.timezone.utc).date()}.'


def text(options, name, lines):
    """Keeps a table's text, and writes the page of those there are."""
    (options.work / 'results' / f'{name}.md').write_text('\n'.join(lines).rstrip('\n') + '\n')
    whole = ['## Identities', '', 'Written by `tocsin-bench/identities.py`; not by hand. Three kinds of logs in three tables that are never merged.', '']
    for table in TABLES:
        kept = options.work / 'results' / f'{table}.md'
        if kept.exists():
            whole += kept.read_text().rstrip('\n').split('\n') + ['']
    page.write(options.output, identities=whole)


class Simulated:
    """One seed's logs, and what each detector makes of them."""

    def __init__(self, options, seed, restless):
        self.options, self.seed, self.restless = options, seed, restless
        name = f's{seed}-{"restless" if restless else "calm"}'
        self.logs = options.work / f'{name}-{options.accounts}x{options.scale}x{options.days}'
        self.results = options.work / 'results' / self.logs.name
        self.results.mkdir(parents=True, exist_ok=True)

    def simulate(self):
        if (self.logs / 'labels.tsv').exists():
            return
        shutil.rmtree(self.logs, ignore_errors=True)
        subprocess.run(
            [sys.executable, 'simulate.py', '--seed', str(self.seed), '--scale', self.options.scale, '--days', str(self.options.days),
             '--accounts', str(self.options.accounts), '--slot-minutes', '20', '--level', '1', '--jobs', '1',
             '--attacks', 'attacks.json,attacks-more.json', '--settings', ','.join(SETTINGS), '--in-learning', '.1',
             '--created', '.2', '--paced', '.2', *(['--restless'] if self.restless else []), '--out', str(self.logs)],
            cwd=self.options.tools, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def baseline(self, rule):
        found = self.results / f'{rule}.jsonl'
        if not found.exists():
            part = found.with_suffix('.part')
            subprocess.run([sys.executable, 'baseline.py', str(self.logs), '--rule', rule, '--out', str(part)],
                           cwd=self.options.tools, check=True, stderr=subprocess.DEVNULL)
            part.rename(found)
        return found

    def analyze(self, preset):
        found = self.results / f'{preset}.jsonl'
        with open(found, 'w', encoding='utf-8') as out:
            done = subprocess.run([self.options.tocsin, 'analyze', '--quiet', '--format', 'jsonl', '--anomaly-budget', preset,
                                   str(self.logs / 'AWSLogs')], stdout=out, check=False)
        if done.returncode not in (0, 3):
            raise SystemExit(f'{self.logs}: tocsin analyze ended with {done.returncode}')
        return found

    def evaluate(self, found, kinds=ANOMALIES):
        report = self.results / 'report.json'
        subprocess.run([sys.executable, 'evaluate.py', '--findings', str(found), '--labels', str(self.logs / 'labels.tsv'),
                        '--accounts', str(self.logs / 'accounts.tsv'), '--types', kinds, '--json', str(report)],
                       cwd=self.options.tools, check=True, stdout=subprocess.DEVNULL)
        return json.loads(report.read_text())


def told(found):
    """A file of those findings alone that are of Medium severity or above."""
    kept = found.with_suffix('.told')
    with open(found, encoding='utf-8') as lines, open(kept, 'w', encoding='utf-8') as out:
        out.writelines(line for line in lines if json.loads(line)['severity'] >= MEDIUM)
    return kept


def row(name, report):
    recall = report['recall']
    low, high = report['false_alarms_account_day'][1:]
    right = sum(recall['with the right type'][setting][0] for setting in SETTINGS)
    hits = sum(recall['all'][setting][0] for setting in SETTINGS)
    return (f'| {name} | {report["false_alarms_account_day"][0]:.2f} [{low:.2f}-{high:.2f}] | '
            + ' | '.join(share(*recall['all'][setting]) for setting in SETTINGS) + f' | {share(right, hits)} |')


def evaluator(tools):
    spec = importlib.util.spec_from_file_location('evaluate', tools / 'evaluate.py')
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sessions_found(evaluate, run, found, kinds):
    """Of the sessions after the learning days: technique, setting, and whether a finding is about it."""
    sessions, by_event, accounts, _, _ = evaluate.load(types.SimpleNamespace(
        labels=run.logs / 'labels.tsv', accounts=run.logs / 'accounts.tsv'))
    hit = set()
    for line in open(found, encoding='utf-8'):
        finding = json.loads(line)
        if kinds not in finding['type']:
            continue
        key = evaluate.get(finding, 'resource', 'accessKeyDetails') or {}
        at = {'acc': finding['accountId'], 'pr': key.get('principalId'), 'who': key.get('userName'), 'key': key.get('accessKeyId')}
        first, last = (evaluate.ts(finding['service'][time]) for time in ('eventFirstSeen', 'eventLastSeen'))
        events, _ = evaluate.evidence(finding)
        hit |= {by_event[event]['id'] for event in events if event in by_event}
        hit |= {session['id'] for session in sessions.values() if evaluate.same(at, session)
                and any(first - 3600 <= high and last + 3600 >= low for low, high in session['spans'])}
    learned = 14 * 86400
    return [(session['tech'], session['st'], session['id'] in hit) for session in sessions.values()
            if session['lo'] >= accounts[session['acc']]['t0'] + learned]


INTRODUCTION = """### Simulated logs

{accounts} accounts a seed, scale {scale}, {days} days, 28 techniques, each setting in one account in five; a tenth of the attacks begins
within learning (left out), a fifth acts through what it made, a fifth takes a step a day. Findings count from the 14th day on.
What is simulated is a background of our making: **rates on it are no forecast for a company**; they rank detectors.
False alarms: identity x day x type an account-day, 95 % bootstrap over account-weeks. Recall: sessions found, 95 % Wilson.
*external* acts from a hosting provider with another tool, *vpn* from a foreign network with the victim's tool, *stealth*
from the victim's own network and tool; *aws* (a foreign instance in the victim's Region) and *neighbour* (the victim's own
provider) are told apart and never merged with them. Right type: of the hits. `quiet`, `normal` and `keen` are the presets
of `--anomaly-budget` with `*:IAMUser/AnomalousBehavior` alone; the last row is all that `normal` makes of Medium severity and above.
"""


def judge(run, tuned, options):
    """One seed's table, and which sessions of BLIND each detector found."""
    evaluate = evaluator(options.tools)
    run.simulate()
    lines = [f'#### Seed {run.seed}, {"restless" if run.restless else "calm"}, {options.accounts} accounts. '
             + ('Weights were fitted on it' if tuned else 'Not tuned on'), '', measured(), '',
             '| detector | false alarms an account-day | ' + ' | '.join(SETTINGS) + ' | right type |', '|---|' + '---|' * 7]
    found = {name: run.baseline(rule) for name, rule in BASELINES.items()}
    lines += [row(name, run.evaluate(found[name])) for name in BASELINES]
    for preset in options.tuning_presets.split(',') if tuned else PRESETS:
        found[preset] = run.analyze(preset)
        lines.append(row(f'`{preset}`', run.evaluate(found[preset])))
    found['told'] = told(found['normal'])
    lines += [row('all of Medium and above', run.evaluate(found['told'], '.')), '']
    sessions = {name: [one for one in sessions_found(evaluate, run, found[name], '' if name == 'told' else ANOMALIES)
                       if one[0] in {technique for technique, _ in BLIND.values()}]
                for name in ('A2 or A3', 'normal', 'told')}
    return {'tuned': tuned, 'lines': lines, 'sessions': sessions}


def simulated(options):
    groups = [(False, False, options.other), (False, True, options.other_restless),
              (True, False, options.tuning), (True, True, options.tuning_restless)]
    judged = []
    for tuned, restless, seeds in groups:
        for seed in filter(None, seeds.split(',')):
            run = Simulated(options, int(seed), restless)
            kept = run.results / 'judged.json'
            if options.again or not kept.exists():
                kept.write_text(json.dumps(judge(run, tuned, options)))
                print(run.logs.name, 'done', file=sys.stderr, flush=True)
            judged.append(json.loads(kept.read_text()))
            text(options, 'simulated', INTRODUCTION.format(**vars(options)).split('\n') + sum((one['lines'] for one in judged), [])
                 + hardly_found(judged))


def hardly_found(judged):
    lines = ['#### What the simple rules hardly find', '',
             'Sessions found, 95 % Wilson; calm and restless seeds together. Console logins: external and vpn; credentials of instances: every',
             'setting; the others from the victim\'s own network and tool (stealth).', '',
             '| seeds | attack | A2 or A3 | `normal` | all of Medium and above |', '|---|---|---|---|---|']
    for tuned in (False, True):
        group = [one['sessions'] for one in judged if one['tuned'] == tuned]
        for name, (technique, settings) in BLIND.items() if group else ():
            cells = []
            for detector in ('A2 or A3', 'normal', 'told'):
                hits = [hit for sessions in group for kind, setting, hit in sessions[detector]
                        if kind == technique and setting in settings]
                cells.append(share(sum(hits), len(hits)))
            lines.append(f'| {"fitted on" if tuned else "not tuned on"} | {name} | ' + ' | '.join(cells) + ' |')
    return lines + ['']


def laboratory(options):
    given = types.SimpleNamespace(corpus=options.corpus, tools=options.tools, tocsin=options.tocsin, rules='own', seed=2)
    (options.work / 'laboratory').mkdir(exist_ok=True)
    tables = {}
    for what in (implant.stratus, implant.invictus):
        work = options.work / 'laboratory' / what.__name__
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        tables[what.__name__] = what(given, work)
        shutil.rmtree(work)
        print(what.__name__, 'done', file=sys.stderr, flush=True)
    text(options, 'laboratory', ['### Laboratory logs', '', measured(),
            'Stratus Red Team\'s logs of the corpus, a technique a day from the 31st day of a simulated account on (seed 2); place and tool are',
            'the record\'s, the laboratory\'s mark in user agents is masked. The simulator\'s own attacks are made of the same techniques, so this',
            'is no blind test. Named rules of ours on (the default).', '', *tables['stratus'], '',
            'The Invictus trail (one account, 55 minutes, private addresses) after thirty days of its own background, user agents masked.', '',
            *tables['invictus']])


def real(options):
    labels = {line.split('\t')[0]: line.split('\t')[7] for line in (options.corpus / 'invictus-labels.tsv').read_text().splitlines()[1:]}
    others = options.corpus / 'others'
    trails = {'Invictus, as it is': options.corpus / 'invictus',
              'OTRF, keys of an instance stolen': others / 'otrf-ec2-proxy-s3-exfiltration.json',
              'OTRF, an open decoy bucket': others / 'otrf-s3-honeybucket-derived.json.gz'}
    lines = ['### Real logs', '', measured(),
             'Trails of the corpus as they are, without a history before them, so that named rules, lists and stolen credentials speak and habits',
             'hardly. Only Invictus has records that are labelled background; brackets are the exact 95 % interval (Poisson). So few records',
             'bound nothing tightly; no long benign trail was to be had.', '',
             '| trail | records | background | findings | about background alone | per 10,000 background records |', '|---|---:|---:|---:|---:|---|']
    for name, path in trails.items():
        files = sorted(file for file in path.rglob('*.json.gz')) if path.is_dir() else [path]
        known = {record.get('eventID') for file in files for record in implant.records_of(file)}
        records = sum(len(implant.records_of(file)) for file in files)
        background = {event for event in known if labels.get(event) == 'background'}
        findings = implant.analyze(types.SimpleNamespace(tocsin=options.tocsin, rules='own'), path)
        about = sum(bool(events) and events <= background for events in map(implant.evidence, findings))
        low, high = (10_000 * bound / len(background) for bound in poisson(about)) if background else (0, 0)
        rate = f'{10_000 * about / len(background):.1f} [{low:.1f}-{high:.1f}]' if background else '-'
        lines.append(f'| {name} | {records:,} | {len(background):,} | {len(findings)} | {about} | {rate} |')
    text(options, 'real', lines)


TABLES = {'simulated': simulated, 'laboratory': laboratory, 'real': real}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--work', required=True, type=pathlib.Path)
    for name, seeds in (('tuning', '1'), ('tuning-restless', '4'), ('other', '103'), ('other-restless', '104')):
        parser.add_argument('--' + name, default=seeds, help='seeds, separated by commas')
    parser.add_argument('--tuning-presets', default=','.join(PRESETS), help='of the seeds that weights were fitted on; normal among them')
    parser.add_argument('--accounts', type=int, default=5, help='a multiple of five')
    parser.add_argument('--scale', default='0.5')
    parser.add_argument('--days', type=int, default=60)
    parser.add_argument('--again', action='store_true', help='judge seeds anew whose table of an earlier run is in DIR')
    parser.add_argument('--only', choices=sorted(TABLES))
    parser.add_argument('--tools', type=pathlib.Path, default=ROOT / '../shared/tools/account-sim')
    parser.add_argument('--corpus', type=pathlib.Path, default=ROOT / '../shared/corpus/cloudtrail')
    parser.add_argument('--tocsin', default=str(ROOT / 'tocsin'))
    parser.add_argument('--output', default=str(ROOT / 'docs' / 'accuracy.md'))
    options = parser.parse_args()
    options.work, options.tools, options.corpus = (path.resolve() for path in (options.work, options.tools, options.corpus))
    (options.work / 'results').mkdir(parents=True, exist_ok=True)
    for name, table in TABLES.items():
        if options.only in (None, name):
            table(options)


if __name__ == '__main__':
    main()
