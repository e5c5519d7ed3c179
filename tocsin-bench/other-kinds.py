"""Kinds of attack and of harmless traffic that nobody tuned on, for vpc-sim's --extra: written from what is publicly known of tools and
of services, before any figure was looked at. tocsin-bench/accuracy.py --extra FILE measures with them; docs/accuracy.md has what came of it.

An attack is a function of the simulator's Attack; a harmless kind is a host's habit from the first day on, or something planned.
"""
import base64
import random

from core import DAY, NOANS, RST

P, V, B = "Behavior:EC2/NetworkPortUnusual", "Behavior:EC2/TrafficVolumeUnusual", "Beyond:EC2/Beacon"
SWEEP, SCAN = "Impact:EC2/PortSweep", "Recon:EC2/Portscan"
SSH, RDP = "UnauthorizedAccess:EC2/SSHBruteForce", "UnauthorizedAccess:EC2/RDPBruteForce"
WINRM, SPAM = "Impact:EC2/WinRMBruteForce", "Backdoor:EC2/Spambot"
DGA, TUNNEL = "Trojan:EC2/DGADomainRequest.B", "Trojan:EC2/DNSDataExfiltration"
REBIND = "UnauthorizedAccess:EC2/MetadataDNSRebind"
RESOLVER = "DefenseEvasion:EC2/UnusualDNSResolver"
DOH, DOT = "DefenseEvasion:EC2/UnusualDoHActivity", "DefenseEvasion:EC2/UnusualDoTActivity"
CC, DOS = "Backdoor:EC2/C&CActivity.B", "Backdoor:EC2/DenialOfService."
FLOODS = tuple(DOS + kind for kind in ("Dns", "Tcp", "Udp", "UdpOnTcpPorts", "UnusualProtocol"))
ANY = ("app", "web", "worker", "k8s", "db", "batch")
WORDS = ("stone river maple quiet amber harbor velvet copper meadow lantern thunder silver orchid falcon pepper cotton marble willow ember"
         " saddle canyon bramble ginger pillow hammer tulip anchor").split()


def session(a, t, ip, port, opened=True, inbound=False, tries=1, peer=None):
    """A login that fails: a handshake, some packets each way, done within seconds."""
    packets = a.r.randrange(13, 26)
    there, back = packets * a.r.randrange(110, 190), packets * a.r.randrange(100, 170)
    own, far = (port, a.port()) if inbound else (a.port(), port)
    a.sim.conn(a.h.eni, own, ip, far, t, a.r.uniform(1, 7), packets, there, packets, back, local=not inbound, peer=peer)


def inside(a, n):
    others = [h for role in ANY for h in a.sim.by_role.get(role, []) if h is not a.h and h.launch <= a.t and h.term > a.sim.end]
    return a.r.sample(others, min(n, len(others)))


# ---- attacks: logins and scans

