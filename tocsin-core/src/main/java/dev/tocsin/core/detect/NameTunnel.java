package dev.tocsin.core.detect;

import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.DataSource;
import dev.tocsin.core.finding.FindingType.ResourceKind;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.lookup.Carrier;
import dev.tocsin.core.lookup.LookupWindow;
import dev.tocsin.core.lookup.NameModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * {@code Trojan:EC2/DNSDataExfiltration}: many different names of encoded labels below one registered domain. Look-up
 * services have such names too; theirs are no longer than a hash, or all get the same few answers, so longer names count, or
 * questions for data that are each answered otherwise.
 */
final class NameTunnel implements LookupDetector {

    /** Different names below a domain within a window. Ours. */
    static final int NAMES_FAST = 50;

    /** The same within a day. Ours. */
    static final int NAMES_SLOW = 150;

    /** Characters below the domain, on average, that no hash look-up needs. Ours: SHA-256 in hex has 64, and a few labels more. */
    static final int LONG_NAME = 80;

    static final FindingType TYPE = FindingType.named("Trojan:EC2/DNSDataExfiltration")
            .about(DataSource.DNS, ResourceKind.INSTANCE, Role.ACTOR)
            .severity(8)
            .texts(
                    "EC2 instance {host} is carrying data by DNS queries below {domain}.",
                    "{host} asked for {names} different names of encoded labels below {domain} within {minutes} minutes."
                            + " Each can carry data out, and its answer data in.")
            .firesWhen(
                    "the host asks for at least " + NAMES_FAST + " different names below one registered domain within"
                            + " ten minutes, or " + NAMES_SLOW
                            + " within a day, whose labels look encoded, and which either have"
                            + " " + LONG_NAME
                            + " characters or more below it on average, or are mostly asked for data (TXT, NULL,"
                            + " CNAME, MX, ...) and mostly answered each in its own way. Names that do not look encoded"
                            + " count if they are asked for data and answered so with " + LookupWindow.LONG_ANSWER
                            + " characters or more on average, keys and policies below labels with an underscore left"
                            + " out: a download.")
            .doesNotSee("tunnels in few or short names that get the same answers; tunnels of fewer names a day; queries"
                    + " through a Resolver endpoint, which name no instance, and of other resolvers; domains of known"
                    + " look-up services (antivirus, mail reputation: docs/dga.md).")
            .nextSteps(
                    "Look at the names: do they decode (hexadecimal, base32)? Find the process that asks, isolate the"
                            + " host, block the domain in DNS Firewall. If a product of yours looks up hashes there, suppress the"
                            + " type for this domain.")
            .technique("T1048.003")
            .threshold("NameTunnel.NAMES_FAST", NAMES_FAST, "names in ten minutes")
            .threshold("NameTunnel.NAMES_SLOW", NAMES_SLOW, "names in a day")
            .threshold("NameTunnel.LONG_NAME", LONG_NAME, "characters below the domain")
            .threshold("LookupWindow.LONG_ANSWER", LookupWindow.LONG_ANSWER, "characters of an answer")
            .build();

    @Override
    public List<FindingType> types() {
        return List.of(TYPE);
    }

    @Override
    public void observe(LookupWindow window, Context context, Consumer<Signal> out) {
        List<Carrier> carriers = window.carriers().stream()
                .filter(carrier -> isEncoded(carrier) || isDownload(carrier))
                .filter(carrier -> !LookupServices.holds(carrier.domain()))
                .toList();
        if (carriers.isEmpty()) {
            return;
        }
        Tunnels tunnels = Tunnels.of(this, window.start(), context);
        for (Carrier carrier : carriers) {
            Tunnels.Load now = Tunnels.Load.of(carrier);
            Tunnels.Load day = tunnels.add(carrier, window.start());
            if (carries(now, NAMES_FAST) || carries(day, NAMES_SLOW)) {
                out.accept(signal(carrier, day, window, tunnels));
            }
        }
        tunnels.keep();
    }

