package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.input.container.ObjectKey;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.ledger.LedgerRow;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and checks what an engine elsewhere hands in. The member that is wrong is named by its path. */
final class IngestForm {

    /** Raised with each change of a finding or row. */
    static final String REVISION = "revision";

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(?:-[a-z]+)+-\\d{1,2}");
    private static final Pattern TYPE = Pattern.compile("[A-Za-z]+:[A-Za-z0-9]+/[A-Za-z0-9.&!_-]{1,100}");
    private static final Set<String> STATUSES = Set.of("accepted", "partial", "skipped", "refused");
    private static final int LONGEST_NAME = 4_096;
    private static final long YEAR_10000 = 253_402_300_800L;

    private IngestForm() {}

    /** A finding's state of an account that {@code sees} holds for. */
    static FindingState finding(Doc one, String path, Predicate<@Nullable String> sees) {
        Doc document = one.part("document");
        String id = text(one, path, "id", ID);
        String type = text(one, path, "type", TYPE);
        String account = text(one, path, "account", ACCOUNT);
        String region = text(one, path, "region", REGION);
        mayWrite(account, path, sees);
        same(document, path, "id", id);
        same(document, path, "type", type);
        same(document, path, "accountId", account);
        same(document, path, "region", region);
        double severity = one.get("severity") instanceof Number number ? number.doubleValue() : 0;
        if (!(severity >= 1 && severity <= 10)) {
            throw ApiException.invalid(path + ".severity", "Expected a number from 1 to 10.");
        }
        long first = time(one, path, "firstSeen");
        long last = time(one, path, "lastSeen");
        if (last < first) {
            throw ApiException.invalid(path + ".lastSeen", "Expected a time not before firstSeen.");
        }
        return new FindingState(id, type, account, region, revision(one, path), first, last, severity, document);
    }

    /** A row of the ledger, with its revision. */
    static Doc row(Doc one, String path, Predicate<@Nullable String> sees) {
        String source = one.text("source");
        if (source == null || source.isEmpty() || source.length() > LONGEST_NAME) {
            throw ApiException.invalid(path + ".source", "Expected 1 to " + LONGEST_NAME + " characters.");
        }
        if (!STATUSES.contains(String.valueOf(one.text("status")))) {
            throw ApiException.invalid(path + ".status", "Expected accepted, partial, skipped or refused.");
        }
        String account = one.text(LedgerApi.ACCOUNT);
        mayWrite(account == null ? ObjectKey.parse(source).account() : account, path, sees);
        try {
            return LedgerRow.of(one).toDoc().with(LedgerApi.ACCOUNT, account).with(REVISION, revision(one, path));
        } catch (DateTimeException e) {
            throw ApiException.invalid(path + ".firstEvent", "Expected times in ISO 8601.");
        }
    }

    private static void mayWrite(@Nullable String account, String path, Predicate<@Nullable String> sees) {
        if (!sees.test(account)) {
            throw ApiException.accessDenied(path + ": the key may not hand in what is of account " + account + ".");
        }
    }

    private static long revision(Doc one, String path) {
        long revision = one.number(REVISION, 0);
        if (revision < 1) {
            throw ApiException.invalid(path + "." + REVISION, "Expected a whole number from 1.");
        }
        return revision;
    }

    private static String text(Doc one, String path, String name, Pattern pattern) {
        String text = one.text(name);
        if (text == null || !pattern.matcher(text).matches()) {
            throw ApiException.invalid(path + "." + name, "Expected a text like " + pattern.pattern() + ".");
        }
        return text;
    }

    private static void same(Doc document, String path, String name, String value) {
        if (!value.equals(document.text(name))) {
            throw ApiException.invalid(path + ".document." + name, "Expected " + value + ".");
        }
    }

    private static long time(Doc one, String path, String name) {
        String text = one.text(name);
        try {
            long time = text == null ? -1 : Instant.parse(text).getEpochSecond();
            if (time >= 0 && time < YEAR_10000) {
                return time;
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw ApiException.invalid(path + "." + name, "Expected a time in ISO 8601.");
    }
}
