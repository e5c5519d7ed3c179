package dev.tocsin.server.source;

import dev.tocsin.input.container.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What lies at the paths of a command line.
 *
 * @param objects to be read
 * @param passed what is left out
 */
public record Listing(List<SourceObject> objects, List<Passed> passed) {

    /**
     * An object, or a folder of a bucket with all in it, that is not fetched.
     *
     * @param name as the ledger shows it
     * @param reason why, for people
     */
    public record Passed(String name, String reason) {}

    /** Nothing so far. */
    Listing() {
        this(new ArrayList<>(), new ArrayList<>());
    }

    /** The accounts that names say, those of what is passed over among them. */
    public Set<String> accounts() {
        Set<String> accounts = new TreeSet<>();
        Stream.concat(objects.stream().map(SourceObject::name), passed.stream().map(Passed::name))
                .map(ObjectKey::accountIn)
                .filter(Objects::nonNull)
                .forEach(accounts::add);
        return accounts;
    }

    /** Adds {@code object}, or says why it is passed over if {@code dates} want nothing of {@code key}. */
    void add(SourceObject object, String key, KeyDates dates) {
        String reason = dates.passesOver(key);
        if (reason == null) {
            objects.add(object);
        } else {
            passed.add(new Passed(object.name(), reason));
        }
    }
}
