"""Names for training and measuring: the public suffix rules, the corpus of generated and benign names, and a name's features."""
import gzip
import os

HERE = os.path.dirname(os.path.abspath(__file__))
SUFFIXES = os.path.join(HERE, "../../tocsin-core/src/main/resources/dev/tocsin/core/event/public-suffixes.txt")
BUCKETS = 8192
LONGEST = 40

_all, _registry = set(), set()
with open(SUFFIXES, encoding="ascii") as _file:
    for _line in _file:
        _line = _line.strip()
        if _line.startswith("~"):
            _all.add(_line[1:])
        elif _line and not _line.startswith("#"):
            _all.add(_line)
            _registry.add(_line)


def _listed(name):
    if name in _all:
        return True
    dot = name.find(".")
    return dot > 0 and "*" + name[dot:] in _all and "!" + name not in _all


def registered(name):
    """The label that someone registered and the suffix below which they did, or None: as RegisteredDomain does."""
    labels = name.split(".")
    for i in range(len(labels)):
        suffix = ".".join(labels[i:])
        if _listed(suffix):
            return (labels[i - 1], suffix) if i else None
    return (labels[-2], labels[-1]) if len(labels) > 1 else None


def read(path):
    """Rows (name, family or 'benign') of a corpus file; lists whose licence forbids shipping what is made of them are left out."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith("#"):
                continue
            name, family, source = line.rstrip("\n").split("\t")[:3]
            if not source.startswith("cloudflare"):
                yield name, family


def features(label):
    """The places of a label's features: its runs of two, three and four characters, and its length."""
    text = "^" + label[:LONGEST] + "$"
    places = []
    for size in (2, 3, 4):
        for i in range(len(text) - size + 1):
            places.append(_hash(text[i:i + size]))
    places.append(_hash("#" + str(min(len(label), LONGEST))))
    return places


_known = {}


def _hash(text):
    """FNV-1a, 32 bits, folded."""
    place = _known.get(text)
    if place is None:
        value = 0x811C9DC5
        for char in text.encode("ascii", "replace"):
            value = ((value ^ char) * 0x01000193) & 0xFFFFFFFF
        place = _known[text] = (value ^ (value >> 15)) & (BUCKETS - 1)
    return place
