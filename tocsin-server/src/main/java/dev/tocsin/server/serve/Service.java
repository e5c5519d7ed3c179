package dev.tocsin.server.serve;

import dev.tocsin.server.api.Api;
import dev.tocsin.server.api.Operations;
import dev.tocsin.server.api.contract.Contract;
import dev.tocsin.server.api.http.WebEndpoint;
import dev.tocsin.server.api.operation.Groups;
import dev.tocsin.server.api.sign.SignatureVerifier;
import dev.tocsin.server.scenario.Scenario;
import dev.tocsin.server.security.AccessKeys;
import dev.tocsin.server.security.PrivateFiles;
import dev.tocsin.server.security.Sealer;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A running service. */
public final class Service implements AutoCloseable {

    private static final String KEY_FILE = "administrator.credentials";

    private final Store store;
    private final ListActivator lists;
    private final WebEndpoint web;
    private final URI uri;
    private final @Nullable Path freshKey;

    /**
     * How it runs.
     *
     * @param data the folder of everything it keeps
     * @param listen {@code HOST:PORT}; port 0 for any that is free
     * @param account of the administrator key that a first start makes
     */
    public record Options(Path data, String listen, String account) {}

    private Service(Store store, ListActivator lists, WebEndpoint web, URI uri, @Nullable Path freshKey) {
        this.store = store;
        this.lists = lists;
        this.web = web;
        this.uri = uri;
        this.freshKey = freshKey;
    }

    /**
     * Starts it.
     *
     * @throws StoreException if the store cannot be used
     * @throws IOException if the folder cannot be written or the address not be listened on
     */
    public static Service start(Options options) throws IOException {
        PrivateFiles.folder(options.data());
        SecureRandom random = new SecureRandom();
        InstantSource clock = InstantSource.system();
        Store store = Store.open(options.data());
        try {
            AccessKeys keys = new AccessKeys(store, Sealer.in(options.data(), random), random, clock);
            Path freshKey = bootstrap(keys, options);
            Contract contract = Contract.get();
            ListActivator lists = new ListActivator(store);
            Operations operations = Groups.operations(
                    contract,
                    new Groups.Parts(
                            store, clock, random, new KeyAccounts(keys, store), lists::accept, Scenario::play));
            lists.resume();
            Api api = new Api(contract, new SignatureVerifier(keys, clock), keys, operations);
            int colon = options.listen().lastIndexOf(':');
            String host = options.listen().substring(0, colon);
            int port = Integer.parseInt(options.listen().substring(colon + 1));
            WebEndpoint web = WebEndpoint.start(InetAddress.getByName(host), port, api::answer);
            return new Service(store, lists, web, URI.create("http://" + host + ":" + web.port()), freshKey);
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** The first start makes an administrator's key; it is written to a file that only its owner may read. */
    private static @Nullable Path bootstrap(AccessKeys keys, Options options) throws IOException {
        if (!keys.list().isEmpty()) {
            return null;
        }
        Path file = options.data().resolve(KEY_FILE);
        Files.deleteIfExists(file);
        PrivateFiles.write(
                file,
                keys.create(options.account(), AccessKeys.Role.ADMINISTRATOR).toCredentials());
        return file;
    }

    /** Where it listens. */
    public URI uri() {
        return uri;
    }

    /** The key file that this start made, or null. */
    public @Nullable Path freshKey() {
        return freshKey;
    }

    /** Stops: requests under way are answered, what was acknowledged is kept. */
    @Override
    public void close() throws StoreException {
        web.close();
        lists.close();
        store.close();
    }
}