def lateral(port, finding):
    def f(a):
        n, dur, hosts = (240, 4 * 3600, 4) if a.hard else (500, 1800, 2)
        peers = inside(a, hosts)
        for t in a.times(n, dur):
            p = a.r.choice(peers)
            session(a, t, p.ip, port, peer=p.eni)
        a.sim.event("x-attacked", peers, a.t, a.t + dur, finding, "may", "what the victims' own interfaces see of it", "attack")
        a.label(finding, a.t + dur, peers[0].ip, "%d logins at %d private hosts in %d minutes" % (n, len(peers), dur // 60), (P, SWEEP, SSH, RDP))
    return f


def botnet(port, finding):
    def f(a):
        sources = [a.remote() for _ in range(200 if a.hard else 12)]
        n, dur = (1600, 16 * 3600) if a.hard else (900, 3600)
        for t in a.times(n, dur):
            session(a, t, a.r.choice(sources), port, inbound=True)
        a.label(finding, a.t + dur, sources[0], "%d tries from %d sources in %d minutes" % (n, len(sources), dur // 60))
    return f


def inside_sweep(a):
    """A worm looks for neighbours in the VPC's own range, most of which is empty."""
    port = a.r.choice((445, 22, 3389, 5985, 6379, 2375))
    n, gap = (300, 60) if a.hard else (500, .2)
    for i in range(n):
        ip = "10.20.%d.%d" % (a.r.randrange(128, 160), a.r.randrange(4, 250))
        a.sim.conn(a.h.eni, a.port(), ip, port, a.t + i * gap + a.r.random() * gap, 0, 1, 60, 1, 60, st=NOANS if a.r.random() < .9 else RST)
    a.label("Discovery:EC2/InternalSweep", a.t + n * gap, "10.20.128.0/19:%d" % port, "%d private addresses, one in %s s" % (n, gap), (P, SWEEP, SCAN, SSH, RDP, WINRM))


def udp_sweep(a):
    port = a.r.choice((161, 1900, 11211, 389))
    n, gap = (700, 50) if a.hard else (1500, .2)
    for i in range(n):
        t = a.t + i * gap + a.r.random() * gap
        a.sim.conn(a.h.eni, a.port(), a.remote(), port, t, 0, 1, 68, 1, 90, pr=17, st=NOANS if a.r.random() < .97 else 0)
    a.label(SWEEP, a.t + n * gap, "many:%d/udp" % port, "%d hosts over UDP, one in %s s" % (n, gap), (P, SCAN) + FLOODS)


def few_ports_many_hosts(a):
    """A scanner for entry points: nine service ports at each of many addresses."""
    ports = (22, 80, 443, 445, 1433, 3306, 3389, 5432, 8080)
    n, gap = (160, 400) if a.hard else (400, 2)
    for i in range(n):
        ip = a.remote()
        for port in ports:
            y = a.r.random()
            a.sim.conn(a.h.eni, a.port(), ip, port, a.t + i * gap + a.r.random() * gap, 0 if y > .05 else .4, 1, 60, 1, 60, st=NOANS if y > .3 else RST if y > .05 else 0)
    a.label(SWEEP, a.t + n * gap, "many", "nine ports at %d hosts, a host in %s s" % (n, gap), (P, SCAN, SSH, RDP))


def top_ports(a):
    """nmap's top thousand against a host of the VPC, several of which answer."""
    x = inside(a, 1)[0]
    n, gap = (200, 50) if a.hard else (1000, .02)
    for i, port in enumerate(a.r.sample(range(20, 12000), n)):
        y = a.r.random()
        a.sim.conn(a.h.eni, a.port(), x.ip, port, a.t + i * gap + a.r.random() * gap, 0, 2, 88, 1, 44, st=0 if y < .02 else RST, peer=x.eni)
    a.label(SCAN, a.t + n * gap, x.ip, "%d ports at a private host, one in %s s, a few open" % (n, gap), (P, SWEEP))


# ---- attacks: floods

def flood(finding, proto, size, port, own_ports, targets=1, flags=0):
    def f(a):
        ips = [a.remote() for _ in range(targets)]
        dur, rate = (240, 4000) if a.hard else (1200, 60000)
        t = a.t
        while t < a.t + dur:
            for _ in range(own_ports):
                for ip in ips:
                    k = max(1, int(rate * 60 / own_ports / targets * a.r.uniform(.9, 1.1)))
                    to = port if port is not None else a.r.randrange(1024, 65000)
                    a.sim.rec(a.h.eni, a.h.ip, ip, a.port() if proto != 2 else 0, to, proto, k, k * size, t, min(t + 59, a.t + dur), "ACCEPT", flags, "egress", None, None)
            t += 60
        a.label(finding, a.t + dur, ips[0], "%d packets/s for %d s at %d targets" % (rate, dur, targets), (P, V) + FLOODS)
    return f


# ---- attacks: names

def hexes(r, n):
    return "%0*x" % (n, r.getrandbits(4 * n))


def dns_beacon(qt):
    """Data out in hexadecimal labels as implants do that speak DNS: short names, an address as answer."""
    def f(a):
        dom = "%s%s.%s" % (a.r.choice(WORDS), a.r.choice(WORDS), a.r.choice(("online", "net", "info")))
        n, dur = (700, 12 * 3600) if a.hard else (3000, 1800)
        for i, t in enumerate(a.times(n, dur)):
            data = hexes(a.r, 32 if a.hard else 112)
            q = ".".join(["post"] + [data[j:j + 56] for j in range(0, len(data), 56)] + ["%x" % (i + 0x1a2b00), dom])
            ans = [("0.0.0.0", "A")] if qt == "A" else [("fd00::%x:%x" % (i & 65535, a.r.getrandbits(16)), "AAAA")] if qt == "AAAA" else [("10 %s.%s." % (hexes(a.r, 30), dom), "MX")]
            a.sim.dns(a.h, t, q, qt, ans=ans)
        a.label(TUNNEL, a.t + dur, dom, "%s, hexadecimal labels, %d queries in %d minutes" % (qt, n, dur // 60), (DGA,))
    return f


def dns_download(a):
    """A stage is fetched in TXT answers: short counted names, long answers."""
    dom = "cdn-%s.com" % a.r.choice(WORDS)
    n, dur = (400, 8 * 3600) if a.hard else (2000, 900)
    for i, t in enumerate(a.times(n, dur)):
        a.sim.dns(a.h, t, "%d.s.%s" % (i, dom), "TXT", ans=[(base64.b64encode(bytes(a.r.getrandbits(8) for _ in range(180))).decode(), "TXT")])
    a.label(TUNNEL, a.t + dur, dom, "%d TXT answers of 240 characters in %d minutes" % (n, dur // 60), (DGA,))


def generated(make, how):
    def f(a):
        n, dur = (90, 2 * 3600) if a.hard else (500, 1200)
        seen = [make(a.r) for _ in range(n)]
        for t, name in zip(a.times(n, dur), seen):
            a.sim.dns(a.h, t, name, rc="NOERROR" if a.r.random() < .01 else "NXDOMAIN")
        a.label(DGA, a.t + dur, how, "%s, %d names in %d minutes" % (how, n, dur // 60), ("Trojan:EC2/DGADomainRequest.C!DNS", TUNNEL))
    return f


def syllables(r):
    return "".join(r.choice("bcdfghklmnprstvz") + r.choice("aeiou") for _ in range(r.randrange(4, 7))) + "." + r.choice(("ru", "com", "biz", "eu"))


def md5like(r):
    return hexes(r, r.choice((16, 20, 32))) + "." + r.choice(("top", "xyz", "org", "net"))


def letters(r):
    return "".join(r.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(r.randrange(9, 17))) + "." + r.choice(("com", "net", "cc", "su"))


def dynamic(r):
    return "".join(r.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _ in range(r.randrange(7, 12))) + "." + r.choice(("ddns.net", "dyndns.org", "hopto.org"))


def two_words(r):
    return r.choice(WORDS) + r.choice(WORDS) + "." + r.choice(("net", "com", "ru"))


def rebind_both(a):
    dom = "%s.%s-rb.site" % (hexes(a.r, 8), a.r.choice(WORDS))
    for t in a.times(3 if a.hard else 25, 1200):
        a.sim.dns(a.h, t, dom, ans=[(a.remote(), "A"), ("169.254.169.254", "A")])
    a.label(REBIND, a.t + 1200, dom, "a public address and the metadata address in one answer")


def rebind_six(a):
    dom = "v6.%s-rb.site" % a.r.choice(WORDS)
    for t in a.times(2 if a.hard else 20, 1200):
        a.sim.dns(a.h, t, dom, "AAAA", ans=[("fd00:ec2::254", "AAAA")])
    a.label(REBIND, a.t + 1200, dom, "the metadata service's IPv6 address as answer")


def listed_chain(a):
    """A harmless looking name whose answer goes through a listed one."""
    dom, ip = a.L.dom(a.r, "c2"), a.remote()
    q = "img.%s-%s.com" % (a.r.choice(WORDS), a.r.choice(WORDS))
    for t in a.times(1 if a.hard else 20, 3600):
        a.sim.dns(a.h, t, q, ans=[("edge." + dom + ".", "CNAME"), (ip, "A")])
    a.label(CC + "!DNS", a.t + 3600, dom, "listed name in the chain of the answer", (CC, B))


def listed_other_types(a):
    dom = a.L.dom(a.r, "c2")
    for t in a.times(2 if a.hard else 30, 3600):
        qt = a.r.choice(("AAAA", "HTTPS"))
        a.sim.dns(a.h, t, dom.upper() if a.hard else dom, qt, ans=[("2a02:%x::%x" % (a.r.getrandbits(12) + 1, a.r.getrandbits(15) + 1), "AAAA")] if qt == "AAAA" else [])
    a.label(CC + "!DNS", a.t + 3600, dom, "AAAA and HTTPS queries of a listed name", (CC, B))


# ---- attacks: connections

def listed_udp(a):
    ip = a.L.ip(a.r, "c2")
    for t in a.times(4 if a.hard else 80, 3 * 3600):
        a.sim.conn(a.h.eni, a.port(), ip, a.r.choice((443, 8443)), t, 20, 30, 24000, 30, 20000, pr=17)
    a.label(CC, a.t + 3 * 3600, ip, "a listed address over UDP", (P, B))


def listed_long(a):
    ip = a.L.ip(a.r, "c2")
    dur = 3600 if a.hard else 10 * 3600
    a.sim.conn(a.h.eni, a.port(), ip, 443, a.t, dur, dur // 30, dur * 3, dur // 30, dur * 3)
    a.label(CC, a.t + dur, ip, "one connection held for %d minutes" % (dur // 60), (P, B))


def shell(a):
    ip, port = a.remote(), a.r.choice((1337, 9001, 5555, 8531))
    dur = 1500 if a.hard else 3 * 3600
    a.sim.conn(a.h.eni, a.port(), ip, port, a.t, dur, dur // 4, dur * 30, dur // 4, dur * 20)
    a.label(P, a.t + dur, "%s:%d" % (ip, port), "a shell held open for %d minutes" % (dur // 60), (B, "UnauthorizedAccess:EC2/TorClient"))


def clear_text(port):
    def f(a):
        ip, n = a.remote(), 5 if a.hard else 50
        for t in a.times(n, 3600):
            a.sim.tcp(a.h, a.r, ip, port, t, a.r.uniform(5, 60), a.r.randrange(800, 9000), a.r.randrange(800, 9000))
        a.label(P, a.t + 3600, "%s:%d" % (ip, port), "%d connections to port %d" % (n, port), (B, SSH))
    return f


def take(how, gb, hours, ports, hosts):
    def f(a):
        total, dur = (gb[1], hours[1]) if a.hard else (gb[0], hours[0])
        ips = [a.remote() for _ in range(hosts)]
        n = max(hosts, int(dur * 6))
        for i in range(n):
            a.sim.tcp(a.h, a.r, ips[i % hosts], ports[0], a.t + i * dur * 3600 / n, 560, int(total * 1e9 / n), 400000)
        a.label(V, a.t + dur * 3600, ips[0], "%d GB in %.1f hours %s" % (total, dur, how), (B, P))
    return f


def own_resolver(port, proto, finding):
    """A name server on a rented machine, not one of the public resolvers."""
    def f(a):
        ip = a.remote()
        for t in a.times(10 if a.hard else 500, 2 * 3600):
            if proto == 17:
                a.sim.conn(a.h.eni, a.port(), ip, port, t, .05, 1, 78, 1, 190, pr=17)
            else:
                a.sim.tcp(a.h, a.r, ip, port, t, a.r.uniform(.5, 9), 1500, 4800)
        a.label(finding, a.t + 2 * 3600, "%s:%d" % (ip, port), "queries to a rented name server", (P, B, TUNNEL))
    return f


def public_doh(a):
    ip = a.r.choice(("8.8.8.8", "9.9.9.9"))
    for t in a.times(8 if a.hard else 300, 2 * 3600):
        a.sim.tcp(a.h, a.r, ip, 443, t, a.r.uniform(.5, 30), 2100, 6400)
    a.label(DOH, a.t + 2 * 3600, ip + ":443", "DNS over HTTPS", (P, B))


def relay_spam(a):
    hubs = [a.remote() for _ in range(8 if a.hard else 80)]
    n, dur = (120, 10 * 3600) if a.hard else (1200, 3600)
    for t in a.times(n, dur):
        a.sim.tcp(a.h, a.r, a.r.choice(hubs), 25, t, a.r.uniform(1, 9), a.r.randrange(3000, 90000), 2200)
    a.label(SPAM, a.t + dur, hubs[0], "%d mails at %d servers in %d minutes" % (n, len(hubs), dur // 60), (P, SWEEP))


ATTACKS = {
    "x-lateral-ssh": (lateral(22, SSH), ANY), "x-lateral-rdp": (lateral(3389, RDP), ("windows", "worker", "app")),
    "x-botnet-ssh": (botnet(22, SSH), ("exposed-ssh", "exposed-data")), "x-botnet-rdp": (botnet(3389, RDP), ("exposed-rdp",)),
    "x-inside-sweep": (inside_sweep, ANY), "x-udp-sweep": (udp_sweep, ANY), "x-nine-ports": (few_ports_many_hosts, ANY), "x-top-ports": (top_ports, ANY),
    "x-flood-random-ports": (flood(DOS + "Udp", 17, 1000, None, 60), ANY), "x-flood-ack": (flood(DOS + "Tcp", 6, 52, 443, 120, flags=16), ANY),
    "x-flood-many": (flood(DOS + "Tcp", 6, 44, 80, 20, targets=12, flags=2), ANY), "x-flood-names": (flood(DOS + "Dns", 17, 70, 53, 150), ANY),
    "x-flood-igmp": (flood(DOS + "UnusualProtocol", 2, 400, 0, 1), ANY), "x-flood-ssh-udp": (flood(DOS + "UdpOnTcpPorts", 17, 800, 22, 30), ANY),
    "x-dns-a": (dns_beacon("A"), ANY), "x-dns-aaaa": (dns_beacon("AAAA"), ANY), "x-dns-mx": (dns_beacon("MX"), ANY), "x-dns-download": (dns_download, ANY),
    "x-dga-syllables": (generated(syllables, "syllables"), ANY), "x-dga-hex": (generated(md5like, "hexadecimal"), ANY),
    "x-dga-letters": (generated(letters, "letters"), ANY), "x-dga-dynamic": (generated(dynamic, "below dynamic DNS"), ANY),
    "x-dga-words": (generated(two_words, "two words"), ANY),
    "x-rebind-both": (rebind_both, ANY), "x-rebind-six": (rebind_six, ANY), "x-listed-chain": (listed_chain, ANY), "x-listed-types": (listed_other_types, ANY),
    "x-listed-udp": (listed_udp, ANY), "x-listed-long": (listed_long, ANY), "x-shell": (shell, ANY),
    "x-telnet": (clear_text(23), ANY), "x-irc": (clear_text(6697), ANY),
    "x-take-scp": (take("over SSH", (12, 4), (1, 3), (22,), 1), ("app", "db", "worker", "web")),
    "x-take-many": (take("to twelve hosts", (30, 8), (1, 6), (443,), 12), ("app", "db", "worker", "web")),
    "x-own-resolver": (own_resolver(53, 17, RESOLVER), ANY), "x-own-dot": (own_resolver(853, 6, DOT), ANY), "x-public-doh": (public_doh, ANY),
    "x-relay-spam": (relay_spam, ("app", "worker", "k8s", "db")),
}


# ---- harmless

def setup(world):
    sim, roles = world.sim, world.sim.by_role
    rng = random.Random("other-kinds-%d" % sim.seed)
    spare = [h for role in ("worker", "app", "batch", "db", "web") for h in roles.get(role, []) if h.asg is None]
    rng.shuffle(spare)

    def every(r, d0, gap, jitter=.1):
        t = d0 + r.random() * gap
        while t < d0 + DAY:
            yield t
            t += gap * (1 + r.uniform(-jitter, jitter))

    def within(r, d0, n, lo=0, hi=24):
        return sorted(d0 + (lo + r.random() * (hi - lo)) * 3600 for _ in range(int(n * r.uniform(.85, 1.15))))

    def habit(host, what, types, note, fn):
        """From the first day on, each day."""
        host.extra.append((sim.start, fn))
        sim.event("x-" + what, host, sim.start, sim.end, types if isinstance(types, str) else ",".join(types), "false", note, "role")

    def once(hosts, what, types, note, fn, hours, verdict="false"):
        day = sim.start + int(sim.days * rng.uniform(.55, .9)) * DAY + rng.randrange(8, 15) * 3600
        for host in hosts:
            host.extra.append((day, lambda h, r, d0: fn(h, r, day) if d0 <= day < d0 + DAY else None))
        sim.event("x-" + what, hosts, day, day + hours * 3600, types if isinstance(types, str) else ",".join(types), verdict, note, "planned")

    def conn(h, r, ip, port, t, dur=.3, po=8, bo=900, pi=7, bi=900, **kw):
        sim.conn(h.eni, r.randrange(32768, 61000), ip, port, t, dur, po, bo, pi, bi, **kw)

    # Roles of hosts of their own, so that no attack's host has two stories.
    def new(name, zone="prv"):
        host = sim.host("x-" + name, "x-" + name, zone)
        host.peers["saas"] = rng.sample(spare[0].peers["saas"], 2)
        return host

    targets = [h for h in sim.insts if h.asg is None][:24]

    def scrape(h, r, d0):
        for t in every(r, d0, 300, .02):
            for x in targets:
                if x.launch <= t < x.term:
                    conn(h, r, x.ip, 9100, t + r.random() * 5, .1, 6, 500, 14, 16000, peer=x.eni if r.random() < .02 else None)
    habit(new("metrics"), "metrics", (SWEEP, SCAN, P, V, B), "scrapes every host's port 9100 every five minutes", scrape)

    poller_targets = ["10.90.%d.%d" % (rng.randrange(4), rng.randrange(1, 255)) for _ in range(150)]
    dead = set(rng.sample(poller_targets, 30))

    def snmp(h, r, d0):
        for t in every(r, d0, 300, .01):
            for ip in poller_targets:
                sim.conn(h.eni, r.randrange(32768, 61000), ip, 161, t + r.random() * 20, .1, 3, 260, 3, 700, pr=17, st=NOANS if ip in dead else 0)
    habit(new("snmp"), "snmp-poller", (SWEEP, SCAN, P) + FLOODS, "polls 150 switches over the private line, a fifth never answers", snmp)

    customers = [sim.rip(rng, "server") for _ in range(260)]
    ports = {ip: rng.choice((22, 25, 80, 443, 443, 443, 3306, 8080)) for ip in customers}

    def uptime(h, r, d0):
        for t in every(r, d0, 900, .01):
            for ip in customers:
                conn(h, r, ip, ports[ip], t + r.random() * 60, .1, 5, 300, 4, 260, st=NOANS if r.random() < .02 else RST if r.random() < .01 else 0)
    habit(new("uptime"), "uptime-checker", (SWEEP, SCAN, SSH, SPAM, P, B), "checks customers' services of many ports all day", uptime)

    def hooks(h, r, d0):
        for t in within(r, d0, 2500):
            ip = sim.rip(r, "server")
            conn(h, r, ip, r.choice((443, 443, 443, 8443, 80)), t, .6, 9, r.randrange(1500, 6000), 8, 3000, st=0 if r.random() > .05 else r.choice((NOANS, RST)))
    habit(new("hooks"), "web-hook-sender", (SWEEP, SCAN, P, V), "posts to thousands of customers' addresses, one in twenty is dead", hooks)

    git = [sim.rip(rng, "server") for _ in range(3)]

    def builds(h, r, d0):
        for t in within(r, d0, 60, 6, 20):
            for i in range(r.randrange(3, 9)):
                conn(h, r, r.choice(git), 22, t + i * 4, r.uniform(1.2, 9), 24, 4200, 60, r.randrange(5000, 900000))
            for i in range(r.randrange(10, 30)):
                sim.tcp(h, r, sim.look(h, t + i, "registry-%d.packages-hub.org" % r.randrange(6)), 443, t + 10 + i, r.uniform(.2, 4), 900, r.randrange(10000, 4000000))
    habit(new("builds"), "build-runner", (SSH, SWEEP, V, P, B), "clones over SSH and fetches packages", builds)

    partner = sim.rip(rng, "server")

    def rsync(h, r, d0):
        for t in every(r, d0, 60, .02):
            conn(h, r, partner, 22, t, r.uniform(1.2, 3), 22, 3600, 20, 3900)
    habit(new("rsync"), "rsync-every-minute", (SSH, V, P), "a copy over SSH each minute, mostly nothing to do", rsync)

    def fleet(h, r, d0):
        for t in within(r, d0, 40):
            for x in targets[:16]:
                if x.launch <= t < x.term:
                    conn(h, r, x.ip, 22, t + r.random() * 20, r.uniform(2, 8), 30, 5200, 28, 5600, peer=x.eni)
    habit(new("jenkins"), "agents-over-ssh", (SSH, SWEEP, P), "starts jobs on sixteen hosts over SSH, forty times a day", fleet)

    winhosts = roles.get("windows", []) + roles.get("dc", [])

    def winrm(h, r, d0):
        for t in every(r, d0, 3600, .05):
            for x in winhosts:
                for i in range(8):
                    conn(h, r, x.ip, 5985, t + i * 3 + r.random(), 2.4, 34, 14000, 38, 21000, peer=x.eni)
    habit(new("winrm"), "inventory-over-winrm", (WINRM, SWEEP, P), "asks Windows hosts for their inventory each hour", winrm)

    def gateway(h, r, d0):
        for t in within(r, d0, 60, 7, 18):
            x = r.choice(winhosts)
            for i in range(r.choice((1, 1, 2, 6))):
                conn(h, r, x.ip, 3389, t + i * 15, 6 if i else r.uniform(600, 7000), 18 if i else 4000, 2900 if i else 700000, 18 if i else 6000, 3000 if i else 9000000, peer=x.eni)
    habit(new("rdgw"), "desktop-gateway", (RDP, SWEEP, P, V), "brokers desktop sessions, some of which reconnect", gateway)

    phones = [sim.rip(rng, "client") for _ in range(30)]

    def voice(h, r, d0):
        for t in within(r, d0, 150, 7, 20):
            ip, dur = r.choice(phones), r.uniform(60, 1500)
            for leg in range(2):
                sim.conn(h.eni, r.randrange(10000, 20000), ip, r.randrange(10000, 60000), t, dur, int(dur * 50), int(dur * 50 * 200), int(dur * 49), int(dur * 49 * 200), pr=17)
    habit(new("voice", "pub"), "voice", (SCAN, SWEEP, P, V) + FLOODS, "calls over RTP to phones' many ports", voice)

    siem = sim.rip(rng, "server")

    def syslog(h, r, d0):
        for t in every(r, d0, 60, 0):
            k = r.randrange(20000, 60000)
            sim.rec(h.eni, h.ip, siem, 40514, 514, 17, k, k * 240, t, min(t + 59, d0 + DAY - 1), "ACCEPT", 0, "egress", None, None)
    habit(new("syslog"), "syslog-to-vendor", FLOODS + (V, P), "ships logs over UDP one way, always", syslog)

    def ftp(h, r, d0):
        for t in within(r, d0, 8, 1, 6):
            conn(h, r, partner, 21, t, 400, 200, 14000, 220, 22000)
            for i in range(r.randrange(20, 70)):
                conn(h, r, partner, r.randrange(30000, 50000), t + 2 + i * 5, 3, 400, 500000, 60, 4000)
    habit(new("ftp"), "ftp-passive", (SCAN, P, V), "sends files over FTP, each on a port of its own", ftp)

    def crawlct(h, r, d0):
        for t in within(r, d0, 5000):
            name = "%s%d.%s%s-%d.%s" % (r.choice(("dev", "vpn", "mail", "stage", hexes(r, 6))), r.randrange(99), r.choice(WORDS), r.choice(WORDS), r.randrange(9999), r.choice(("com", "de", "io", "net")))
            sim.dns(h, t, name, rc="NXDOMAIN" if r.random() < .35 else "NOERROR")
    habit(new("certs"), "certificate-watcher", (DGA, TUNNEL), "resolves names seen in new certificates, a third of which are gone", crawlct)

    def spf(h, r, d0):
        for t in within(r, d0, 900):
            sim.dns(h, t, "%d.%d.%d.%d._i.%s%s._d.espf.mailguard-saas.net" % (r.randrange(1, 223), r.randrange(256), r.randrange(256), r.randrange(1, 255), r.choice(WORDS), r.choice(WORDS)),
                    "TXT", ans=[("v=spf1 -all", "TXT")])
    habit(new("spf"), "sender-policy-macros", (TUNNEL, DGA), "asks for sender policies whose names carry the sender's address", spf)

    def edges(h, r, d0):
        for t in within(r, d0, 700):
            name = r.choice(("d%s.cloudfront.net" % hexes(r, 13), "%s.rum.pulsemeter-saas.com" % hexes(r, 32), "e%d.dscx.akamaiedge.net" % r.randrange(99999),
                             "%s.b-cdn.net" % hexes(r, 10), "%s-%s.azureedge.net" % (r.choice(WORDS), hexes(r, 8))))
            sim.dns(h, t, name, ans=[(sim.rip(r, "server"), "A")])
    habit(new("render"), "page-renderer", (DGA, TUNNEL), "asks for edges of delivery networks, each name once", edges)

    def gossip(h, r, d0):
        for t in every(r, d0, 30, .2):
            x = r.choice(targets)
            if x.launch <= t < x.term:
                sim.conn(h.eni, 8301, x.ip, 8301, t, .2, 4, 900, 4, 900, pr=17)
                conn(h, r, x.ip, 8300, t, .4)
    habit(new("gossip"), "cluster-gossip", (SWEEP, SCAN, P, B), "talks to all members of a cluster over UDP and TCP", gossip)

    # Things that go wrong, or are planned.
    broken = rng.sample([h for h in spare if h.role == "app"] or spare, 2)

    def outage(h, r, t0):
        for i in range(3600):
            conn(h, r, "10.20.140.77", 5432, t0 + i * 2 + r.random(), 0, 1, 60, 1, 60, st=RST if i % 3 else NOANS)
    once(broken, "database-down", (SWEEP, SCAN, P, V) + FLOODS, "two hours of connections that a dead database refuses", outage, 2)

    def vendor_down(h, r, t0):
        ips = [sim.rip(r, "server") for _ in range(6)]
        for i in range(5000):
            conn(h, r, r.choice(ips), 443, t0 + i + r.random(), 3, 3, 180, 0, 0, st=NOANS)
    once(spare[:2], "vendor-down", (SWEEP, SCAN, V) + FLOODS, "a vendor's six addresses do not answer for 80 minutes", vendor_down, 2)

    def wrong_search(h, r, t0):
        for i in range(900):
            sim.dns(h, t0 + i * 8 + r.random(), "%s-%s.svc%02d.corp.northwind-internal.com" % (r.choice(WORDS), r.choice(("api", "db", "cache", "queue")), r.randrange(40)), rc="NXDOMAIN")
    once(spare[2:5], "wrong-resolver", (DGA, TUNNEL), "names of the company's own zone asked where nobody knows them", wrong_search, 2)

    def typo(h, r, t0):
        for i in range(400):
            sim.dns(h, t0 + i * 20 + r.random(), "%s.%s-%s-prod.internal-apps.dev" % (hexes(r, 8), r.choice(WORDS), r.choice(WORDS)), rc="NXDOMAIN")
    once(spare[5:6], "previews-gone", (DGA, TUNNEL), "names of preview environments that were taken down", typo, 3)

    def restore(h, r, t0):
        for i in range(12):
            conn(h, r, "192.168.44.10", 445, t0 + i * 600, 590, 9000000, 12_000_000_000, 4000000, 300_000_000)
    once(spare[6:7], "restore-on-premises", (V, P), "a hundred gigabytes back to the office over the private line", restore, 2, "may")

    def six_broken(h, r, t0):
        for i in range(2500):
            sim.conn(h.eni, r.randrange(32768, 61000), "2606:4700:%x::%x" % (r.randrange(1, 4), r.randrange(1, 20)), 443, t0 + i * 2 + r.random(), 1, 2, 160, 0, 0, st=NOANS)
    once(spare[7:8], "ipv6-broken", (SWEEP, SCAN) + FLOODS, "IPv6 has no way out: each vendor is tried over it first", six_broken, 2)

    def migration(h, r, t0):
        for i in range(240):
            conn(h, r, "10.60.3.%d" % r.randrange(10, 40), 2049, t0 + i * 30, 28, 90000, 120_000_000, 30000, 2_000_000)
    once(spare[8:9], "file-migration", (V, SWEEP), "shares are copied to a peered VPC", migration, 2, "may")

    def load_test(h, r, t0):
        for i in range(20):
            sim.conn(h.eni, r.randrange(32768, 61000), world.lb[0].pub or world.lb[0].ip, 443, t0 + i * 30, 28, 400000, 40_000_000, 500000, 300_000_000)
    once(spare[9:10], "load-on-own-front", FLOODS + (V,), "a test against the account's own public balancer, answered", load_test, 1)

    def clock(h, r, d0):
        for t in every(r, d0, 64, .05):
            sim.conn(h.eni, 123, sim.rip(r, "server"), 123, t, .05, 1, 76, 1, 76, pr=17, st=0 if r.random() > .03 else NOANS)
    habit(new("ntp"), "pool-of-clocks", (SWEEP, SCAN, P) + FLOODS, "asks a new clock of the pool each minute", clock)

    def lookup_hash(h, r, d0):
        for t in within(r, d0, 400):
            sim.dns(h, t, "%s.%s.hash.filecheck-saas.com" % (hexes(r, 32), hexes(r, 8)), "TXT", ans=[("ok", "TXT")])
    habit(new("scanner"), "file-reputation", (TUNNEL, DGA), "asks for the reputation of files by hash, in TXT", lookup_hash)
