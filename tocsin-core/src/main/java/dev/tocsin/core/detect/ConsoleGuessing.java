package dev.tocsin.core.detect;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.finding.SignalDoc;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Passwords of the console that are guessed: many for one user, one for many users, and a sign-in that succeeds after
 * many failed; types of our own. What an hour held decides, in whatever order its records come.
 */
final class ConsoleGuessing implements ApiCallDetector {

    /** Failed sign-ins of one user in an hour. Ours: people give up, or are locked out by their provider, before. */
    static final int FAILURES_A_USER = 10;

    /** Users for whom sign-ins from one address fail in an hour. Ours: an office mistypes less at once. */
    static final int USERS_AN_ADDRESS = 6;

    /** Failed sign-ins of a user in an hour before one that succeeds. Ours: people mistype two or three times. */
    static final int FAILURES_BEFORE = 5;

    /** Successes of an hour that wait for failures before them; bounded state. */
    static final int MOST = 16;

    /** Failures of a user, or users of an address, that one hour says; bounded state. */
    static final int MOST_KEYS = 500;

    private static final long HOUR = 3_600;

    private static final String TIMES = "times";
    private static final String SUCCESSES = "successes";
    private static final String WAITING = "waiting";
    private static final String SAID = "said";

    /** What CloudTrail writes where the name that was typed is no user: it may be a password. */
    private static final String HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS";

    private static final FieldPath OUTCOME = FieldPath.of("responseElements.ConsoleLogin");

    private static final String NEXT =
            "Find out whether the user mistyped. If not, see that they have a second factor, change the password, and look"
                    + " at what came from the address.";

    private static final FindingType ONE_USER = type(
            "CredentialAccess:IAMUser/ConsoleBruteForce",
            5,
            "Many console sign-ins of {user} failed.",
            "At least " + FAILURES_A_USER
                    + " console sign-ins of {user} failed within an hour, the last from {address}."
                    + " Somebody may be guessing the password.",
            "at least " + FAILURES_A_USER + " console sign-ins of one user fail within an hour by the clock.",
            "guesses spread over more hours; names that are no user; sign-ins at an identity provider.",
            "T1110.001");
    private static final FindingType MANY_USERS = type(
            "CredentialAccess:IAMUser/ConsolePasswordSpray",
            5,
            "Console sign-ins of many users failed from {address}.",
            "Console sign-ins of at least " + USERS_AN_ADDRESS
                    + " users failed within an hour from {address}. Somebody may"
                    + " be trying a few passwords on many users.",
            "sign-ins of at least " + USERS_AN_ADDRESS + " users fail from one address within an hour by the clock.",
            "sprays from many addresses; names that are no user; the operator's own networks (--own-network).",
            "T1110.003");
    private static final FindingType AFTER = type(
            "InitialAccess:IAMUser/ConsoleLoginAfterFailures",
            8,
            "{user} signed in to the console after many failures.",
            "{user} signed in to the console from {address} after at least " + FAILURES_BEFORE
                    + " failed tries within an hour. The password may have been guessed.",
            "a console sign-in succeeds after at least " + FAILURES_BEFORE
                    + " of the same user failed in the same hour by the clock.",
            "guesses spread over more hours; a first try that is right.",
            "T1078.004");

    private static final Map<String, FindingType> TYPES =
            Map.of(ONE_USER.name(), ONE_USER, MANY_USERS.name(), MANY_USERS, AFTER.name(), AFTER);

    private static FindingType type(
            String name, double severity, String title, String text, String fires, String blind, String technique) {
        return FindingType.named(name)
                .feature(FindingType.Feature.TOCSIN)
                .severity(severity)
                .texts(title, text + " GuardDuty has no such type: it is Tocsin's own.")
                .firesWhen(fires)
                .doesNotSee(blind)
                .nextSteps(NEXT)
                .technique(technique)
                .threshold("FAILURES_A_USER", FAILURES_A_USER, "failures an hour")
                .threshold("USERS_AN_ADDRESS", USERS_AN_ADDRESS, "users an hour")
                .threshold("FAILURES_BEFORE", FAILURES_BEFORE, "failures an hour")
                .build();
    }

    @Override
    public List<FindingType> types() {
        return List.of(ONE_USER, MANY_USERS, AFTER);
    }

    @Override
    public Set<String> actions() {
        return Set.of("ConsoleLogin");
    }

    @Override
    public List<FieldPath> fields() {
        return List.of(OUTCOME);
    }

