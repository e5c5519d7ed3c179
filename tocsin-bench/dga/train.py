#!/usr/bin/env python3
"""Trains the character model that tells generated names from chosen ones, and writes it as the resource that ships.

usage: train.py CORPUS/train.tsv.gz OUT        trains on everything and writes OUT
       train.py CORPUS/train.tsv.gz --folds    trains four times without a quarter of the families and says how these are told

Logistic regression over hashed runs of characters. Each family weighs the same, all together as much as the benign names.
Lists of Cloudflare are left out: their licence does not allow shipping what is made of them.
"""
import math
import random
import sys

import names

EPOCHS = 4
RATE = 0.15
DECAY = 2e-6
STEP = 64  # units of a logit in the file


def samples(path, leave=()):
    """(places, is generated, weight, family) of each distinct label."""
    labels, families = {}, {}
    for name, family in names.read(path):
        parts = names.registered(name)
        if parts is None or parts[0].startswith("xn--"):
            continue
        kind = labels.setdefault(parts[0], family)
        if kind == family:
            families.setdefault(family, set()).add(parts[0])
    kept = [family for family in sorted(families) if family != "benign" and family not in leave and len(families[family]) >= 20]
    benign = sorted(families["benign"])
    rows = [(names.features(label), 0, 1.0, "benign") for label in benign]
    for family in kept:
        some = sorted(families[family])
        weight = min(len(benign) / len(kept) / len(some), 40.0)
        rows += [(names.features(label), 1, weight, family) for label in some]
    return rows


def train(rows):
    """Weights by place and the bias last: stochastic gradient descent with a step of each weight's own (Adagrad)."""
    random.Random(1).shuffle(rows)
    weights, squares = [0.0] * (names.BUCKETS + 1), [1e-6] * (names.BUCKETS + 1)
    for epoch in range(EPOCHS):
        for places, generated, weight, _ in rows:
            places = places + [names.BUCKETS]
            z = sum(weights[place] for place in places)
            error = (1 / (1 + math.exp(-max(-30.0, min(30.0, z)))) - generated) * min(weight, 8.0)
            for place in places:
                gradient = error + DECAY * weights[place]
                squares[place] += gradient * gradient
                weights[place] -= RATE * gradient / math.sqrt(squares[place])
    return weights


def score(weights, label):
    return sum(weights[place] for place in names.features(label)) + weights[names.BUCKETS]


def quantised(weights):
    return [max(-127, min(127, round(weight * STEP))) / STEP for weight in weights[:-1]] + [round(weights[-1] * STEP) / STEP]


def write(weights, out):
    """Header line, bias and weights in sixty-fourths of a logit, one signed byte each after the header."""
    head = "tocsin-name-model 1 buckets=%d unit=1/%d bias=%d\n" % (names.BUCKETS, STEP, round(weights[-1] * STEP))
    with open(out, "wb") as file:
        file.write(head.encode("ascii"))
        file.write(bytes(max(-127, min(127, round(weight * STEP))) & 0xFF for weight in weights[:-1]))


def folds(path):
    families = sorted({family for _, family in names.read(path)} - {"benign"})
    rng = random.Random(7)
    rng.shuffle(families)
    benign = sorted({p[0] for n, f in names.read(path) if f == "benign" and (p := names.registered(n)) and not p[0].startswith("xn--")})
    held = set(rng.sample(benign, len(benign) // 5))
    for fold in range(4):
        leave = set(families[fold::4])
        rows = [row for row in samples(path, leave)]
        hidden = {tuple(names.features(label)) for label in held}
        weights = quantised(train([row for row in rows if tuple(row[0]) not in hidden]))
        values = sorted(score(weights, label) for label in held)
        print("fold %d: benign median %.2f, 90 %% below %.2f, 99 %% below %.2f" % (fold, values[len(values) // 2], values[int(len(values) * .9)], values[int(len(values) * .99)]))
        for family in sorted(leave):
            some = [p[0] for n, f in names.read(path) if f == family and (p := names.registered(n))][:2000]
            z = sorted(score(weights, label) for label in some)
            if z:
                mean = sum(max(-2.0, min(3.0, value)) for value in z) / len(z)
                print("  %-24s n=%5d median %6.2f 10 %% below %6.2f, clipped mean %.2f, over 1: %.2f" % (family, len(z), z[len(z) // 2], z[len(z) // 10], mean, sum(v > 1 for v in z) / len(z)))


if __name__ == "__main__":
    if sys.argv[2] == "--folds":
        folds(sys.argv[1])
    else:
        write(quantised(train(samples(sys.argv[1]))), sys.argv[2])
