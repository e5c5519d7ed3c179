package dev.tocsin.flink.host;

import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.flink.wire.RowPart;
import dev.tocsin.flink.wire.Said;
import dev.tocsin.input.container.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Adds up the ledger row of each object; a turn that changes it makes a new revision. */
final class LedgerHost extends TurnHost<RowPart, Said> {

    private static final long serialVersionUID = 1;
    private static final StateKind<Doc> ROW = StateKind.ofDocs("row", 1);

    /** What is counted of accepted records, beside what a row shows as it stands: the count, and what it adds to. */
    private static final Map<String, String> ADDS =
            Map.of("duplicate", "duplicates", "conflict", "conflicts", "future", "future", "late", "late");

    LedgerHost() {
        super(Jobs.ROW_PARTS, true);
    }

    @Override
    void take(List<RowPart> taken, KeyContext context, Collector<Said> out, Context flink) {
        Doc row = context.get(ROW, "");
        row = row == null ? new Doc() : row;
        for (RowPart part : taken) {
            add(part.counts(), row);
        }
        row.with("revision", row.number("revision", 0) + 1);
        context.put(ROW, "", row);
        if (row.get("status") != null) {
            String account = ObjectKey.parse(context.key()).account();
            out.collect(new Said(Said.Form.ROW, account == null ? "" : account, shown(row, context.key())));
        }
    }

    private static void add(Doc part, Doc row) {
        for (Map.Entry<String, Object> member : part.members().entrySet()) {
            if (member.getValue() instanceof Long count) {
                String name = ADDS.getOrDefault(member.getKey(), member.getKey());
                row.with(name, row.number(name, 0) + count);
            } else {
                row.with(member.getKey(), member.getValue());
            }
        }
    }

    /** The row in the ledger's form. */
    private static Doc shown(Doc row, String source) {
        long setAside = row.number("second_log", 0);
        long early = row.number("early", 0);
        Doc shown = new Doc()
                .with("source", source)
                .withAll(row)
                .without("second_log")
                .without("early");
        shown.with("accepted", row.number("accepted", 0) - setAside)
                .with("ignored", row.number("ignored", 0) + setAside)
                .with("duplicates", row.number("duplicates", 0));
        return shown.with("message", message(row.text("message"), setAside, early));
    }

    private static @Nullable String message(@Nullable String said, long setAside, long early) {
        StringJoiner all = new StringJoiner("; ");
        if (said != null) {
            all.add(said);
        }
        if (setAside > 0) {
            all.add("ignored " + setAside + ": second flow log");
        }
        if (early > 0) {
            all.add("note: " + early
                    + " flows judged by what was known when they came; too many of their minute waited");
        }
        return all.length() == 0 ? null : all.toString();
    }

    @Override
    void time(long at, long turn, KeyContext context, Collector<Said> out, Context flink) {
        throw new IllegalStateException("the ledger sets no timers");
    }
}
