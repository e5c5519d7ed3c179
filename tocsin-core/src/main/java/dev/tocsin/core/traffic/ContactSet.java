package dev.tocsin.core.traffic;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The contacts of a window, bounded: of more than {@link #most} those with the smallest digests stay, whatever the order in
 * which they come, each with all its records; and how many there were is told from the largest of these digests (bottom-k
 * sampling: Cohen and Kaplan 2007; estimate: Bar-Yossef et al. 2002).
 */
final class ContactSet {

    private static final int FIRST_PLACES = 16;

    private final int most;
    private @Nullable Contact[] places = new Contact[FIRST_PLACES];
    private int size;
    private long bound = Long.MAX_VALUE;
    private @Nullable List<Contact> sorted;

    /** An empty set that keeps {@code most} contacts. */
    ContactSet(int most) {
        this.most = most;
    }

    /** The contact with {@code hash}, which is not negative, or null. */
    @Nullable
    Contact find(long hash) {
        for (int place = place(hash); ; place = (place + 1) & (places.length - 1)) {
            Contact contact = places[place];
            if (contact == null || contact.hash == hash) {
                return contact;
            }
        }
    }

    /** Whether a contact with {@code hash} has room, now and at the end. */
    boolean admits(long hash) {
        return hash <= bound;
    }

    /** Adds a contact that is not there; some others may have to go. */
    void add(Contact contact) {
        sorted = null;
        put(contact);
        size++;
        if (size >= most + most / 2) {
            prune();
        } else if (2 * size > places.length) {
            rebuild(all(), 2 * places.length);
        }
    }

    /** The contacts that stay, in {@link Contact#ORDER}. */
    List<Contact> contacts() {
        if (sorted == null) {
            prune();
            sorted = all();
            sorted.sort(Contact.ORDER);
        }
        return sorted;
    }

    /** How many different contacts there were: exact up to {@link #most}, else within some percent. */
    long distinct() {
        prune();
        return bound == Long.MAX_VALUE ? size : (long) ((most - 1) / (bound / (double) Long.MAX_VALUE));
    }

    private void prune() {
        if (size <= most) {
            return;
        }
        List<Contact> all = all();
        all.sort(Comparator.comparingLong(contact -> contact.hash));
        bound = all.get(most - 1).hash;
        size = most;
        rebuild(all.subList(0, most), places.length);
    }

    private void rebuild(List<Contact> contacts, int length) {
        places = new Contact[length];
        contacts.forEach(this::put);
    }

    private void put(Contact contact) {
        int place = place(contact.hash);
        while (places[place] != null) {
            place = (place + 1) & (places.length - 1);
        }
        places[place] = contact;
    }

    private int place(long hash) {
        return (int) hash & (places.length - 1);
    }

    private List<Contact> all() {
        List<Contact> all = new ArrayList<>(size);
        for (Contact contact : places) {
            if (contact != null) {
                all.add(contact);
            }
        }
        return all;
    }

    void write(Map<Object, Integer> written, JsonGenerator out) throws IOException {
        prune();
        out.writeStartArray();
        out.writeNumber(bound);
        List<Contact> all = all();
        all.sort(Contact.ORDER);
        for (Contact contact : all) {
            contact.write(written, out);
        }
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote; the parser stands at the array's start. */
    void read(List<Object> known, JsonParser in) throws IOException {
        bound = in.nextLongValue(0);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            Contact contact = Contact.read(known, in);
            put(contact);
            size++;
            if (2 * size > places.length) {
                rebuild(all(), 2 * places.length);
            }
        }
    }
}
