package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real captures through the command line: every incident of a type we know, nothing forbidden, quiet where quiet. */
final class NetworkCorpusTest extends CommandFixture {

    private static final Path SHARED = Path.of("../../shared");
    private static final Path CORPUS = SHARED.resolve("corpus/network");
    private static final String HEADER = "indicator\tkind\tport\tcategory\tfamily\tlastSeen\n";

    /** Captures of ordinary machines that meet an address of the list. */
    private static final Set<String> EVERYDAY = Set.of("benign-apps", "windows-browsing");

    /** The list category that a type needs (intel/README.md); the two kinds of entry of a capture are told by it. */
    private static final Map<String, String> CATEGORIES = Map.of(
            "Backdoor:EC2/C&CActivity.B", "c2",
            "Trojan:EC2/BlackholeTraffic", "blackhole",
            "CryptoCurrency:EC2/BitcoinTool.B", "cryptomining",
            "UnauthorizedAccess:EC2/TorClient", "tor",
            "Recon:EC2/PortProbeUnprotectedPort", "scanner");

    /**
     * A capture read in one format of its flow log.
     *
     * @param version of its flow records, such as {@code v5}
     */
    record Capture(String name, String version, Doc truth) {

        List<Doc> incidents() {
            return Judged.docs(truth, "incidents");
        }

        /** All that is expected, allowed or forbidden of the type of {@code certainties}. */
        Set<String> expected(Set<String> certainties) {
            Set<String> types = new TreeSet<>();
            incidents()
                    .forEach(incident -> Judged.docs(incident, "expect").stream()
                            .filter(expect -> certainties.contains(expect.text("certainty")))
                            .map(Judged::type)
                            .forEach(types::add));
            return types;
        }

        @Override
        public String toString() {
            return name + " " + version;
        }
    }

    static Stream<Capture> captures() throws IOException {
        if (!Files.exists(CORPUS)) {
            return Stream.of();
        }
        List<Capture> captures = new ArrayList<>();
        try (Stream<Path> folders = Files.list(CORPUS)) {
            for (Path folder : folders.sorted().toList()) {
                if (Files.exists(folder.resolve("truth.json"))) {
                    Doc truth = Judged.doc(Files.readString(folder.resolve("truth.json")));
                    if (truth.get("flowFormats") instanceof List<?> formats) {
                        formats.forEach(format -> captures.add(
                                new Capture(folder.getFileName().toString(), String.valueOf(format), truth)));
                    }
                }
            }
        }
        return captures.stream();
    }

    @Test
    void corpusIsThere() throws IOException {
        Assumptions.assumeTrue(Files.exists(CORPUS), "shared/corpus is not beside the repository: no captures");
        assertTrue(captures().count() > 40);
    }

    /**
     * Wanted, but not in the records: of two records between two addresses alone, without flow-direction, none says which
     * side is the host.
     */
    private static final Map<String, String> UNDECIDABLE =
            Map.of("dos-unusual-protocol v2", "Backdoor:EC2/DenialOfService.UnusualProtocol");

