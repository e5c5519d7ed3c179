package dev.tocsin.server.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.desk.inventory.InventoryReader;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.input.list.ListReader;
import dev.tocsin.input.list.ListRequest;
import dev.tocsin.server.host.Analysis;
import dev.tocsin.server.report.Plain;
import dev.tocsin.server.source.SourceObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code tocsin selftest}: a small attack through the whole engine. What it plays lies in the folder {@code selftest} of the
 * resources: calls, flows and queries with made-up lists and inventory; each record of a call is named after the type that
 * it is there for. A new type needs a record there, or a test fails.
 */
@Command(
        name = "selftest",
        description = "Plays a small attack through the engine and says for each type why it fired.",
        footer = {
            "",
            "Example:",
            "  tocsin selftest",
            "",
            "Nothing is read or written outside: addresses and names are documentation's, the lists are made up.",
            "Exit: 0 all types fired; 1 one did not."
        })
final class SelftestCommand implements Callable<Integer> {

    private static final List<String> LOGS = List.of("calls.jsonl", "flows.log", "queries.jsonl");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, FindingState> findings =
                play().stream().collect(Collectors.toMap(FindingState::type, Function.identity(), (one, other) -> one));
        PrintWriter out = spec.commandLine().getOut();
        Map<String, FindingType> types = new TreeMap<>(Detectors.types());
        types.values().forEach(type -> say(type, findings.get(type.name()), out));
        long missing = types.keySet().stream()
                .filter(type -> !findings.containsKey(type))
                .count();
        out.println(missing == 0 ? "All " + types.size() + " types fired." : missing + " types did not fire.");
        out.flush();
        return missing == 0 ? 0 : 1;
    }

    private static List<FindingState> play() throws IOException, InterruptedException {
        Intelligence intelligence = lists();
        EngineServices services = new EngineServices(address -> new Doc(), () -> intelligence);
        Analysis analysis = new Analysis(Analysis.Options.threads(1).knowing(services, inventory()));
        List<SourceObject> objects = new ArrayList<>();
        for (String log : LOGS) {
            byte[] bytes = resource(log);
            objects.add(new SourceObject(log, bytes.length, 0, () -> new ByteArrayInputStream(bytes)));
        }
        analysis.run(objects);
        return List.copyOf(analysis.findings(true));
    }

    private static Intelligence lists() throws IOException {
        Intelligence.Builder lists = new Intelligence.Builder();
        list("intel.tsv", IndicatorList.Kind.INTEL, lists);
        list("threats.txt", IndicatorList.Kind.OPERATOR_THREAT, lists);
        return lists.build();
    }

    private static void list(String name, IndicatorList.Kind kind, Intelligence.Builder into) throws IOException {
        ListReader.read(ListRequest.of("selftest " + name, kind), new ByteArrayInputStream(resource(name)), into);
    }

    private static List<InventoryFact> inventory() throws IOException {
        List<InventoryFact> facts = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(resource("inventory.json"))) {
            InventoryReader.read(json, null, facts::add);
        }
        return facts;
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = SelftestCommand.class.getResourceAsStream("selftest/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return in.readAllBytes();
        }
    }

    private static void say(FindingType type, @Nullable FindingState finding, PrintWriter out) {
        if (finding == null) {
            out.printf(Locale.ROOT, "%-8s %s%n", "MISSING", type.name());
            return;
        }
        Doc trigger = finding.document().part("tocsin").part("evidence").part("trigger");
        out.printf(
                Locale.ROOT,
                "%-8s %s%n         it fires when %s%n         here: %s (%s at %s)%n",
                "fired",
                type.name(),
                type.firesWhen(),
                Plain.text(String.valueOf(finding.document().text("title"))),
                trigger.text("source"),
                trigger.text("time"));
    }
}