    @Override
    public void observe(ApiCall call, Context context, Consumer<Signal> out) {
        String user = call.identity().isRoot() ? "root" : call.identity().userName();
        boolean failed = call.failed() || "Failure".equals(call.field(OUTCOME));
        if (user == null || user.equals(HIDDEN)) {
            return;
        }
        context.expire(this, call.at());
        ofUser(user, failed, call, context, out);
        if (failed
                && call.caller() != null
                && call.caller().address() != null
                && !context.isOwn(call.caller().address())) {
            ofAddress(user, call, context, out);
        }
    }

    private void ofUser(String user, boolean failed, ApiCall call, Context context, Consumer<Signal> out) {
        String name = "user/" + user + "/" + hour(call);
        Doc known = context.recall(this, name);
        Doc hour = new Doc().withAll(known == null ? new Doc() : known).with(Context.UNTIL, until(call));
        if (failed) {
            NavigableSet<Long> times = times(hour);
            times.add(call.at());
            if (times.size() > FAILURES_BEFORE) {
                times.pollLast();
            }
            hour.with(TIMES, List.copyOf(times));
            gather(call.eventId(), FAILURES_A_USER, signal(ONE_USER, user, call, context), hour, out);
        } else {
            Doc waiting = new Doc().withAll(hour.part(SUCCESSES));
            if (waiting.members().size() < MOST) {
                waiting.with(call.eventId(), SignalDoc.of(signal(AFTER, user, call, context)));
            }
            hour.with(SUCCESSES, waiting);
        }
        speakOfSuccesses(hour, out);
        context.remember(this, name, hour);
    }

    private void ofAddress(String user, ApiCall call, Context context, Consumer<Signal> out) {
        String address = call.caller() == null ? "" : call.caller().text();
        String name = "address/" + address + "/" + hour(call);
        Doc known = context.recall(this, name);
        Doc hour = new Doc().withAll(known == null ? new Doc() : known).with(Context.UNTIL, until(call));
        gather(user, USERS_AN_ADDRESS, signal(MANY_USERS, address, call, context), hour, out);
        context.remember(this, name, hour);
    }

    /** Keeps one signal a {@code key} until there are {@code enough}, then says them all, and each further key's. */
    private static void gather(String key, int enough, Signal signal, Doc hour, Consumer<Signal> out) {
        Doc said = new Doc().withAll(hour.part(SAID));
        Doc waiting = new Doc().withAll(hour.part(WAITING));
        if (said.get(key) != null || waiting.get(key) != null || said.members().size() >= MOST_KEYS) {
            return;
        }
        waiting.with(key, SignalDoc.of(signal));
        if (said.members().size() + waiting.members().size() >= enough) {
            waiting.members().forEach((each, doc) -> {
                out.accept(read((Doc) doc));
                said.with(each, true);
            });
            waiting = new Doc();
        }
        hour.with(SAID, said).with(WAITING, waiting);
    }

    /** Each sign-in that succeeded once enough failures of the hour lie before it. */
    private static void speakOfSuccesses(Doc hour, Consumer<Signal> out) {
        NavigableSet<Long> times = times(hour);
        if (times.size() < FAILURES_BEFORE) {
            return;
        }
        long enough = times.last();
        Doc rest = new Doc();
        hour.part(SUCCESSES).members().forEach((id, doc) -> {
            Signal signal = read((Doc) doc);
            if (signal.first() > enough) {
                out.accept(signal);
            } else {
                rest.with(id, doc);
            }
        });
        hour.with(SUCCESSES, rest);
    }

    private static Signal read(Doc doc) {
        return SignalDoc.read(doc, name -> Objects.requireNonNull(TYPES.get(name), name));
    }

    /** When the first failures of the hour were. */
    private static NavigableSet<Long> times(Doc hour) {
        TreeSet<Long> times = new TreeSet<>();
        if (hour.get(TIMES) instanceof List<?> list) {
            list.forEach(time -> times.add((Long) time));
        }
        return times;
    }

    private static Signal signal(FindingType type, String aggregation, ApiCall call, Context context) {
        return ApiCallSignal.of(type, call, context).aggregation(aggregation).build();
    }

    private static long hour(ApiCall call) {
        return Math.floorDiv(call.at(), HOUR);
    }

    /** An hour and more after the end: later records of it are counted afresh. */
    private static long until(ApiCall call) {
        return (hour(call) + 3) * HOUR;
    }
}
