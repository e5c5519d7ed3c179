package dev.tocsin.core.lookup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bounded set: of more than it may hold those with the smallest digests stay, whatever the order in which they come, each
 * with all that was added to it; and how many there were is told from the largest of these digests (bottom-k sampling:
 * Cohen and Kaplan 2007; estimate: Bar-Yossef et al. 2002).
 */
final class SampleSet<E extends Sampled> {

    private static final int FIRST_PLACES = 16;

    private final int most;
    private @Nullable Object[] places = new Object[FIRST_PLACES];
    private int size;
    private long bound = Long.MAX_VALUE;

    /** An empty set that keeps {@code most}. */
    SampleSet(int most) {
        this.most = most;
    }

    /** The one with {@code digest}, or null. */
    @SuppressWarnings("unchecked") // only add and put fill places
    @Nullable
    E find(long digest) {
        for (int place = place(digest); ; place = (place + 1) & (places.length - 1)) {
            E there = (E) places[place];
            if (there == null || there.digest == digest) {
                return there;
            }
        }
    }

    /** Whether one with {@code digest} has room, now and at the end. */
    boolean admits(long digest) {
        return digest <= bound;
    }

    /** Adds one that is not there; some others may have to go. */
    void add(E one) {
        put(one);
        size++;
        if (size >= most + most / 2) {
            prune();
        } else if (2 * size > places.length) {
            rebuild(all(), 2 * places.length);
        }
    }

    /** Those that stay, by digest. */
    List<E> sorted() {
        prune();
        List<E> all = all();
        all.sort(Comparator.comparingLong(one -> one.digest));
        return all;
    }

    /** How many different ones there were: exact up to what it keeps, else within some percent. */
    long distinct() {
        prune();
        return bound == Long.MAX_VALUE ? size : (long) ((most - 1) / (bound / (double) Long.MAX_VALUE));
    }

    /** The digest above which none stays. */
    long bound() {
        prune();
        return bound;
    }

    /** Takes over {@link #bound} of a set that was saved. */
    void bound(long saved) {
        bound = saved;
    }

    private void prune() {
        if (size <= most) {
            return;
        }
        List<E> all = all();
        all.sort(Comparator.comparingLong(one -> one.digest));
        bound = all.get(most - 1).digest;
        size = most;
        rebuild(all.subList(0, most), places.length);
    }

    private void rebuild(List<E> some, int length) {
        places = new Object[length];
        some.forEach(this::put);
    }

    private void put(E one) {
        int place = place(one.digest);
        while (places[place] != null) {
            place = (place + 1) & (places.length - 1);
        }
        places[place] = one;
    }

    private int place(long digest) {
        return (int) digest & (places.length - 1);
    }

    @SuppressWarnings("unchecked") // only add and put fill places
    private List<E> all() {
        List<E> all = new ArrayList<>(size);
        for (Object one : Arrays.asList(places)) {
            if (one != null) {
                all.add((E) one);
            }
        }
        return all;
    }
}
