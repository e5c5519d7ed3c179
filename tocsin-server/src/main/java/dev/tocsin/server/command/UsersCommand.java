package dev.tocsin.server.command;

import dev.tocsin.core.finding.Times;
import dev.tocsin.server.api.Role;
import dev.tocsin.server.report.Plain;
import dev.tocsin.server.security.Users;
import dev.tocsin.server.store.StoreException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin users}: the people who sign in with a password, also while the service runs. */
@Command(
        name = "users",
        description = "Makes, lists and disables users of the console; also while the service runs.",
        footer = {
            "",
            "A password is asked for at a terminal, else read as one line from standard input;",
            "--generate makes one and prints it once.",
            "",
            "Examples:",
            "  tocsin users create --data trial --account 111122223333 --role reader alice",
            "  tocsin users password --data trial --generate alice",
            "  tocsin users list --data trial",
            "  tocsin users disable --data trial alice",
        })
final class UsersCommand implements Runnable {

    private static final int PASSWORD_BYTES = 18;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before a command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw Inputs.wrong(spec, "give create, password, list or disable");
    }

    private static Users users(Administration administration) {
        return new Users(administration.store(), new SecureRandom(), administration.clock());
    }

    @Command(name = "create", description = "Makes a user.")
    int create(
            @Option(names = "--data", required = true, paramLabel = "DIR", description = "The service's folder.")
                    Path data,
            @Option(names = "--account", required = true, paramLabel = "ID", description = "Whose API it opens.")
                    String account,
            @Option(names = "--role", required = true, paramLabel = "ROLE", description = "administrator or reader.")
                    Role role,
            @Option(names = "--generate", description = "Make a password and print it once.") boolean generate,
            @Parameters(paramLabel = "NAME", description = "The user's name.") String name)
            throws IOException {
        if (!account.matches("\\d{12}")) {
            throw Inputs.wrong(spec, "--account: expected 12 digits, found '" + Plain.text(account) + "'");
        }
        String password = password(generate);
        return Administration.with(spec, data, administration -> {
            users(administration).create(name, account, role, password);
            administration.note(account, "CreateUser", name + " " + role.text());
            tell(generate ? password : null);
            return 0;
        });
    }

    @Command(name = "password", description = "Gives a user another password.")
    int change(
            @Option(names = "--data", required = true, paramLabel = "DIR", description = "The service's folder.")
                    Path data,
            @Option(names = "--generate", description = "Make a password and print it once.") boolean generate,
            @Parameters(paramLabel = "NAME", description = "The user's name.") String name)
            throws IOException {
        String password = password(generate);
        return Administration.with(spec, data, administration -> {
            if (!users(administration).password(name, password)) {
                return unknown(name);
            }
            administration.note(account(administration, name), "ChangePassword", name);
            tell(generate ? password : null);
            return 0;
        });
    }

    @Command(name = "list", description = "Lists the users.")
    int list(
            @Option(names = "--data", required = true, paramLabel = "DIR", description = "The service's folder.")
                    Path data)
            throws IOException {
        return Administration.withExisting(spec, data, administration -> {
            PrintWriter out = spec.commandLine().getOut();
            users(administration)
                    .list()
                    .forEach(user -> out.printf(
                            Locale.ROOT,
                            "%-20s  %s  %-13s  %-8s  %s%n",
                            user.name(),
                            user.account(),
                            user.role().text(),
                            user.enabled() ? "enabled" : "disabled",
                            Times.iso(user.createdAt())));
            out.flush();
            return 0;
        });
    }

    @Command(name = "disable", description = "Ends what a user may do, and its sessions, at once.")
    int disable(
            @Option(names = "--data", required = true, paramLabel = "DIR", description = "The service's folder.")
                    Path data,
            @Parameters(paramLabel = "NAME", description = "The user's name.") String name)
            throws IOException {
        return Administration.withExisting(spec, data, administration -> {
            String account = account(administration, name);
            administration.announce(account, "DisableUser", name);
            if (!users(administration).disable(name)) {
                return unknown(name);
            }
            administration.note(account, "DisableUser", name);
            return 0;
        });
    }

    private static String account(Administration administration, String name) throws StoreException {
        Users.Listed user = users(administration).find(name);
        return user == null ? "" : user.account();
    }

    private int unknown(String name) {
        spec.commandLine().getErr().println("no user " + Plain.text(name) + "; 'tocsin users list' shows all");
        return 2;
    }

    private void tell(@Nullable String password) {
        if (password != null) {
            spec.commandLine().getOut().println(password);
            spec.commandLine().getOut().flush();
        }
    }

    private String password(boolean generate) throws IOException {
        if (generate) {
            byte[] bytes = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }
        Console console = Inputs.isTerminal() ? System.console() : null;
        if (console == null) {
            String line = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
            if (line == null) {
                throw Inputs.wrong(spec, "give the password as a line of standard input, or --generate");
            }
            return line;
        }
        char[] first = console.readPassword("Password: ");
        char[] second = console.readPassword("Again: ");
        if (first == null || second == null || !Arrays.equals(first, second)) {
            throw Inputs.wrong(spec, "the two passwords differ");
        }
        return new String(first);
    }
}
