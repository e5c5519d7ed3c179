package dev.tocsin.server.scenario;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.desk.inventory.InventoryReader;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.core.rule.Rules;
import dev.tocsin.core.rule.RulesInForce;
import dev.tocsin.input.list.ListReader;
import dev.tocsin.input.list.ListRequest;
import dev.tocsin.server.host.Analysis;
import dev.tocsin.server.source.SourceObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A small attack through the whole engine, which the self-test and sample findings play. It lies in this package's
 * resources: calls, flows, queries and host events with made-up lists and inventory; each record of a call is named after the type that
 * it is there for. A new type needs a record there, or a test fails.
 */
public final class Scenario {

    /** Whose logs the resources are, as they are written. */
    private static final String ACCOUNT = "111122223333";

    private static final String REGION = "us-east-1";

    /** When the logs came, epoch seconds: 2026-02-01, after all their records. */
    private static final long DELIVERED_AT = 1_769_904_000;

    private static final List<String> LOGS = List.of("calls.jsonl", "flows.log", "queries.jsonl", "hosts.log");

    private Scenario() {}

    /**
     * The findings that it makes, at least one of each type.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public static List<FindingState> play() throws IOException, InterruptedException {
        return play(ACCOUNT, REGION);
    }

    /** The same, had it met {@code account} in {@code region}. */
    public static List<FindingState> play(String account, String region) throws IOException, InterruptedException {
        Intelligence intelligence = lists();
        EngineServices services =
                new EngineServices(Scenario::place, () -> intelligence).ruling(RulesInForce.live(Rules.ALL));
        Analysis analysis = new Analysis(Analysis.Options.threads(1).knowing(services, inventory(account, region)));
        List<SourceObject> objects = new ArrayList<>();
        for (String log : LOGS) {
            byte[] bytes = resource(log, account, region);
            objects.add(new SourceObject(log, bytes.length, DELIVERED_AT, () -> new ByteArrayInputStream(bytes)));
        }
        analysis.run(objects);
        return List.copyOf(analysis.findings(true));
    }

    /** Two of the peers are told apart by country, the networks of some callers are known. */
    private static Doc place(Address address) {
        return switch (address.toString()) {
            case "192.0.3.204" -> country("Germany");
            case "192.0.4.203" -> country("Iceland");
            case "192.0.5.50", "192.0.5.52" -> network("64500");
            case "192.0.6.60", "192.0.6.61" -> country("Germany").withAll(network("64501"));
            case "192.0.7.60", "192.0.7.61" -> country("Iceland").withAll(network("64502"));
            default -> new Doc();
        };
    }

    private static Doc network(String asn) {
        return new Doc().with("organization", new Doc().with("asn", asn).with("asnOrg", "EXAMPLE"));
    }

    private static Doc country(String name) {
        return new Doc().with("country", new Doc().with("countryName", name));
    }

    private static Intelligence lists() throws IOException {
        Intelligence.Builder lists = new Intelligence.Builder();
        list("intel.tsv", IndicatorList.Kind.INTEL, lists);
        list("threats.txt", IndicatorList.Kind.OPERATOR_THREAT, lists);
        return lists.build();
    }

    private static void list(String name, IndicatorList.Kind kind, Intelligence.Builder into) throws IOException {
        ListReader.read(
                ListRequest.of("selftest " + name, kind).withHashes(), new ByteArrayInputStream(resource(name)), into);
    }

    private static List<InventoryFact> inventory(String account, String region) throws IOException {
        List<InventoryFact> facts = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(resource("inventory.json", account, region))) {
            InventoryReader.read(json, null, facts::add);
        }
        return facts;
    }

    private static byte[] resource(String name, String account, String region) throws IOException {
        return new String(resource(name), StandardCharsets.UTF_8)
                .replace(ACCOUNT, account)
                .replace(REGION, region)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Scenario.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return in.readAllBytes();
        }
    }
}
