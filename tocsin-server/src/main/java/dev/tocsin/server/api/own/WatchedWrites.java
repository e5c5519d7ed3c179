package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.Api;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Handler;
import dev.tocsin.server.publish.Announcer;
import dev.tocsin.server.store.AuditLog;
import dev.tocsin.server.store.StoreException;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** What stands around each write: a row of the audit log before it, a notice to all destinations if it is risky. */
public final class WatchedWrites implements Api.Writes {

    /** What came of a write that was done. */
    static final String DONE = "done";

    private final AuditLog audit;
    private final Announcer announcer;
    private final InstantSource clock;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /** Keeps them in {@code audit} and tells of those that could blind detection by {@code announcer}. */
    public WatchedWrites(AuditLog audit, Announcer announcer, InstantSource clock) {
        this.audit = audit;
        this.announcer = announcer;
        this.clock = clock;
    }

    long done() {
        return done.get();
    }

    long refused() {
        return refused.get();
    }

    @Override
    public Doc run(Call call, String peer, Handler handler) throws StoreException {
        Call.Caller caller = call.caller();
        String row = audit.begin(
                new AuditLog.Asked(
                        caller.principal(), caller.account(), caller.region(), call.operation(), call.input(), peer),
                clock.millis());
        try {
            announcer.before(call, peer);
            Doc answer = handler.handle(call);
            audit.end(row, DONE);
            done.incrementAndGet();
            return answer;
        } catch (ApiException e) {
            audit.end(row, e.errorClass());
            refused.incrementAndGet();
            throw e;
        }
    }

    /** Writes down what was done by other ways than an operation. */
    void note(AuditLog.Asked asked, String outcome) throws StoreException {
        audit.end(audit.begin(asked, clock.millis()), outcome);
    }
}
