package dev.tocsin.server.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** deploy/'s Terraform modules say what its CloudFormation templates say; and what the tools say of both, where installed. */
final class TerraformModulesTest {

    private static final Path DEPLOY = Path.of("../deploy");
    private static final Path PLUGINS = Path.of("/opt/tf-plugins");
    private static final Pattern VARIABLE = Pattern.compile("(?m)^variable \"([a-z_]+)\"");
    private static final Pattern STATEMENT =
            Pattern.compile("sid +=.*?\"(\\w+)\"(.*?)(?=\\bsid +=|\\nresource|\\ndata|\\z)", Pattern.DOTALL);
    private static final Pattern ACTIONS = Pattern.compile("actions +=\\s*\\[(.*?)]", Pattern.DOTALL);
    private static final Pattern CONDITION = Pattern.compile("variable += \"([A-Za-z0-9:]+)\"");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    @TempDir
    private Path folder;

    private static String text(String module) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String file : List.of("variables.tf", "main.tf")) {
            text.append(
                    Files.readString(DEPLOY.resolve("terraform").resolve(module).resolve(file)));
        }
        return text.toString();
    }

    private static Set<String> all(Pattern pattern, String text) {
        TreeSet<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static String snake(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # template        | module       | only there   | only here
            streams.yaml      | streams      | -            | logs key_version
            vpc.yaml          | vpc          | -            | -
            reader.yaml       | reader       | -            | -
            organization.yaml | organization | template_url | -
            """)
    void parametersHaveTheSameNames(String template, String module, String there, String here) throws IOException {
        TreeSet<String> parameters = new TreeSet<>();
        Template.of(template).names("Parameters").forEach(name -> parameters.add(snake(name)));
        Set<String> variables = all(VARIABLE, text(module));
        parameters.removeAll(names(there));
        variables.removeAll(names(here));
        assertEquals(parameters, variables);
    }

    private static List<String> names(String text) {
        return text == null ? List.of() : Arrays.asList(text.split(" ", -1));
    }

    /** Each statement, by its name, allows the same under the same conditions. */
    @ParameterizedTest
    @CsvSource({"streams.yaml, streams", "reader.yaml, reader"})
    void policiesAreTheSame(String template, String module) throws IOException {
        Map<String, Set<String>> here = new HashMap<>();
        Matcher matcher = STATEMENT.matcher(text(module));
        while (matcher.find()) {
            String body = matcher.group(2);
            Matcher actions = ACTIONS.matcher(body);
            assertTrue(actions.find(), matcher.group(1));
            Set<String> says = all(QUOTED, actions.group(1));
            says.addAll(all(CONDITION, body));
            here.put(matcher.group(1), says);
        }
        Map<String, Set<String>> there = new HashMap<>();
        for (Map<?, ?> statement : Template.statements(Template.of(template).root())) {
            TreeSet<String> says = new TreeSet<>(Template.resolved(statement.get("Action")));
            if (statement.get("Condition") instanceof Map<?, ?> condition) {
                condition.values().forEach(tests -> ((Map<?, ?>) tests).keySet().forEach(key -> says.add("" + key)));
            }
            there.put(String.valueOf(statement.get("Sid")), says);
        }
        assertEquals(there, here);
    }

    @ParameterizedTest
    @ValueSource(strings = {"streams", "vpc", "reader", "all-regions", "organization"})
    void terraformTakesIt(String module) throws IOException, InterruptedException {
        assumeTrue(isThere("terraform"), "terraform is not installed");
        assumeTrue(Files.isDirectory(PLUGINS), "the AWS provider is not at " + PLUGINS);
        copy(DEPLOY, folder);
        Path at = folder.resolve("terraform").resolve(module);
        assertFalse(run(at, "terraform", "init", "-backend=false", "-plugin-dir=" + PLUGINS)
                .contains("Error"));
        String said = run(at, "terraform", "validate", "-no-color");
        assertTrue(said.contains("Success!"), said);
        assertEquals("", run(at, "terraform", "fmt", "-check"), "terraform fmt");
    }

    @Test
    void cloudFormationTakesThem() throws IOException, InterruptedException {
        assumeTrue(isThere("cfn-lint"), "cfn-lint is not installed");
        List<String> command = new ArrayList<>(List.of("cfn-lint"));
        try (var templates = Files.list(DEPLOY.resolve("cloudformation"))) {
            templates.map(Path::toAbsolutePath).map(Path::toString).forEach(command::add);
        }
        assertEquals("", run(folder, command.toArray(String[]::new)));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private static boolean isThere(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    private static String run(Path at, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(at.toFile()).redirectErrorStream(true);
        builder.environment().put("TF_CLI_CONFIG_FILE", "/dev/null");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
