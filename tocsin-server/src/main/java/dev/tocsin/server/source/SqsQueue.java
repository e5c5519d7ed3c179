package dev.tocsin.server.source;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * A queue of SQS whose messages name objects. A thread of its own fetches them and keeps them from others as long as they
 * are worked on; it stops fetching while many are. What is neither done with nor given back comes again by itself.
 */
public final class SqsQueue implements LiveSource, AutoCloseable {

    /** What a message is kept from others for, in seconds, again and again while it is worked on. */
    static final int HIDDEN_SECONDS = 120;

    /** Age of that time at which it is renewed, in milliseconds. */
    static final long RENEW_MILLIS = HIDDEN_SECONDS * 1000L / 2;

    /** Messages that are worked on at once, at most: the queue holds the others. */
    static final int MOST_HELD = 1_000;

    /** What one request waits for messages, in seconds; a stop waits no longer than that. */
    private static final int WAIT_SECONDS = 2;

    private static final int BATCH = 10;
    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    private final String name;
    private final String url;
    private final SqsClient client;
    private final NamedObjects objects;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Held> held = new LinkedHashMap<>();
    private List<QueueMessage> fresh = new ArrayList<>();
    private @Nullable IOException trouble;
    private boolean closed;
    private @Nullable Thread thread;

    private static final class Held {
        private String receipt;
        private long renewedAt;

        Held(String receipt, long renewedAt) {
            this.receipt = receipt;
            this.renewedAt = renewedAt;
        }
    }

    /**
     * The queue at {@code url}.
     *
     * @param role as which it is read, or null
     * @param clock the host's time
     * @throws IOException if {@code url} is no queue's, or the environment names no usable endpoint
     */
    public SqsQueue(String name, String url, @Nullable AssumedRole role, InstantSource clock) throws IOException {
        this(name, url, SqsClients.of(url, role), new NamedObjects(role), clock);
    }

