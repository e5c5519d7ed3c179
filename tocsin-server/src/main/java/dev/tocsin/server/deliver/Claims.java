package dev.tocsin.server.deliver;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.operation.Receivers;
import dev.tocsin.server.store.Deliveries;
import dev.tocsin.server.store.Outbox;
import dev.tocsin.server.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a destination is to be sent next: what was begun before, then new findings, then those that go on, by the clock of
 * their frequency. What is more than the destination's rate becomes a digest; Critical ones and notices never do.
 */
final class Claims {

    /** Between two digests, in milliseconds: with it all leaves within 45 s. */
    static final long DIGEST_EVERY_MILLIS = 30_000;

    /** From this severity on a finding is Critical. */
    private static final double CRITICAL = 9.0;

    private static final int MOST = 64;
    private static final int MOST_WITH_RATE = 500;
    private static final long MINUTE_MILLIS = 60_000;
    private static final String DIGEST = "digest/";

    private final Deliveries deliveries;
    private final Receivers receivers;
    private boolean anew = true;
    private long minute;
    private int sentInMinute;
    private long lastDigest;

    Claims(Deliveries deliveries, Receivers receivers) {
        this.deliveries = deliveries;
        this.receivers = receivers;
    }

    /**
     * One message to be.
     *
     * @param id the message's, the same over all tries
     * @param claim under which its findings are claimed
     * @param claimed the findings: one, or those of a digest
     */
    record Item(String id, String claim, Doc document, List<Deliveries.Claimed> claimed) {

        boolean isDigest() {
            return claim.startsWith(DIGEST);
        }

        int tries() {
            return claimed.stream().mapToInt(Deliveries.Claimed::tries).max().orElse(0);
        }

        List<String> items() {
            return claimed.stream().map(Deliveries.Claimed::item).toList();
        }
    }

    /** Messages, and what was claimed and is not to leave. */
    record Round(List<Item> messages, List<String> dropped) {
        boolean isEmpty() {
            return messages.isEmpty() && dropped.isEmpty();
        }
    }

    /** What was claimed is looked for again. */
    void startAnew() {
        anew = true;
    }

    Round next(Destination to, long now) throws StoreException {
        if (anew) {
            anew = false;
            List<Deliveries.Claimed> begun = deliveries.begun(to.queue());
            if (!begun.isEmpty()) {
                return again(to, begun, now);
            }
        }
        if (now / MINUTE_MILLIS != minute) {
            minute = now / MINUTE_MILLIS;
            sentInMinute = 0;
        }
        int allowance = to.rate() == 0 ? Integer.MAX_VALUE : Math.max(0, to.rate() - sentInMinute);
        boolean digest = to.rate() > 0 && now - lastDigest >= DIGEST_EVERY_MILLIS;
        double least = allowance > 0 || digest ? 0 : CRITICAL;
        List<Deliveries.Claimed> claimed = due(to, least, now);
        List<Item> messages = new ArrayList<>();
        List<String> dropped = new ArrayList<>();
        List<Deliveries.Claimed> excess = new ArrayList<>();
        for (Deliveries.Claimed one : claimed) {
            Doc document = one.document();
            if (document == null || isElsewhere(to, document)) {
                dropped.add(one.item());
            } else if (one.revision() == 0 || Rendering.severity(document) >= CRITICAL) {
                messages.add(single(one, document));
            } else if (allowance > 0) {
                allowance--;
                sentInMinute++;
                messages.add(single(one, document));
            } else {
                excess.add(one);
            }
        }
        rest(to, excess, digest, now, messages);
        return new Round(messages, dropped);
    }

    private void rest(Destination to, List<Deliveries.Claimed> excess, boolean digest, long now, List<Item> messages)
            throws StoreException {
        if (excess.isEmpty()) {
            return;
        }
        List<String> items = excess.stream().map(Deliveries.Claimed::item).toList();
        if (digest) {
            String claim = DIGEST + UUID.randomUUID();
            deliveries.mark(to.queue(), items, claim);
            lastDigest = now;
            messages.add(digest(claim, excess, now));
        } else {
            deliveries.release(to.queue(), items);
        }
    }

