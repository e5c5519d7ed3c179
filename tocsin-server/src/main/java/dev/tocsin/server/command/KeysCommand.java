package dev.tocsin.server.command;

import dev.tocsin.core.finding.Times;
import dev.tocsin.server.api.Role;
import dev.tocsin.server.report.Plain;
import dev.tocsin.server.security.AccessKeys;
import dev.tocsin.server.security.ReceiverKeys;
import dev.tocsin.server.security.Sealer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin keys}: the access keys of a service, also while it runs. */
@Command(
        name = "keys",
        description = "Makes, lists and disables access keys; also while the service runs.",
        footer = {
            "",
            "Examples:",
            "  tocsin keys create --data trial --account 111122223333 --role reader > reader.credentials",
            "  tocsin keys receiver --data trial --source flow > firehose.key",
            "  tocsin keys agent --data trial --source hosts --account 111122223333 --region eu-central-1 > agent.key",
            "  tocsin keys list --data trial",
            "  tocsin keys disable --data trial AKIAEXAMPLE",
        })
final class KeysCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before a command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw Inputs.wrong(spec, "give create, receiver, agent, list or disable");
    }

    private static AccessKeys keys(Administration administration, Path data) throws IOException {
        SecureRandom random = new SecureRandom();
        return new AccessKeys(administration.store(), Sealer.in(data, random), random, administration.clock());
    }

    @Command(name = "create", description = "Makes a key and prints it once, in shared-credentials form.")
    int create(
            @Option(names = "--data", required = true, paramLabel = "DIR", description = "The service's folder.")
                    Path data,
            @Option(names = "--account", required = true, paramLabel = "ID", description = "Whose API it opens.")
                    String account,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            description = "administrator or reader; ingest for engines that run elsewhere.")
                    Role role)
            throws IOException {
        if (!account.matches("\\d{12}")) {
            throw Inputs.wrong(spec, "--account: expected 12 digits, found '" + Plain.text(account) + "'");
        }
        return Administration.with(spec, data, administration -> {
            PrintWriter out = spec.commandLine().getOut();
            AccessKeys.Fresh fresh = keys(administration, data).create(account, role);
            administration.note(account, "CreateKey", fresh.id() + " " + role.text());
            out.print(fresh.toCredentials());
            out.flush();
            return 0;
        });
    }

    private static ReceiverKeys receiverKeys(Administration administration, Path data) throws IOException {
        SecureRandom random = new SecureRandom();
        return new ReceiverKeys(administration.store(), Sealer.in(data, random), random, administration.clock());
    }

    @Command(
            name = "receiver",
            description = "Makes a key for Firehose and prints it once. The source's other keys go on to be taken: give"
                    + " Firehose the new one, then disable the old one.")
    int receiver(
            @Option(names = "--data", required = true, paramLabel = "DIR", description = "The service's folder.")
                    Path data,
            @Option(
                            names = "--source",
                            required = true,
                            paramLabel = "NAME",
                            description = "The source, of type firehose-http, as the configuration calls it.")
                    String source)
            throws IOException {
        return Administration.with(spec, data, administration -> {
            ReceiverKeys.Fresh fresh = receiverKeys(administration, data).create(source);
            administration.note("", "CreateKey", fresh.id() + " receiver " + Plain.text(source));
            PrintWriter out = spec.commandLine().getOut();
            out.println(fresh.key());
            out.flush();
            return 0;
        });
    }

    @Command(
            name = "agent",
            description =
                    "Makes a key for 'tocsin agent' and prints it once. What the key's hosts send is theirs alone: an"
                            + " account, a Region and, if it is named, one instance.")
    int agent(
            @Option(names = "--data", required = true, paramLabel = "DIR", description = "The service's folder.")
                    Path data,
            @Option(
                            names = "--source",
                            required = true,
                            paramLabel = "NAME",
                            description = "The source, of type agent-http, as the configuration calls it.")
                    String source,
            @Option(names = "--account", required = true, paramLabel = "ID", description = "Whose hosts they are.")
                    String account,
            @Option(names = "--region", required = true, paramLabel = "NAME", description = "Where they are.")
                    String region,
            @Option(names = "--instance", paramLabel = "ID", description = "The one host; default: all of them.")
                    @Nullable
                    String instance)
            throws IOException {
        if (!account.matches("\\d{12}")) {
            throw Inputs.wrong(spec, "--account: expected 12 digits, found '" + Plain.text(account) + "'");
        }
        return Administration.with(spec, data, administration -> {
            ReceiverKeys.Fresh fresh =
                    receiverKeys(administration, data).create(source, new ReceiverKeys.Host(account, region, instance));
            administration.note(account, "CreateKey", fresh.id() + " agent " + Plain.text(source));
            PrintWriter out = spec.commandLine().getOut();
            out.println(fresh.key());
            out.flush();
            return 0;
        });
    }

    @Command(name = "list", description = "Lists the keys, never their secrets.")
    int list(
            @Option(names = "--data", required = true, paramLabel = "DIR", description = "The service's folder.")
                    Path data)
            throws IOException {
        return Administration.withExisting(spec, data, administration -> {
            List<AccessKeys.Listed> all = keys(administration, data).list();
            PrintWriter out = spec.commandLine().getOut();
            all.forEach(key -> out.printf(
                    Locale.ROOT,
                    "%s  %s  %-13s  %-8s  %s%n",
                    key.id(),
                    key.account(),
                    key.role().text(),
                    key.enabled() ? "enabled" : "disabled",
                    Times.iso(key.createdAt())));
            receiverKeys(administration, data)
                    .list()
                    .forEach(key -> out.printf(
                            Locale.ROOT,
                            "%s  receiver %s  %-8s  %s%n",
                            key.id(),
                            Plain.text(key.source()),
                            key.enabled() ? "enabled" : "disabled",
                            Times.iso(key.createdAt())));
            out.flush();
            return 0;
        });
    }

    @Command(name = "disable", description = "Ends the use of a key at once.")
    int disable(
            @Option(names = "--data", required = true, paramLabel = "DIR", description = "The service's folder.")
                    Path data,
            @Parameters(paramLabel = "KEY", description = "The access key id.") String id)
            throws IOException {
        return Administration.withExisting(spec, data, administration -> {
            if (id.startsWith(ReceiverKeys.PREFIX)) {
                return ended(
                        administration, id, receiverKeys(administration, data).disable(id), "");
            }
            AccessKeys keys = keys(administration, data);
            AccessKeys.Listed key = keys.find(id);
            if (key != null) {
                administration.announce(key.account(), "DisableKey", id);
            }
            return ended(administration, id, keys.disable(id), key == null ? "" : key.account());
        });
    }

    private int ended(Administration administration, String id, boolean found, String account) throws IOException {
        if (!found) {
            spec.commandLine().getErr().println("no key " + Plain.text(id) + "; 'tocsin keys list' shows all");
            return 2;
        }
        administration.note(account, "DisableKey", id);
        return 0;
    }
}
