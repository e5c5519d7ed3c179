package dev.tocsin.server.deliver;

import dev.tocsin.core.engine.Hash;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.security.Sealer;
import dev.tocsin.server.store.Outbox;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The destinations that administrators made, and those of the configuration. Secrets of the former are sealed in the store;
 * those of the latter are in memory alone. Safe for use by many threads.
 */
public final class OwnDestinations {

    private static final System.Logger LOG = System.getLogger(OwnDestinations.class.getName());

    private static final String SEALED = "sealed";
    private static final String CONFIGURED = "configured";
    private static final String CREATED = "createdAt";

    private final Store store;
    private final Sealer sealer;
    private final InstantSource clock;
    private final Map<String, Doc> configured = new HashMap<>();
    private final Map<String, Known> known = new HashMap<>();

    private record Known(Doc document, Destination destination) {}

    /**
     * A destination as it is shown.
     *
     * @param settings without secrets
     * @param configured whether the configuration says it, and the API cannot change it
     * @param createdAt epoch milliseconds
     */
    public record Shown(Resource resource, Doc settings, boolean configured, long createdAt) {}

    /** Those in {@code store}, whose secrets {@code sealer} opens. */
    public OwnDestinations(Store store, Sealer sealer, InstantSource clock) {
        this.store = store;
        this.sealer = sealer;
        this.clock = clock;
    }

    /** Takes {@code all}, checked, as what the configuration says; those it does not say any more are gone. */
    public synchronized void configure(List<Doc> all) throws StoreException {
        configured.clear();
        for (Doc members : all) {
            configured.put(Hash.id("configured destination", String.valueOf(members.text("name"))), members);
        }
        Set<String> before = new HashSet<>();
        for (Resource one : store.resources("", "", Destination.KIND)) {
            before.add(one.id());
        }
        store.write(transaction -> {
            for (Map.Entry<String, Doc> one : configured.entrySet()) {
                Doc document = DestinationForm.shown(one.getValue())
                        .with(CONFIGURED, true)
                        .with(CREATED, clock.millis());
                transaction.resource(new Resource("", "", Destination.KIND, one.getKey(), document));
            }
            for (String id : before) {
                if (!configured.containsKey(id)) {
                    transaction.removeResource("", "", Destination.KIND, id);
                }
            }
        });
    }

    /** All that can be used. One whose secrets do not open is left out, and the log says so. */
    synchronized List<Destination> all() throws StoreException {
        List<Destination> all = new ArrayList<>();
        Set<String> there = new HashSet<>();
        for (Resource resource : store.resources(Destination.KIND)) {
            there.add(resource.id());
            Destination one = of(resource);
            if (one != null) {
                all.add(one);
            }
        }
        known.keySet().retainAll(there);
        return all;
    }

    /** The names in the outbox of all, also of those that cannot be used at present: what waits for them stays. */
    Set<String> queues() throws StoreException {
        Set<String> queues = new HashSet<>();
        for (Resource resource : store.resources(Destination.KIND)) {
            queues.add(Destination.queue(resource.id()));
        }
        return queues;
    }

    private @Nullable Destination of(Resource resource) {
        Known before = known.get(resource.id());
        if (before != null && before.document().equals(resource.document())) {
            return before.destination();
        }
        try {
            Destination fresh = Destination.of(resource, opened(resource));
            known.put(resource.id(), new Known(resource.document(), fresh));
            return fresh;
        } catch (IllegalStateException | IllegalArgumentException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "destination " + resource.document().text("name") + " cannot be used: " + e.getMessage());
            return null;
        }
    }

    /** The destination {@code id} with its secrets, or null if there is none. */
    public synchronized @Nullable Destination destination(Resource resource) {
        return of(resource);
    }

    /** All members of {@code resource}, secrets among them. */
    private Doc opened(Resource resource) {
        Doc members = configured.get(resource.id());
        if (members != null) {
            return members;
        }
        Doc opened = plain(resource);
        resource.document()
                .part(SEALED)
                .members()
                .forEach((member, text) -> opened.without(member + "Set")
                        .with(member, unsealed(member, sealer.open(String.valueOf(text), owner(resource.id())))));
        return opened;
    }

    /** What a secret was before it was sealed: a text, or an object of several. */
    private static Object unsealed(String member, String text) {
        try {
            return member.equals(DestinationForm.PROPERTIES) ? Doc.parse(text) : text;
        } catch (IOException e) {
            throw new IllegalStateException(member + " is no object", e);
        }
    }

    private static Doc plain(Resource resource) {
        return new Doc()
                .withAll(resource.document())
                .without(SEALED)
                .without(CONFIGURED)
                .without(CREATED);
    }

    private static String owner(String id) {
        return "destination " + id;
    }

    /** What {@code account} made, and with {@code everybody} all. */
    public List<Shown> shown(String account, boolean everybody) throws StoreException {
        List<Shown> shown = new ArrayList<>();
        for (Resource one : store.resources(Destination.KIND)) {
            if (everybody || one.account().equals(account)) {
                shown.add(new Shown(
                        one,
                        plain(one),
                        Boolean.TRUE.equals(one.document().get(CONFIGURED)),
                        one.document().number(CREATED, 0)));
            }
        }
        return shown;
    }

    /** Makes a destination of {@code account}; its id. */
    public String create(String account, Doc members) throws StoreException, DestinationForm.Wrong {
        DestinationForm.check(members, false);
        String id = Hash.id("destination", UUID.randomUUID().toString());
        keep(new Resource(account, "", Destination.KIND, id, new Doc()), members, clock.millis());
        return id;
    }

    /**
     * Changes members of {@code one}; an empty text or list takes a member away. What logs in at the receiver must be given
     * anew where its address changes: else a key that nobody is shown could be sent to any host.
     */
    public void update(Shown one, Doc changes) throws StoreException, DestinationForm.Wrong {
        Doc before = opened(one.resource());
        DestinationForm.keepsLogins(before, changes);
        Doc members = new Doc().withAll(before).withAll(changes);
        changes.members().forEach((member, value) -> {
            if (value.equals("") || value.equals(List.of()) || value.equals(new Doc())) {
                members.without(member);
            }
        });
        DestinationForm.check(members, false);
        keep(one.resource(), members, one.createdAt());
    }

    private void keep(Resource resource, Doc members, long created) throws StoreException {
        Doc document = DestinationForm.shown(members);
        Doc sealed = new Doc();
        for (String secret : DestinationForm.SECRETS) {
            Object value = members.get(secret);
            if (value != null) {
                String text = value instanceof Doc doc ? doc.toJson() : String.valueOf(value);
                sealed.with(secret, sealer.seal(text, owner(resource.id())));
            }
        }
        if (!sealed.isEmpty()) {
            document.with(SEALED, sealed);
        }
        document.with(CREATED, created);
        store.write(transaction -> transaction.resource(resource.with(document)));
    }

    /** Takes {@code one} away, and what waits for it. */
    public void delete(Shown one) throws StoreException {
        store.write(transaction -> transaction.removeResource(
                one.resource().account(), "", Destination.KIND, one.resource().id()));
        new Outbox(store).forget(Destination.queue(one.resource().id()));
    }
}
