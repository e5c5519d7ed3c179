"""docs/accuracy.md has two parts with a mark between them; each is rewritten by its own command and leaves the other as it is."""

MARK = '<!-- below: written by tocsin-bench/identities.py -->'


def parts(path):
    """What stands above the mark and from it on; a page without a mark has the first part alone."""
    try:
        with open(path, encoding='utf-8') as page:
            text = page.read()
    except FileNotFoundError:
        return '', ''
    above, mark, below = text.partition(MARK + '\n')
    return above, mark + below


def write(path, network=None, identities=None):
    """Rewrites the part that is given, a list of lines."""
    above, below = parts(path)
    if network is not None:
        above = '\n'.join(network).rstrip('\n') + '\n'
    if identities is not None:
        below = '\n'.join([MARK, ''] + identities).rstrip('\n') + '\n'
    with open(path, 'w', encoding='utf-8') as page:
        page.write(above.rstrip('\n') + '\n' + ('\n' + below if below else ''))