    private static boolean isWanted(Capture capture, String type) {
        return Detectors.types().containsKey(type) && !type.equals(UNDECIDABLE.get(capture.toString()));
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("captures")
    void findsWhatIsThereAndNoMore(Capture capture) throws IOException {
        Judged judged = run(capture, intel(capture));
        Set<String> must = capture.expected(Set.of("must", "should"));
        must.removeIf(type -> !isWanted(capture, type));
        Set<String> allowed = capture.expected(Set.of("must", "should", "may"));
        allowed.removeAll(capture.expected(Set.of("must-not")));
        assertAll(
                judged::toString,
                () -> assertTrue(judged.types().containsAll(must), "wanted " + must),
                () -> assertTrue(allowed.containsAll(judged.types()), "allowed " + allowed),
                () -> assertEquals(0, judged.total("rejected"), "rejected"));
        for (Doc incident : capture.incidents()) {
            atItsHost(incident, judged, capture);
        }
    }

    /** The finding names the incident's instance; a flow record of version 2 knows the interface alone. */
    private static void atItsHost(Doc incident, Judged judged, Capture capture) {
        for (Doc expect : Judged.docs(incident, "expect")) {
            boolean wanted = Set.of("must", "should").contains(String.valueOf(expect.text("certainty")))
                    && isWanted(capture, Judged.type(expect));
            FindingType type = Detectors.types().get(Judged.type(expect));
            boolean query = type != null && type.source() == FindingType.DataSource.DNS;
            String host = incident.text(capture.version().equals("v2") && !query ? "interfaceId" : "instanceId");
            assertTrue(
                    !wanted
                            || judged.findings().stream()
                                    .filter(finding -> Judged.type(finding).equals(Judged.type(expect)))
                                    .anyMatch(finding -> finding.toJson().contains(String.valueOf(host))),
                    () -> Judged.type(expect) + " of " + host);
        }
    }

    /** With the whole list as if each entry were fresh: what came in, and what is everybody's, is no C&C. */
    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("captures")
    void raisesNoCommandAndControlWhereNoneIs(Capture capture) throws IOException {
        boolean server = capture.name().equals("exposed-server-a");
        if (server || (capture.version().equals("v5") && EVERYDAY.contains(capture.name()))) {
            Judged judged = run(capture, wholeList(capture));
            assertTrue(judged.types().stream().noneMatch(type -> type.contains("C&C")), judged::toString);
            assertEquals(server, judged.types().contains("Recon:EC2/PortProbeUnprotectedPort"), judged::toString);
        }
    }

    private Judged run(Capture capture, Path intel) throws IOException {
        Path ledger = folder.resolve("ledger.json");
        List<String> arguments = new ArrayList<>(List.of("analyze", "--quiet", "--format", "jsonl"));
        arguments.addAll(List.of("--ledger", ledger.toString(), "--intel", intel.toString()));
        try (Stream<Path> files = Files.walk(CORPUS.resolve(capture.name()).resolve("AWSLogs"))) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("vpcflowlogs") || isOf(file, capture.version()))
                    .sorted()
                    .forEach(file -> arguments.add(file.toString()));
        }
        out.getBuffer().setLength(0);
        assertEquals(0, tocsin(arguments.toArray(String[]::new)), err.toString());
        return Judged.of(out.toString(), Files.readString(ledger));
    }

    private static boolean isOf(Path file, String version) {
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            String text = new String(in.readNBytes(2_000), StandardCharsets.UTF_8);
            return text.contains("\n" + version.substring(1) + " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The entries that the incidents need, last seen on the day of the capture. */
    private Path intel(Capture capture) throws IOException {
        StringBuilder rows = new StringBuilder(HEADER + "203.0.113.250\tip\t\tc2\tnobody\t" + day(capture) + "\n");
        for (Doc incident : capture.incidents()) {
            for (Doc expect : Judged.docs(incident, "expect")) {
                String category = CATEGORIES.get(Judged.type(expect));
                for (String entry : category == null ? List.<String>of() : needed(incident, expect)) {
                    String[] parts = entry.split(":", 2);
                    rows.append(String.join(
                                    "\t",
                                    parts[0],
                                    "ip",
                                    parts.length > 1 ? parts[1] : "",
                                    category,
                                    "x",
                                    day(capture)))
                            .append('\n');
                }
            }
        }
        return Files.writeString(folder.resolve("intel.tsv"), rows);
    }

    /** What the list must hold: entries by themselves, or in words, which mean the remotes that the incident names. */
    private static List<String> needed(Doc incident, Doc expect) {
        List<String> entries = new ArrayList<>();
        if (expect.get("needsIntel") instanceof List<?> needs) {
            for (Object need : needs) {
                String text = String.valueOf(need);
                if (Address.parse(text.split(":", 2)[0]) != null) {
                    entries.add(text);
                } else {
                    Judged.docs(incident, "topRemotes").forEach(remote -> entries.add(remote.text("ip")));
                    Judged.docs(incident, "intelInMaltrail").stream()
                            .filter(listed -> "scanner".equals(listed.text("category")))
                            .forEach(listed -> entries.add(listed.text("indicator")));
                }
            }
        }
        return entries;
    }

    private static String day(Capture capture) {
        return String.valueOf(capture.truth().part("window").text("to")).substring(0, 10);
    }

    /** The addresses of the shared list, every entry last seen on the day of the capture. */
    private Path wholeList(Capture capture) throws IOException {
        Path list = SHARED.resolve("intel/maltrail-domains.tsv.gz");
        Assumptions.assumeTrue(Files.exists(list), "the shared intelligence is not here: " + list);
        String day = day(capture);
        Path whole = folder.resolve("whole.tsv");
        try (var in = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(list)), StandardCharsets.UTF_8));
                var to = Files.newBufferedWriter(whole)) {
            to.write(in.readLine().replace("# ", "") + "\tlastSeen\n");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.contains("\tip\t") || line.contains("\tcidr\t")) {
                    to.write(line + "\t" + day + "\n");
                }
            }
        }
        return whole;
    }
}
