package dev.tocsin.server.agent;

import dev.tocsin.core.finding.Doc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Follows, keeps and sends: what came is on disk before it is sent, and is forgotten once the service has it in its store. One
 * thread, one step after the other.
 */
public final class Agent implements AutoCloseable {

    /** Bytes of the log in a batch at most. */
    static final int BATCH_BYTES = 256 << 10;

    /** Batches sent in a row before the log is read on. */
    private static final int IN_A_ROW = 8;

    private static final long LOOK_MILLIS = 500;
    private static final long REPORT_MILLIS = 60_000;
    private static final long FIRST_RETRY_MILLIS = 1_000;
    private static final long LAST_RETRY_MILLIS = 60_000;

    /** Reports that wait while the service cannot be reached: a day's. */
    private static final int MOST_REPORTS = 24 * 60;

    private static final int REPORTS_AT_ONCE = 100;

    private final Setup setup;
    private final Spool spool;
    private final Follower follower;
    private final Deque<Doc> reports = new ArrayDeque<>();
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private @Nullable Place gatheredTo;
    private long gatheredAt;
    private long reportedAt = Long.MIN_VALUE;
    private long retryAt = Long.MIN_VALUE;
    private long retryMillis = FIRST_RETRY_MILLIS;
    private long read;
    private String trouble = "";
    private @Nullable String unreadable;

    /**
     * What it works with.
     *
     * @param host what the host is
     * @param toolName auditd, tracee, tetragon, falco or osquery
     * @param tool what is followed
     * @param batchMillis after which what came is sent
     * @param version its own
     * @param clock the host's time
     * @param told lines for people
     */
    record Setup(
            HostIdentity host,
            String toolName,
            Tool tool,
            Uplink uplink,
            Spool spool,
            long batchMillis,
            String version,
            InstantSource clock,
            Consumer<String> told) {}

    Agent(Setup setup) {
        this.setup = setup;
        this.spool = setup.spool();
        Follower.Grouping grouping = setup.toolName().equals("auditd") ? new AuditEvents() : Follower.Grouping.LINES;
        follower = new Follower(setup.tool().file(), spool.place(), BATCH_BYTES, grouping);
    }

