package dev.tocsin.server.deliver;

import dev.tocsin.server.store.StoreException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The way to one destination: rounds of some messages, on one thread at a time, and after a failure a wait. */
final class Lane {

    private static final System.Logger LOG = System.getLogger(Lane.class.getName());

    /** What is waited after the first failure, in milliseconds; each further one doubles it. Half of it is chance. */
    private static final long FIRST_WAIT_MILLIS = 1_000;

    /** What is waited at most, so that all leaves within 45 s once the destination takes it again. */
    private static final long LONGEST_WAIT_MILLIS = 30_000;

    private static final int MOST_DOUBLED = 10;

    /** Tries of a message that the receiver refuses, before it is dead. */
    static final int REFUSED_TRIES = 5;

    /** Tries in a row after which the log says that it fails. */
    private static final int TOLD = 3;

    private final Claims claims;
    private final Rendering rendering;
    private final InstantSource clock;
    private final LaneState state = new LaneState();
    private final RandomGenerator chance = RandomGenerator.getDefault();
    private Destination destination;
    private @Nullable Sender sender;
    private @Nullable Thread sending;
    private int failures;
    private long notBefore;
    private volatile boolean stopped;

    Lane(Destination destination, Claims claims, Rendering rendering, InstantSource clock) {
        this.destination = destination;
        this.claims = claims;
        this.rendering = rendering;
        this.clock = clock;
    }

    LaneState state() {
        return state;
    }

    Destination destination() {
        return destination;
    }

    /** Sends what is due, on another thread, unless that is going on or it is too early after a failure. */
    void go(Destination now, Senders senders) {
        if (sending != null && sending.isAlive()) {
            return;
        }
        if (!now.equals(destination)) {
            destination = now;
            closeSender();
            failures = 0;
            notBefore = 0;
        }
        if (destination.enabled() && clock.millis() >= notBefore) {
            sending = Thread.ofVirtual().name("lane to " + now.name()).start(() -> run(senders));
        }
    }

    private void run(Senders senders) {
        try {
            while (!stopped && round(senders)) {
                // there may be more
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StoreException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "destination " + destination.name() + ": " + e.getMessage(), e);
            claims.startAnew();
            later(null);
        }
    }

    /** Sends some; whether to go on at once. */
    private boolean round(Senders senders) throws StoreException, InterruptedException {
        Claims.Round round = claims.next(destination, clock.millis());
        if (round.isEmpty()) {
            return false;
        }
        Round sent = new Round(round.messages().size());
        try {
            Sender way = sender(senders);
            sent.send(way, messages(round), destination.type().parallel());
            way.settle();
        } catch (Undelivered e) {
            sent.down(e);
        } finally {
            finish(round, sent);
        }
        return sent.problem() == null && clock.millis() >= notBefore;
    }

    private List<Message> messages(Claims.Round round) {
        List<Message> messages = new ArrayList<>();
        for (Claims.Item one : round.messages()) {
            messages.add(rendering.message(destination.format(), one.id(), one.document()));
        }
        return messages;
    }

    private Sender sender(Senders senders) throws Undelivered {
        Sender known = sender;
        if (known == null) {
            known = senders.of(destination);
            sender = known;
        }
        return known;
    }

    private void finish(Claims.Round round, Round sent) throws StoreException {
        long now = clock.millis();
        Undelivered problem = sent.problem();
        List<Claims.Item> arrived = new ArrayList<>();
        List<Claims.Item> waiting = new ArrayList<>();
        boolean blamed = false;
        for (int i = 0; i < round.messages().size(); i++) {
            Claims.Item item = round.messages().get(i);
            Undelivered refused = sent.refusal(i);
            if (refused != null) {
                state.failed(refused.getMessage(), false, now);
                long due = now + wait(item.tries());
                claims.failed(destination, item, refused.getMessage(), now, due, true);
                notBefore = item.isDigest() ? due : notBefore;
            } else if (sent.arrived(i)) {
                arrived.add(item);
            } else if (problem != null && !blamed) {
                blamed = true;
                claims.failed(destination, item, problem.getMessage(), now, now, false);
            } else {
                waiting.add(item);
            }
        }
        claims.left(destination, arrived, round.dropped(), now);
        claims.release(destination, waiting);
        if (!arrived.isEmpty()) {
            state.sent(arrived.size(), now);
            arrived.stream().filter(Claims.Item::isDigest).forEach(item -> state.digest());
        }
        if (problem != null) {
            state.failed(problem.getMessage(), true, now);
            later(problem);
            claims.expire(destination, state.snapshot().failingSince(), problem.getMessage(), now);
        } else if (!arrived.isEmpty()) {
            failures = 0;
        }
    }

    private long wait(int tries) {
        long most = Math.min(FIRST_WAIT_MILLIS << Math.min(tries, MOST_DOUBLED), LONGEST_WAIT_MILLIS);
        return most / 2 + chance.nextLong(most / 2 + 1);
    }

    private void later(@Nullable Undelivered problem) {
        long wait = wait(failures);
        if (problem != null && problem.waits() != null) {
            wait = Math.max(wait, problem.waits().toMillis());
        }
        notBefore = clock.millis() + wait;
        failures++;
        if (problem != null && (failures == 1 || failures == TOLD)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "destination " + destination.name() + " is tried again: " + problem.getMessage());
        }
    }

    private void closeSender() {
        Sender old = sender;
        sender = null;
        if (old != null) {
            old.close();
        }
    }

    /** Begins nothing more. */
    void stop() {
        stopped = true;
    }

    /** Waits so many milliseconds, above zero, for what is under way, and ends it then. */
    void await(long millis) throws InterruptedException {
        if (sending != null) {
            sending.join(millis);
            sending.interrupt();
        }
        closeSender();
    }
}
