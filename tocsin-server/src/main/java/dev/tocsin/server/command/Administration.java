package dev.tocsin.server.command;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.deliver.Destination;
import dev.tocsin.server.publish.Announcer;
import dev.tocsin.server.report.Plain;
import dev.tocsin.server.security.PrivateFiles;
import dev.tocsin.server.store.AuditLog;
import dev.tocsin.server.store.Outbox;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.store.StorePlace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** What commands do to the store of a service, which may be running, with a row of the audit log for each write. */
record Administration(Store store, InstantSource clock) {

    /** Works on a store. */
    @FunctionalInterface
    interface Work {
        int on(Administration administration) throws IOException;
    }

    /** As {@link #with}, but makes no store where none is: a folder that is misspelt is said to be none. */
    static int withExisting(CommandSpec spec, Path data, Work work) throws IOException {
        if (!StorePlace.in(data).exists()) {
            throw Inputs.wrong(spec, "--data: " + Plain.text(data.toString()) + ": no service has kept anything there");
        }
        return with(spec, data, work);
    }

    /** Does {@code work} on the store in {@code data}; the exit code. What cannot be done is said. */
    static int with(CommandSpec spec, Path data, Work work) throws IOException {
        PrivateFiles.folder(data);
        try (Store store = Store.openShared(StorePlace.in(data))) {
            return work.on(new Administration(store, InstantSource.system()));
        } catch (StoreException | IllegalArgumentException e) {
            spec.commandLine().getErr().println(Plain.text(String.valueOf(e.getMessage())));
            return 2;
        }
    }

    /** Writes down what was done. */
    void note(String account, String action, String what) throws StoreException {
        AuditLog audit = new AuditLog(store);
        Doc request = new Doc().with("name", what);
        audit.end(audit.begin(new AuditLog.Asked(who(), account, "", action, request, ""), clock.millis()), "done");
    }

    /** Has all destinations of {@code account} told of what is about to be done. */
    void announce(String account, String action, String what) throws StoreException {
        new Announcer(store, this::told, clock).before(account, who(), action, new Doc().with("name", what));
    }

    /** The destinations of {@code place}'s account, and those of the service. */
    private Map<String, Boolean> told(Outbox.Place place) throws StoreException {
        Map<String, Boolean> told = new LinkedHashMap<>();
        for (Resource one : store.resources(Destination.KIND)) {
            if (one.account().isEmpty() || one.account().equals(place.account())) {
                told.put(Destination.queue(one.id()), true);
            }
        }
        return told;
    }

    private static String who() {
        return "command line/" + System.getProperty("user.name");
    }
}
