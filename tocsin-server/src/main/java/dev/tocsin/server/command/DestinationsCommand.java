package dev.tocsin.server.command;

import dev.tocsin.core.detect.s3.JsonText;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.deliver.KafkaSettings;
import dev.tocsin.server.report.Plain;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin destinations}: where a running service sends findings. */
@Command(
        name = "destinations",
        description =
                "Lists, adds, removes and tests where a running service sends findings, and replays what did not arrive.",
        footer = {
            "",
            "Examples (the key is that of AWS_SHARED_CREDENTIALS_FILE, an administrator's):",
            "  tocsin destinations list",
            "  tocsin destinations add name=siem type=webhook url=https://siem.example.com/in secret=env:SIEM_SECRET",
            "  tocsin destinations add name=disk type=file path=findings.jsonl minSeverity=4",
            "  tocsin destinations add name=bus type=kafka brokers=kafka-1:9096,kafka-2:9096 topic=findings \\",
            "    properties.security.protocol=SASL_SSL properties.sasl.mechanism=SCRAM-SHA-512 \\",
            "    properties.sasl.jaas.config=env:KAFKA_LOGIN",
            "  tocsin destinations test siem",
            "  tocsin destinations dead siem",
            "  tocsin destinations replay siem",
            "  tocsin destinations remove siem",
            "",
            "docs/destinations.md has all types and keys. Exit: 0 done; 1 a test did not arrive; 2 it could not be done."
        })
final class DestinationsCommand implements Runnable {