    SqsQueue(String name, String url, SqsClient client, NamedObjects objects, InstantSource clock) {
        this.name = name;
        this.url = url;
        this.client = client;
        this.objects = objects;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    /** The queue's URL. */
    public String url() {
        return url;
    }

    /** Looks up the objects that messages name. */
    public NamedObjects objects() {
        return objects;
    }

    /** Begins to fetch messages, or begins anew: what is held comes again. */
    public void begin() {
        try {
            giveAllBack();
        } catch (SdkException e) {
            answered(SqsErrors.explain(e, url)); // then it comes again by itself, later
        }
        if (thread == null) {
            thread = Thread.ofPlatform().name("queue " + name).daemon().start(this::run);
        }
    }

    private void run() {
        long pause = FIRST_PAUSE_MILLIS;
        while (!isClosed()) {
            try {
                renew();
                boolean room = room();
                if (room) {
                    receive(WAIT_SECONDS);
                }
                answered(null);
                pause = FIRST_PAUSE_MILLIS;
                if (!room) {
                    await(FIRST_PAUSE_MILLIS, this::room);
                }
            } catch (SdkException e) {
                answered(SqsErrors.explain(e, url));
                await(pause, () -> false);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
        }
    }

    private boolean isClosed() {
        return locked(() -> closed);
    }

    private boolean room() {
        return locked(() -> held.size() + BATCH <= MOST_HELD);
    }

    private void answered(@Nullable IOException why) {
        locked(() -> {
            trouble = why;
            return true;
        });
    }

    /** Waits until so many milliseconds are over, it is closed or there is {@code enough}. */
    private void await(long millis, BooleanSupplier enough) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (left > 0 && !closed && !enough.getAsBoolean()) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Fetches what is there, waiting up to {@code seconds} for it. */
    void receive(int seconds) {
        List<Message> messages = client.receiveMessage(request -> request.queueUrl(url)
                        .maxNumberOfMessages(BATCH)
                        .waitTimeSeconds(seconds)
                        .visibilityTimeout(HIDDEN_SECONDS)
                        .messageSystemAttributeNames(
                                MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                                MessageSystemAttributeName.SENT_TIMESTAMP))
                .messages();
        locked(() -> {
            messages.forEach(this::hold);
            return true;
        });
    }

    private void hold(Message message) {
        long now = clock.millis();
        Held known = held.get(message.messageId());
        if (known != null) { // delivered again while it is worked on: the newest receipt counts
            known.receipt = message.receiptHandle();
            known.renewedAt = now;
            return;
        }
        held.put(message.messageId(), new Held(message.receiptHandle(), now));
        fresh.add(new QueueMessage(
                message.messageId(),
                message.receiptHandle(),
                message.body(),
                Math.max(1, (int) number(message, MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, 1)),
                number(message, MessageSystemAttributeName.SENT_TIMESTAMP, now)));
    }

    private static long number(Message message, MessageSystemAttributeName attribute, long otherwise) {
        String text = message.attributes().get(attribute);
        return text == null ? otherwise : Long.parseLong(text);
    }

    /** Keeps what is worked on from others for longer. */
    void renew() {
        long now = clock.millis();
        Map<String, String> due = new LinkedHashMap<>();
        locked(() -> {
            held.forEach((id, message) -> {
                if (now - message.renewedAt >= RENEW_MILLIS) {
                    due.put(id, message.receipt);
                    message.renewedAt = now;
                }
            });
            return true;
        });
        hide(due, HIDDEN_SECONDS);
    }

    /** Lets {@code receipts}, by message id, come again after {@code seconds} and not before. */
    private void hide(Map<String, String> receipts, int seconds) {
        inBatches(
                receipts,
                (ids, batch) -> client.changeMessageVisibilityBatch(request -> request.queueUrl(url)
                        .entries(ids.stream()
                                .map(id -> ChangeMessageVisibilityBatchRequestEntry.builder()
                                        .id("m" + ids.indexOf(id))
                                        .receiptHandle(batch.get(id))
                                        .visibilityTimeout(seconds)
                                        .build())
                                .toList())));
    }

    private static void inBatches(Map<String, String> receipts, BiConsumer<List<String>, Map<String, String>> request) {
        List<String> ids = new ArrayList<>(receipts.keySet());
        for (int from = 0; from < ids.size(); from += BATCH) {
            request.accept(ids.subList(from, Math.min(from + BATCH, ids.size())), receipts);
        }
    }

    /**
     * What has come since it was last asked.
     *
     * @throws IOException if the queue does not answer; its message is for people
     */
    public List<QueueMessage> take() throws IOException {
        lock.lock();
        try {
            List<QueueMessage> taken = fresh;
            fresh = new ArrayList<>();
            if (taken.isEmpty() && trouble != null) {
                throw trouble;
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Deletes {@code messages}, which are done with.
     *
     * @throws IOException if the queue does not answer: then they come again, which does no harm
     */
    public void done(Collection<QueueMessage> messages) throws IOException {
        Map<String, String> receipts = given(messages);
        try {
            inBatches(
                    receipts,
                    (ids, batch) -> client.deleteMessageBatch(request -> request.queueUrl(url)
                            .entries(ids.stream()
                                    .map(id -> DeleteMessageBatchRequestEntry.builder()
                                            .id("m" + ids.indexOf(id))
                                            .receiptHandle(batch.get(id))
                                            .build())
                                    .toList())));
        } catch (SdkException e) {
            throw SqsErrors.explain(e, url);
        }
    }

    /** Gives {@code message} back to the queue, which delivers it again after {@code seconds}. */
    public void giveBack(QueueMessage message, int seconds) throws IOException {
        try {
            hide(given(List.of(message)), seconds);
        } catch (SdkException e) {
            throw SqsErrors.explain(e, url);
        }
    }

    /** The newest receipts of {@code messages}, which are not held any more. */
    private Map<String, String> given(Collection<QueueMessage> messages) {
        Map<String, String> receipts = new LinkedHashMap<>();
        locked(() -> {
            for (QueueMessage message : messages) {
                Held was = held.remove(message.id());
                receipts.put(message.id(), was == null ? message.receipt() : was.receipt);
            }
            changed.signalAll();
            return true;
        });
        return receipts;
    }

    /** Stops fetching; what is held is given back, so that whoever comes next need not wait for it. */
    @Override
    public void close() {
        Thread running = thread;
        locked(() -> {
            closed = true;
            changed.signalAll();
            return true;
        });
        try {
            if (running != null) {
                running.join(TimeUnit.SECONDS.toMillis(WAIT_SECONDS + 1));
            }
            giveAllBack();
        } catch (SdkException e) {
            answered(SqsErrors.explain(e, url)); // then they come again by themselves
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }

    private void giveAllBack() {
        Map<String, String> receipts = new LinkedHashMap<>();
        locked(() -> {
            held.forEach((id, message) -> receipts.put(id, message.receipt));
            held.clear();
            fresh.clear();
            return true;
        });
        hide(receipts, 0);
    }
}
