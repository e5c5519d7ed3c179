package dev.tocsin.core.detect;

import static dev.tocsin.core.detect.NameTypes.named;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.DataSource;
import dev.tocsin.core.finding.FindingType.ResourceKind;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.finding.ThreatMatch;
import dev.tocsin.core.intel.Category;
import dev.tocsin.core.intel.Hit;
import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.core.intel.Match;
import dev.tocsin.core.intel.OwnNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The types that a listed name makes, asked for or met in the answer's chain of aliases; one list match, one file. */
public final class ListedName implements NameQueryDetector {

    static final FindingType C2 = named("Backdoor:EC2/C&CActivity.B!DNS", 8, "a command and control server", "c2");
    static final FindingType MINING =
            named("CryptoCurrency:EC2/BitcoinTool.B!DNS", 8, "cryptocurrency mining", "cryptomining");
    static final FindingType BLACKHOLE =
            named("Trojan:EC2/BlackholeTraffic!DNS", 5, "a black hole that defenders run", "blackhole");
    static final FindingType DROP =
            named("Trojan:EC2/DropPoint!DNS", 5, "a place where malware leaves stolen data", "exfiltration");
    static final FindingType DRIVE_BY =
            named("Trojan:EC2/DriveBySourceTraffic!DNS", 8, "drive-by downloads", "drive-by");
    static final FindingType GENERATED =
            named("Trojan:EC2/DGADomainRequest.C!DNS", 8, "names that malware generates", "dga");
    static final FindingType PHISHING = named("Trojan:EC2/PhishingDomainRequest!DNS", 8, "phishing", "phishing");
    static final FindingType ABUSED =
            named("Impact:EC2/AbusedDomainRequest.Reputation", 5, "a service that is often abused", "abused");
    static final FindingType BITCOIN = named(
            "Impact:EC2/BitcoinDomainRequest.Reputation", 8, "cryptocurrency, of low reputation", "cryptocurrency");
    static final FindingType MALICIOUS =
            named("Impact:EC2/MaliciousDomainRequest.Reputation", 8, "malware, of low reputation", "malware");
    static final FindingType SUSPICIOUS =
            named("Impact:EC2/SuspiciousDomainRequest.Reputation", 2, "something of low reputation", "suspicious");
    static final FindingType CUSTOM =
            named("Impact:EC2/MaliciousDomainRequest.Custom", 5, "a threat list of your own", "custom");

    /** What the desk makes of all of them where a host asks for many. */
    public static final FindingType MANY = FindingType.named("Behavior:EC2/ManyListedDomains")
            .feature(FindingType.Feature.TOCSIN)
            .about(DataSource.DNS, ResourceKind.INSTANCE, Role.ACTOR)
            .severity(5)
            .texts(
                    "{host} asks for listed domains of many kinds.",
                    "{host} asks for so many names on threat lists, of so many kinds, the last {domain}, as no"
                            + " single piece of malware does: a threat intelligence tool, a sandbox, a URL or mail"
                            + " filter, or a resolver that asks for many hosts.")
            .firesWhen("within a day (UTC) a host asks for 20 listed names that make 6 different finding types. From"
                    + " then on, and looking back, they are this finding in place of one of each type; severity is"
                    + " the highest of them, tocsin.listedTypes names them.")
            .doesNotSee("whether one of the names is asked by malware on the same host: connections to listed"
                    + " addresses stay findings of their own.")
            .nextSteps("If it is a tool or a resolver of yours, suppress this type for it. If not, read which names"
                    + " were asked and look for the program.")
            .technique("T1071.004")
            .needs("c2")
            .build();

    /** The types that a listed name makes. */
    public static final List<FindingType> LISTED = List.of(
            C2, MINING, BLACKHOLE, DROP, DRIVE_BY, GENERATED, PHISHING, ABUSED, BITCOIN, MALICIOUS, SUSPICIOUS, CUSTOM);

    private static final Map<Category, FindingType> BY_CATEGORY = new EnumMap<>(Map.of(
            Category.C2, C2,
            Category.CRYPTOMINING, MINING,
            Category.BLACKHOLE, BLACKHOLE,
            Category.EXFILTRATION, DROP,
            Category.DRIVE_BY, DRIVE_BY,
            Category.PHISHING, PHISHING,
            Category.MALWARE, MALICIOUS,
            Category.SUSPICIOUS, SUSPICIOUS));

    static {
        BY_CATEGORY.put(Category.DGA, GENERATED);
        BY_CATEGORY.put(Category.ABUSED, ABUSED);
        BY_CATEGORY.put(Category.CRYPTOCURRENCY, BITCOIN);
    }

    @Override
    public List<FindingType> types() {
        return Stream.concat(LISTED.stream(), Stream.of(MANY)).toList();
    }

    @Override
    public void observe(NameQuery query, Context context, Consumer<Signal> out) {
        if (context.intelligence().size() == 0 || OwnNames.holds(query.name())) {
            return;
        }
        found(query, context).forEach(one -> out.accept(one.signal(query)));
    }

    /** What each type finds in {@code query}. */
    static Collection<Found> found(NameQuery query, Context context) {
        Map<String, Found> found = new TreeMap<>();
        collect(query.name(), query, context, found);
        for (NameQuery.Answer answer : query.answers()) {
            switch (answer.type()) {
                case "CNAME", "DNAME" -> collect(answer.data(), query, context, found);
                case "A", "AAAA" -> sinkhole(answer.data(), query, context, found);
                default -> {}
            }
        }
        return found.values();
    }

    private static void collect(String name, NameQuery query, Context context, Map<String, Found> found) {
        Match match = context.intelligence().domain(name, query.at());
        if (match == null || !match.fires()) {
            return;
        }
        for (Hit hit : match.hits()) {
            FindingType type = hit.fires() ? type(hit, name, query) : null;
            if (type != null) {
                found.computeIfAbsent(type.name(), ignored -> new Found(type, name))
                        .hits
                        .add(hit);
            }
        }
    }

    private static @Nullable FindingType type(Hit hit, String name, NameQuery query) {
        if (hit.list().kind() == IndicatorList.Kind.OPERATOR_THREAT) {
            return CUSTOM;
        }
        return MailLookup.is(name, hit.indicator().value(), query)
                ? null
                : BY_CATEGORY.get(hit.indicator().effectiveCategory());
    }

    /** Loopback, zero and private answers are no sinkhole: filters and block lists answer so. */
    private static void sinkhole(String data, NameQuery query, Context context, Map<String, Found> found) {
        Address address = Address.parse(data);
        if (address == null || !address.isPublic()) {
            return;
        }
        Match match = context.intelligence().address(address, 0, query.at());
        if (match == null) {
            return;
        }
        Hit hit = match.firing(Category.BLACKHOLE);
        if (hit != null) {
            found.computeIfAbsent(BLACKHOLE.name(), ignored -> new Found(BLACKHOLE, query.name()))
                    .hits
                    .add(hit);
        }
    }

    /** What one type found in a query. */
    static final class Found {
        private final FindingType type;
        private final String name;
        private final List<Hit> hits = new ArrayList<>();

        Found(FindingType type, String name) {
            this.type = type;
            this.name = name;
        }

        /** The type for instances. */
        FindingType type() {
            return type;
        }

        /** The listed name, asked for or met in the answer. */
        String name() {
            return name;
        }

        /** The entries. */
        List<ThreatMatch> matches() {
            return hits.stream().map(Hit::evidence).toList();
        }

        private Signal signal(NameQuery query) {
            return NameSignal.of(type, query)
                    .additional("domain", name)
                    .matches(matches())
                    .build();
        }
    }
}