    private static final List<String> NUMBERS = List.of("rate", "giveUpAfter", "maxMegabytes", "keep", "minSeverity");
    private static final List<String> FLAGS = List.of("enabled", "replicas");
    private static final List<String> LISTS = List.of("types", "accounts", "regions", "brokers");
    private static final List<String> SECRETS = List.of("secret", "authorization");
    private static final String PROPERTIES = "properties";
    private static final String PROPERTY = PROPERTIES + ".";
    private static final String ENVIRONMENT = "env:";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before a command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw Inputs.wrong(spec, "give list, add, remove, test, dead or replay");
    }

    /** Which service. */
    static final class Server {
        @Option(
                names = "--server",
                paramLabel = "URL",
                description = "The service; default: ${DEFAULT-VALUE}.",
                defaultValue = "http://127.0.0.1:8420")
        @SuppressWarnings("NullAway.Init") // it has a default
        private URI url;

        ServerClient client() {
            return new ServerClient(url);
        }
    }

    /** Does something with a service. */
    @FunctionalInterface
    private interface Work {
        int with(ServerClient client, PrintWriter out) throws IOException, InterruptedException;
    }

    private int run(Server server, Work work) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            return work.with(server.client(), out);
        } catch (IOException e) {
            spec.commandLine().getErr().println(Plain.text(String.valueOf(e.getMessage())));
            return 2;
        } finally {
            out.flush();
        }
    }

    @Command(name = "list", description = "Lists them, with what waits and what is dead.")
    int list(@Mixin Server server) throws InterruptedException {
        return run(server, (client, out) -> {
            for (Doc one : all(client)) {
                out.printf(
                        Locale.ROOT,
                        "%-20s %-9s %-13s %-8s sent %d, waiting %d, dead %d  %s%n",
                        Plain.text(text(one, "name")),
                        text(one, "type"),
                        one.text("format") == null ? "" : text(one, "format"),
                        one.text("status") == null ? "-" : text(one, "status"),
                        one.number("sent", 0),
                        one.number("waiting", 0),
                        one.number("dead", 0),
                        text(one, "id"));
                if (one.text("problem") != null) {
                    out.println("  " + Plain.text(text(one, "problem")));
                }
            }
            return 0;
        });
    }

    @Command(
            name = "add",
            description =
                    "Adds one: KEY=VALUE as docs/destinations.md has them; lists by commas, properties.NAME=VALUE.")
    int add(
            @Mixin Server server,
            @Parameters(paramLabel = "KEY=VALUE", arity = "1..*", description = "Such as name=siem type=webhook.")
                    List<String> settings)
            throws InterruptedException {
        Doc members = new Doc();
        for (String setting : settings) {
            int sign = setting.indexOf('=');
            if (sign <= 0) {
                throw Inputs.wrong(spec, "expected KEY=VALUE, found '" + Plain.text(setting) + "'");
            }
            String key = setting.substring(0, sign);
            Object value = value(key, setting.substring(sign + 1), System.getenv());
            if (key.startsWith(PROPERTY)) {
                members.with(PROPERTIES, members.part(PROPERTIES).with(key.substring(PROPERTY.length()), value));
            } else {
                members.with(key, value);
            }
        }
        return run(server, (client, out) -> {
            out.println(client.ask("POST", "destinations", members).text("id"));
            out.println("now: tocsin destinations test " + Plain.text(text(members, "name")));
            return 0;
        });
    }

    private Object value(String key, String text, Map<String, String> environment) {
        if (text.startsWith(ENVIRONMENT)) {
            String name = text.substring(ENVIRONMENT.length());
            String value = environment.get(name);
            if (value == null || value.isEmpty()) {
                throw Inputs.wrong(spec, key + ": the environment variable " + name + " is not set");
            }
            return value;
        }
        boolean property = key.startsWith(PROPERTY);
        if (SECRETS.contains(key) || (property && KafkaSettings.isSecret(key.substring(PROPERTY.length())))) {
            throw Inputs.wrong(spec, key + ": secrets do not stand on the command line; write " + key + "=env:NAME");
        }
        if (NUMBERS.contains(key)) {
            try {
                return key.equals("minSeverity") ? (Object) Double.valueOf(text) : Long.valueOf(text);
            } catch (NumberFormatException e) {
                throw Inputs.wrong(spec, key + ": expected a number, found '" + Plain.text(text) + "'");
            }
        }
        if (FLAGS.contains(key) && (text.equals("true") || text.equals("false"))) {
            return text.equals("true");
        }
        return LISTS.contains(key) ? Arrays.asList(text.split(",", -1)) : text;
    }

    @Command(name = "remove", description = "Removes one, and what waits for it.")
    int remove(@Mixin Server server, @Parameters(paramLabel = "NAME") String name) throws InterruptedException {
        return run(server, (client, out) -> {
            client.ask("DELETE", path(client, name), null);
            out.println("removed");
            return 0;
        });
    }

    @Command(name = "test", description = "Sends a marked sample and says what the receiver answered.")
    int test(@Mixin Server server, @Parameters(paramLabel = "NAME") String name) throws InterruptedException {
        return run(server, (client, out) -> {
            Doc answer = client.ask("POST", path(client, name) + "/test", new Doc());
            boolean delivered = Boolean.TRUE.equals(answer.get("delivered"));
            out.println((delivered ? "delivered in " : "not delivered, after ") + answer.number("millis", 0) + " ms: "
                    + Plain.text(text(answer, "answer")));
            return delivered ? 0 : 1;
        });
    }

    @Command(name = "dead", description = "Lists what is not tried any more, the newest first.")
    int dead(@Mixin Server server, @Parameters(paramLabel = "NAME") String name) throws InterruptedException {
        return run(server, (client, out) -> {
            Doc answer = client.ask("GET", path(client, name) + "/dead", null);
            for (Doc one : JsonText.objects(answer.get("letters"))) {
                out.println(text(one, "deadSince") + "  " + text(one, "findingId") + "  " + text(one, "type") + "  "
                        + one.number("tries", 0) + " tries: " + Plain.text(text(one, "problem")));
            }
            out.println(answer.number("dead", 0) + " dead letters; 'tocsin destinations replay " + Plain.text(name)
                    + "' sends them");
            return 0;
        });
    }

    @Command(name = "replay", description = "Sends dead letters again: those of the findings named, or all.")
    int replay(
            @Mixin Server server,
            @Parameters(index = "0", paramLabel = "NAME") String name,
            @Parameters(index = "1..*", arity = "0..*", paramLabel = "FINDING-ID") @Nullable List<String> ids)
            throws InterruptedException {
        return run(server, (client, out) -> {
            Doc body = ids == null || ids.isEmpty() ? new Doc() : new Doc().with("findingIds", ids);
            out.println(
                    client.ask("POST", path(client, name) + "/replay", body).number("replayed", 0) + " are sent again");
            return 0;
        });
    }

    private static List<Doc> all(ServerClient client) throws IOException, InterruptedException {
        return JsonText.objects(client.ask("GET", "destinations", null).get("destinations"));
    }

    /** The path of the destination that has {@code name} as its name or id. */
    private static String path(ServerClient client, String name) throws IOException, InterruptedException {
        List<String> ids = all(client).stream()
                .filter(one -> name.equals(one.text("name")) || name.equals(one.text("id")))
                .map(one -> text(one, "id"))
                .toList();
        if (ids.size() != 1) {
            throw new IOException((ids.isEmpty() ? "there is no destination " : "there are several destinations ")
                    + name + "; 'tocsin destinations list' shows all, with their ids");
        }
        return "destinations/" + ids.getFirst();
    }

    private static String text(Doc doc, String member) {
        return Objects.requireNonNullElse(doc.text(member), "");
    }
}
