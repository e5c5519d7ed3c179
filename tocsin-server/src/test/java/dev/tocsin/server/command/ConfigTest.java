package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.server.config.AnalyzeConfig;
import dev.tocsin.server.config.ConfigFile;
import dev.tocsin.server.config.ServeConfig;
import dev.tocsin.server.config.SourceConfig;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.OptionSpec;

/** Options in a file. */
final class ConfigTest extends CommandFixture {

    private static final Set<String> NOT_IN_A_FILE = Set.of("--config", "--example-config", "--help");

    private Path config(String text) throws IOException {
        return Files.writeString(folder.resolveSibling(folder.getFileName() + ".yaml"), text);
    }

    @Test
    void everyOptionOfAnalyzeCanStandThere() {
        Set<String> options =
                TocsinCommand.commandLine().getSubcommands().get("analyze").getCommandSpec().options().stream()
                        .map(OptionSpec::longestName)
                        .filter(name -> !NOT_IN_A_FILE.contains(name))
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> keys = Arrays.stream(AnalyzeConfig.class.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(key -> !key.equals("paths"))
                .map(ConfigArguments::option)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(options, keys);
    }

    @Test
    void theExampleIsReadAsItIsAndWithEveryKeyOn() throws IOException {
        assertEquals(0, tocsin("analyze", "--example-config"));
        String example = out.toString();
        object("a.json.gz", KALI);
        assertEquals(0, tocsin("doctor", "--config", config(example).toString(), folder.toString()), err.toString());
        String on = example.replaceAll("(?m)^#(\\w)", "$1")
                .replaceAll("(?m)^(inventory|intel|threatList|trustedList|geo): .*$", "");
        assertEquals(0, tocsin("doctor", "--config", config(on).toString(), folder.toString()), err.toString());
    }

    @Test
    void setsWhatTheCommandLineDoesNot() throws IOException {
        object("a.json.gz", KALI);
        Path file = config("paths: " + folder + "\nformat: csv\nfailOn: low\ncoverage: false\n");
        assertEquals(1, tocsin("analyze", "--config", file.toString()), err.toString());
        assertTrue(out.toString().startsWith("severity,"), out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, tocsin("analyze", "--config", file.toString(), "--format=jsonl", "--fail-on", "critical"));
        assertTrue(out.toString().startsWith("{"), out.toString());
    }

    @Test
    void listsOfTheCommandLineTakeThePlaceOfTheFiles() throws IOException {
        object("a.json.gz", KALI);
        Path file = config("enabledRegions: [eu-west-1]\nformat: jsonl\n");
        assertEquals(0, tocsin("analyze", "--config", file.toString(), folder.toString()));
        assertEquals("", out.toString());
        assertEquals(
                0, tocsin("analyze", "--config", file.toString(), "--enabled-regions", "us-east-1", folder.toString()));
        assertEquals(1, out.toString().lines().count());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            format: csv;tread: 4              | .yaml line 2: unknown key 'tread'; did you mean threads?
            learn-days: 4                     | .yaml line 1: unknown key 'learn-days'; did you mean learnDays?
            colour: red                       | unknown key 'colour'; there are paths, format, output
            threads: many                     | .yaml line 1: threads: expected a whole number, found 'many'
            coverage: perhaps                 | .yaml line 1: coverage: expected true or false, found 'perhaps'
            format: csv;format: html          | .yaml line 2: key 'format' stands there twice
            format: [csv]                     | .yaml line 1: format: expected one value, found a sequence
            - format                          | .yaml line 1: expected keys and values such as 'threads: 4'
            format: csv;  threads: [          | .yaml line 2: no YAML: mapping values are not allowed here
            since: yesterday                  | .yaml: Invalid value for option '--since': expected a time such as
            """)
    void saysWhatIsWrongAndWhere(String text, String message) throws IOException {
        object("a.json.gz", KALI);
        Path file = config(text.replace(';', '\n'));
        assertEquals(2, tocsin("analyze", "--config", file.toString(), folder.toString()));
        assertTrue(err.toString().contains(message), err.toString());
        assertEquals(2, err.toString().lines().count(), "one line, and where help stands");
    }

    @Test
    void aFileThatIsNotThereIsSaidSo() {
        assertEquals(
                2, tocsin("analyze", "--config", folder.resolve("none.yaml").toString(), folder.toString()));
        assertTrue(err.toString().startsWith("--config: "), err.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            analyse logs              | no command 'analyse'; did you mean analyze?
            analyze --tread 4 logs    | no option --tread; did you mean --threads?
            analyze --legder=x logs   | no option --legder; did you mean --ledger?
            analyze                   | give a PATH: files and folders of logs, or s3://bucket/prefix
            analyze --threads x logs  | Invalid value for option '--threads'
            analyze --output /nowhere/x logs | --output: /nowhere/x cannot be written: is its folder there
            analyze --ledger / logs   | --ledger: / cannot be written: it is a folder
            analyze --account 12 logs | --account: expected twelve digits, found '12'
            doctor --region east logs | --region: expected a Region such as eu-central-1, found 'east'
            types Backdoor:EC2/CCActivity | no finding type 'Backdoor:EC2/CCActivity'; did you mean Backdoor:EC2/C&CActivity.B?
            evaluate --labels /nowhere/x logs | --labels: /nowhere/x: no such file or folder
            analyze --learn-days 91 logs | --learn-days: expected 0 to 90, found 91
            serve --threads 0         | --threads: expected 1 or more, found 0
            serve --learn-days 91     | --learn-days: expected 0 to 90, found 91
            serve --listen 8420       | --listen: expected HOST:PORT such as 127.0.0.1:8420, found '8420'
            serve --account 12        | --account: expected twelve digits, found '12'
            lists chek x              | no command 'chek'; did you mean check?
            """)
    void aWrongCommandLineNamesTheWayOut(String arguments, String message) {
        assertEquals(2, tocsin(arguments.split(" ")));
        assertTrue(err.toString().startsWith(message), err.toString());
        assertTrue(err.toString().contains("'tocsin help"), err.toString());
    }

    @Test
    void everyCommandHasHelpWithAnExample() {
        TocsinCommand.commandLine().getSubcommands().keySet().stream()
                .filter(name -> !name.equals("help"))
                .forEach(name -> {
                    out.getBuffer().setLength(0);
                    assertEquals(0, tocsin(name, "--help"));
                    assertTrue(
                            out.toString().contains("tocsin " + name)
                                    && out.toString().contains("Example"),
                            name);
                });
    }

    @Test
    void theExampleOfServeIsReadWithEveryKeyOn() throws Exception {
        assertEquals(0, tocsin("serve", "--example-config"));
        Path file = config(out.toString().replaceAll("(?m)^#(\\w)", "$1"));
        ServeConfig read = ConfigFile.read(file, ServeConfig.class);
        assertEquals(List.of(SourceConfig.folder("trail", "/var/log/aws")), read.sources());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sorces: []                                        | unknown key 'sorces'; did you mean sources?
            sources: [{name: a, typ: folder}]                 | unknown key 'typ'; did you mean type?
            sources: [{name: a, type: foldr, path: x}]        | source a: no type 'foldr'; did you mean folder?
            sources: [{name: a, type: folder}]                | source a: path is missing
            sources: [{name: a, type: sqs}]                   | source a: queue is missing
            sources: [{name: a, type: sqs, queue: trail}]     | source a: queue: trail: expected a queue's URL such as
            sources: [{name: a, type: s3, url: 's3://b', assumeRole: {externalId: x}}] | source a: assumeRole: arn is missing
            sources: [{name: a, type: folder, path: x, from: soon}] | source a: from: expected beginning, now or a time
            """)
    void saysWhatIsWrongWithSources(String text, String message) throws IOException {
        Path file = config(text);
        assertEquals(
                2,
                tocsin(
                        "serve",
                        "--config",
                        file.toString(),
                        "--data",
                        folder.resolve("data").toString()));
        assertTrue(err.toString().contains(message), err.toString());
    }
}