    /** Works until {@code stop} is counted down; what came until then is kept. */
    public void run(CountDownLatch stop) throws InterruptedException {
        setup.told()
                .accept("agent " + spool.agentId() + " follows " + setup.tool().file());
        while (stop.getCount() > 0) {
            if (!step()) {
                stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
        keep();
    }

    /** Does what is due; whether there is more to do at once. */
    boolean step() {
        long now = setup.clock().millis();
        boolean more = look(now);
        more |= send(now);
        report(now);
        return more;
    }

    private boolean look(long now) {
        boolean more = false;
        try {
            Follower.Lines lines = gathered.size() < BATCH_BYTES ? follower.read() : null;
            unreadable = null;
            Place begin = follower.place();
            if (spool.place() == null && begin != null && lines == null) {
                spool.startAt(begin);
            }
            if (lines != null) {
                gatheredAt = gathered.size() == 0 ? now : gatheredAt;
                gathered.writeBytes(lines.bytes());
                gatheredTo = lines.next();
                more = true;
            }
        } catch (IOException e) {
            unreadable = setup.tool().file() + " cannot be read: " + e.getMessage();
        }
        if (gathered.size() >= BATCH_BYTES || (gathered.size() > 0 && now - gatheredAt >= setup.batchMillis())) {
            keep();
        }
        return more;
    }

    /** Puts what was gathered on disk; what cannot be put there is read again. */
    private void keep() {
        Place next = gatheredTo;
        if (next == null) {
            return;
        }
        byte[] lines = gathered.toByteArray();
        long count = 0;
        for (byte one : lines) {
            count += one == '\n' ? 1 : 0;
        }
        try {
            spool.add(packed(lines), count, next);
            read += count;
            gathered.reset();
            gatheredTo = null;
            told("");
        } catch (IOException e) {
            told("the buffer cannot be written: " + e.getMessage()); // what is gathered waits
        }
    }

    private byte[] packed(byte[] lines) throws IOException {
        String header = setup.host()
                        .header(setup.toolName(), spool.agentId(), spool.nextSequence())
                        .write()
                + "\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(header.getBytes(StandardCharsets.UTF_8));
            out.write(lines);
        }
        return bytes.toByteArray();
    }

    private boolean send(long now) {
        for (int i = 0; i < IN_A_ROW && now >= retryAt; i++) {
            Spool.Batch batch = spool.first();
            if (batch == null) {
                return false;
            }
            try {
                settle(
                        batch,
                        setup.uplink()
                                .batch(
                                        id(batch),
                                        Files.getLastModifiedTime(batch.file()).toMillis(),
                                        Files.readAllBytes(batch.file())),
                        now);
            } catch (IOException e) {
                later(now, "the service cannot be reached: " + e.getMessage());
            }
        }
        return now >= retryAt && spool.first() != null;
    }

    private String id(Spool.Batch batch) {
        return spool.agentId() + "-" + String.format(Locale.ROOT, "%016d", batch.sequence());
    }

    private void settle(Spool.Batch batch, Uplink.Answer answer, long now) throws IOException {
        if (answer.isDone()) {
            spool.acknowledged(batch);
            retryMillis = FIRST_RETRY_MILLIS;
            told("");
        } else if (answer.isFinal()) {
            spool.refused(batch);
            told(batch.lines() + " lines are lost, the service refused them: " + answer.message());
        } else {
            later(now, "the service answered " + answer.status() + ": " + answer.message());
        }
    }

    private void later(long now, String why) {
        retryAt = now + retryMillis;
        retryMillis = Math.min(LAST_RETRY_MILLIS, retryMillis * 2);
        told(why);
    }

    /** Says what is wrong, once; nothing if all is well. */
    private void told(String why) {
        if (!why.isEmpty() && !why.equals(trouble)) {
            setup.told().accept(why);
        }
        trouble = why;
    }

    private void report(long now) {
        if (reportedAt == Long.MIN_VALUE || now - reportedAt >= REPORT_MILLIS) {
            reportedAt = now;
            if (reports.size() == MOST_REPORTS) {
                reports.removeFirst();
            }
            reports.add(health(now));
        }
        while (!reports.isEmpty() && now >= retryAt) {
            List<Doc> some = reports.stream().limit(REPORTS_AT_ONCE).toList();
            try {
                Uplink.Answer answer = setup.uplink().health(new Doc().with("reports", new ArrayList<>(some)));
                if (!answer.isDone() && !answer.isFinal()) {
                    later(now, "the service answered " + answer.status() + ": " + answer.message());
                    return;
                }
                some.forEach(one -> reports.removeFirst());
                System.gc(); // once a minute a few milliseconds: what a handshake took is given back to the host
            } catch (IOException e) {
                later(now, "the service cannot be reached: " + e.getMessage());
            }
        }
    }

    private Doc health(long now) {
        HostIdentity host = setup.host();
        return new Doc()
                .with("agentId", spool.agentId())
                .with("instanceId", host.instanceId())
                .with("hostname", host.hostname())
                .with("cluster", host.cluster())
                .with("task", host.task())
                .with("interfaces", host.interfaces())
                .with("vcpus", Runtime.getRuntime().availableProcessors())
                .with("tool", setup.toolName())
                .with("version", setup.version())
                .with("at", now / 1_000)
                .with("issue", issue())
                .with("read", read)
                .with("lost", spool.lost())
                .with("gaps", follower.gaps())
                .with("buffered", spool.bytes());
    }

    /** Why the host is not watched, or null if it is. */
    private @Nullable String issue() {
        String tool = setup.tool().issue();
        if (tool != null) {
            return tool;
        }
        if (unreadable != null) {
            return unreadable;
        }
        return gathered.size() > 0 && trouble.startsWith("the buffer") ? trouble : null;
    }

    @Override
    public void close() throws IOException {
        follower.close();
    }
}