    private List<Deliveries.Claimed> due(Destination to, double least, long now) throws StoreException {
        int most = to.rate() == 0 ? MOST : MOST_WITH_RATE;
        String claim = UUID.randomUUID().toString();
        List<Deliveries.Claimed> fresh = deliveries.claimFresh(to.queue(), claim, least, now, most);
        if (!fresh.isEmpty()) {
            return fresh;
        }
        for (Outbox.Place place : deliveries.placesOfChanged(to.queue())) {
            Duration period = to.frequency().period();
            long every = (period == null ? receivers.every(place.account(), place.region()) : period).toMillis();
            List<Deliveries.Claimed> changed =
                    deliveries.claimChanged(to.queue(), claim, place, least, now / every * every, now, most);
            if (!changed.isEmpty()) {
                return changed;
            }
        }
        return List.of();
    }

    /** A global service's finding goes out once, as that of its event's Region. */
    private boolean isElsewhere(Destination to, Doc document) throws StoreException {
        String original = document.part("tocsin").text("replicaOf");
        return original != null && !to.replicas() && deliveries.has(original.substring(original.lastIndexOf('/') + 1));
    }

    private Round again(Destination to, List<Deliveries.Claimed> begun, long now) throws StoreException {
        Map<String, List<Deliveries.Claimed>> byClaim = new LinkedHashMap<>();
        List<Item> messages = new ArrayList<>();
        List<String> dropped = new ArrayList<>();
        for (Deliveries.Claimed one : begun) {
            Doc document = one.document();
            if (document == null || isElsewhere(to, document)) {
                dropped.add(one.item());
            } else if (one.claim().startsWith(DIGEST)) {
                byClaim.computeIfAbsent(one.claim(), claim -> new ArrayList<>()).add(one);
            } else {
                messages.add(single(one, document));
            }
        }
        byClaim.forEach((claim, all) -> messages.add(digest(claim, all, now)));
        return new Round(messages, dropped);
    }

    private static Item single(Deliveries.Claimed one, Doc document) {
        return new Item(one.item() + "-" + one.revision(), one.claim(), document, List.of(one));
    }

    private static Item digest(String claim, List<Deliveries.Claimed> all, long now) {
        List<Doc> documents = new ArrayList<>();
        for (Deliveries.Claimed one : all) {
            Doc document = one.document();
            if (document != null) {
                documents.add(document);
            }
        }
        Doc digest = Samples.digest(claim, documents, now);
        return new Item(digest.text("id") + "-0", claim, digest, all);
    }

    /** They have left, or are not to. */
    void left(Destination to, List<Item> arrived, List<String> dropped, long now) throws StoreException {
        List<String> items = new ArrayList<>(dropped);
        arrived.forEach(one -> items.addAll(one.items()));
        if (!items.isEmpty()) {
            deliveries.left(to.queue(), items, now);
        }
    }

    /** They wait as before; a digest stays one. */
    void release(Destination to, List<Item> waiting) throws StoreException {
        List<String> items = new ArrayList<>();
        for (Item one : waiting) {
            if (one.isDigest()) {
                anew = true;
            } else {
                items.addAll(one.items());
            }
        }
        if (!items.isEmpty()) {
            deliveries.release(to.queue(), items);
        }
    }

    /** {@code item} failed; refused too often it is dead. */
    void failed(Destination to, Item item, String problem, long now, long due, boolean refused) throws StoreException {
        boolean dead = refused && item.tries() + 1 >= Lane.REFUSED_TRIES;
        Deliveries.Failure failure = new Deliveries.Failure(problem, now, due, dead, item.isDigest() && !dead);
        deliveries.failed(to.queue(), item.items(), failure);
        anew = anew || item.isDigest();
    }

    /** What has waited too long for a destination that fails since {@code failingSince} is dead. */
    void expire(Destination to, long failingSince, String problem, long now) throws StoreException {
        long limit = to.giveUpAfter().toMillis();
        if (failingSince > 0 && now - failingSince >= limit) {
            deliveries.expire(to.queue(), now - limit, problem, now);
        }
    }
}