    @Override
    public Closest closest(LookupWindow window) {
        Closest most = new Closest(0, "no domain with encoded labels below it");
        for (Carrier carrier : window.carriers()) {
            Tunnels.Load load = Tunnels.Load.of(carrier);
            long hundredths = 100 * load.names() / NAMES_FAST;
            if ((isEncoded(carrier) || isDownload(carrier)) && hundredths > most.hundredths()) {
                most = new Closest(
                        hundredths,
                        load.names() + " of " + NAMES_FAST + " names below " + carrier.domain() + ", "
                                + load.characters() / load.queries() + " characters each; " + load.forData() + " of "
                                + load.queries() + " queries for data, " + load.answers() + " different answers"
                                + (LookupServices.holds(carrier.domain()) ? "; a known look-up service" : ""));
            }
        }
        return most;
    }

    /** Two names at least, and of the samples two of three with a longest label that looks generated. */
    private static boolean isEncoded(Carrier carrier) {
        List<NameQuery> samples = carrier.samples();
        if (samples.size() < 2) {
            return false;
        }
        int encoded = 0;
        for (NameQuery sample : samples) {
            encoded += NameModel.score(Carrier.longestLabel(sample.name())) > 0 ? 1 : 0;
        }
        return 3 * encoded >= 2 * samples.size();
    }

    /** Answers that hold more than what is told about a name, other than keys and policies below labels with an underscore (RFC 8552). */
    private static boolean isDownload(Carrier carrier) {
        if (!Tunnels.Load.of(carrier).isDownload()) {
            return false;
        }
        int plain = 0;
        for (NameQuery sample : carrier.samples()) {
            plain += sample.name().startsWith("_") || sample.name().contains("._") ? 0 : 1;
        }
        return 2 * plain > carrier.samples().size();
    }

    private static boolean carries(Tunnels.Load load, int names) {
        if (load.names() < names) {
            return false;
        }
        boolean longNames = load.characters() >= LONG_NAME * load.queries();
        return longNames || load.isFetch();
    }

    private static Signal signal(Carrier carrier, Tunnels.Load day, LookupWindow window, Tunnels tunnels) {
        List<NameQuery> samples = new ArrayList<>(carrier.samples());
        samples.sort(Comparator.comparingLong(NameQuery::at).thenComparingLong(NameQuery::contentHash));
        long others = window.carriers().stream()
                .filter(other -> !other.domain().equals(carrier.domain()))
                .mapToLong(other -> other.names().count())
                .max()
                .orElse(0);
        long each = day.characters() / Math.max(1, day.queries());
        return NameSignal.of(TYPE, samples.getLast())
                .aggregation(carrier.domain())
                .window("tunnel/" + carrier.domain() + "/" + window.start())
                .during(day.first(), carrier.last())
                .evidence(samples)
                .fact(Signal.AMOUNT, Tunnels.Load.of(carrier).names())
                .fact(Signal.AMOUNT_OF, "different names")
                .fact("domain", carrier.domain())
                .fact("names", day.names())
                .fact("minutes", (carrier.last() - day.first()) / 60 + 1)
                .additional("domain", samples.getFirst().name())
                .additional("tunnelDomain", carrier.domain())
                .additional("distinctNames", day.names())
                .additional("queries", day.queries())
                .additional("charactersEach", each)
                .additional("charactersOut", each * day.names())
                .additional("charactersIn", day.answerCharacters())
                .additional("distinctAnswers", day.answers())
                .additional("queriesForData", day.forData())
                .additional("mostNamesOfOtherDomains", others)
                .additional("namesSample", samples.stream().map(NameQuery::name).toList())
                .additional("series", tunnels.series(carrier.domain()))
                .build();
    }

    /** One point of a series: names asked for in the window that begins at {@code start}. */
    static Doc point(long start, long names) {
        return new Doc().with("start", start).with("names", names);
    }
}
