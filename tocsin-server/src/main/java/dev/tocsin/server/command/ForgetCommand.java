package dev.tocsin.server.command;

import dev.tocsin.server.report.Plain;
import dev.tocsin.server.store.Forget;
import dev.tocsin.server.store.Forgotten;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin forget}: deletes what is known of somebody. */
@Command(
        name = "forget",
        description = "Deletes what is known of an account, principal or instance: profile, findings, ledger rows.",
        footer = {
            "",
            "Examples:",
            "  tocsin forget --account 111122223333 --state known/",
            "  tocsin forget --principal arn:aws:iam::111122223333:user/alice --state known/",
            "  tocsin forget --instance i-0aaaabbbbccccdddd --data /var/lib/tocsin",
            "",
            "Logs that lie at PATH still are not touched: what they say may be learned anew from new objects."
        })
final class ForgetCommand implements Callable<Integer> {

    /** Of whom. */
    static final class Who {
        @Option(names = "--account", paramLabel = "ID", description = "An account, twelve digits.")
        private @Nullable String account;

        @Option(names = "--principal", paramLabel = "ARN", description = "A user, role (with its sessions) or session.")
        private @Nullable String principal;

        @Option(names = "--instance", paramLabel = "ID", description = "An instance, with its interfaces.")
        private @Nullable String instance;
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // required
    private Who who;

    @Option(
            names = {"--state", "--data"},
            paramLabel = "DIR",
            required = true,
            description = "Where analyze keeps its state, or a service all it keeps; it must not run.")
    @SuppressWarnings("NullAway.Init") // required
    private Path state;

    @Override
    public Integer call() {
        Forget forget;
        String name;
        if (who.account != null) {
            name = twelveDigits(who.account);
            forget = Forget.account(name);
        } else if (who.principal != null) {
            name = checked(who.principal, "arn:", "--principal: expected an ARN");
            forget = Forget.principal(name);
        } else {
            name = checked(
                    String.valueOf(who.instance), "i-", "--instance: expected an id such as i-0aaaabbbbccccdddd");
            forget = Forget.instance(name);
        }
        try (Store store = Store.openExisting(state)) {
            say(name, store.forget(forget));
            return 0;
        } catch (StoreException e) {
            throw Inputs.wrong(spec, "--state: " + e.getMessage());
        }
    }

    private String twelveDigits(String account) {
        if (!account.matches("\\d{12}")) {
            throw Inputs.wrong(spec, "--account: expected twelve digits, found '" + account + "'");
        }
        return account;
    }

    private String checked(String value, String prefix, String message) {
        if (!value.startsWith(prefix)) {
            throw Inputs.wrong(spec, message + ", found '" + value + "'");
        }
        return value;
    }

    private void say(String name, Forgotten forgotten) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "Deleted of %s: %d findings, %d entries of profiles and inventory, %d ledger rows, %d settings.%n",
                Plain.text(name),
                forgotten.findings(),
                forgotten.entries(),
                forgotten.objects(),
                forgotten.settings());
        if (forgotten.objects() > 0) {
            out.println("Objects without a ledger row are read anew if they are given again.");
        }
        out.flush();
    }
}
