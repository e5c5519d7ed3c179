package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.config.ConfigFile;
import dev.tocsin.server.config.ServeConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What is shipped around the program, read as its users read it; {@code tocsin-bench/fresh-debian.sh} installs it. */
final class PackagingTest {

    private static final Path ROOT = Path.of("..");
    private static final Path PACKAGING = ROOT.resolve("packaging");

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(PACKAGING.resolve(file));
    }

    /** A unit's settings; those that are set twice are joined. */
    private static Map<String, String> unit() throws IOException {
        Map<String, String> settings = new TreeMap<>();
        lines("debian/tocsin.service").stream()
                .filter(line -> line.contains("=") && !line.startsWith("#"))
                .forEach(line -> settings.merge(
                        line.substring(0, line.indexOf('=')),
                        line.substring(line.indexOf('=') + 1),
                        (one, other) -> one + " " + other));
        return settings;
    }

    @Test
    void theUnitIsSandboxed() throws IOException {
        Map<String, String> unit = unit();
        for (String on : List.of(
                "NoNewPrivileges",
                "PrivateTmp",
                "PrivateDevices",
                "ProtectHome",
                "ProtectKernelModules",
                "ProtectKernelTunables",
                "ProtectControlGroups",
                "RestrictNamespaces",
                "RestrictSUIDSGID",
                "LockPersonality")) {
            assertEquals("yes", unit.get(on), on);
        }
        assertEquals("strict", unit.get("ProtectSystem"));
        assertEquals("", unit.get("CapabilityBoundingSet"));
        assertEquals("AF_INET AF_INET6 AF_UNIX", unit.get("RestrictAddressFamilies"));
        assertEquals("@system-service ~@privileged @resources", unit.get("SystemCallFilter"));
        assertEquals("tocsin", unit.get("User"));
        assertEquals("0700", unit.get("StateDirectoryMode"));
        assertEquals("notify", unit.get("Type"));
        assertTrue(Integer.parseInt(Objects.requireNonNull(unit.get("TimeoutStopSec"))) > 10, "it ends within 10 s");
    }

    @Test
    void theUnitsCommandIsOne() throws IOException {
        isACommand(Objects.requireNonNull(unit().get("ExecStart")).split(" ", -1));
    }

    private static void isACommand(String... words) {
        assertTrue(words[0].endsWith("tocsin"), words[0]);
        assertDoesNotThrow(() -> TocsinCommand.commandLine().parseArgs(Arrays.copyOfRange(words, 1, words.length)));
    }

    @Test
    void theConfigurationIsOne() throws ConfigException {
        ServeConfig config = ConfigFile.read(PACKAGING.resolve("debian/tocsin.yaml"), ServeConfig.class);
        assertEquals("127.0.0.1:8420", config.listen(), "off this machine only when asked");
        assertEquals(1, Objects.requireNonNull(config.sources()).size());
    }

    @Test
    void theImageRunsAsNobodyInParticularAndSaysHowItFares() throws IOException {
        List<String> lines = lines("oci/Dockerfile");
        int user = lines.indexOf("USER 10001:10001");
        assertTrue(user > 0 && user < indexOf(lines, "ENTRYPOINT"), "not root");
        assertTrue(lines.stream().noneMatch(line -> line.startsWith("ADD ")), "ADD fetches and unpacks unasked");
        isACommand(words("tocsin", lines.get(indexOf(lines, "CMD"))));
        String health = lines.get(indexOf(lines, "HEALTHCHECK") + 1);
        isACommand(words(null, health));
    }

    private static int indexOf(List<String> lines, String instruction) {
        int at = 0;
        while (!lines.get(at).startsWith(instruction + " ")) {
            at++;
        }
        return at;
    }

    /** The words of an instruction in JSON form, behind {@code program} if that is the entry point. */
    private static String[] words(@Nullable String program, String instruction) {
        List<String> words = new ArrayList<>();
        if (program != null) {
            words.add(program);
        }
        ((List<?>) new Load(LoadSettings.builder().build()).loadFromString(instruction.replaceFirst("^ *CMD ", "")))
                .forEach(word -> words.add((String) word));
        return words.toArray(String[]::new);
    }

    @Test
    void theComposedServiceMayWriteItsVolumeAlone() throws IOException {
        Map<?, ?> compose = (Map<?, ?>) new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(PACKAGING.resolve("oci/compose.yaml")));
        Map<?, ?> service = (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) compose.get("services")).get("tocsin"));
        assertEquals(true, service.get("read_only"));
        assertEquals(List.of("ALL"), service.get("cap_drop"));
        assertEquals(List.of("no-new-privileges:true"), service.get("security_opt"));
        assertEquals("10001:10001", service.get("user"));
        for (Object volume : (List<?>) service.get("volumes")) {
            assertTrue(volume.equals("data:/var/lib/tocsin") || ((String) volume).endsWith(":ro"), "" + volume);
        }
        assertEquals(List.of("127.0.0.1:8420:8420"), service.get("ports"), "to others only when asked");
        List<String> words = new ArrayList<>(List.of("tocsin"));
        ((List<?>) service.get("command")).forEach(word -> words.add((String) word));
        isACommand(words.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "package",
                "tocsin",
                "tocsin-bench/fresh-debian.sh",
                "tocsin-bench/container-check.sh",
                "packaging/debian/postinst",
                "packaging/debian/prerm",
                "packaging/debian/postrm"
            })
    void scriptsAreScripts(String script) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-n", ROOT.resolve(script).toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, shell.waitFor(), said);
    }

    @Test
    void whatIsNamedAsLicenceIsThere() throws IOException {
        for (String line :
                lines("licences.tsv").subList(1, lines("licences.tsv").size())) {
            String licence = line.split("\t", -1)[1];
            assertTrue(
                    licence.equals("Apache-2.0")
                            || Files.exists(PACKAGING.resolve("licences").resolve(licence + ".txt")),
                    licence);
        }
    }

    @Test
    void purgingDeletesWhatRemovingKeeps() throws IOException {
        String script = Files.readString(PACKAGING.resolve("debian/postrm"));
        String remove = script.substring(script.indexOf("remove)"), script.indexOf("purge)"));
        assertFalse(remove.contains("/var/lib/tocsin") || remove.contains("/etc/tocsin"), remove);
        assertTrue(script.substring(script.indexOf("purge)")).contains("/var/lib/tocsin"));
    }
}
