package dev.tocsin.core.parse;

import dev.tocsin.core.event.Identity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ordinary userIdentity, compact and in ASCII, in one pass over its bytes. Whatever is unusual it leaves to {@link
 * IdentityReader}, to which it is equal in what it does read. Used again for each identity.
 */
final class IdentityScanner {

    private static final Place TYPE = new Place(0, "type");
    private static final Place PRINCIPAL = new Place(1, "principalId");
    private static final Place ARN = new Place(2, "arn");
    private static final Place ACCOUNT = new Place(3, "accountId");
    private static final Place KEY = new Place(4, "accessKeyId");
    private static final Place USER = new Place(5, "userName");
    private static final Place INVOKED_BY = new Place(6, "invokedBy");
    private static final Place SCOPE = new Place(7, "inScopeOf");
    private static final Place SOURCE = new Place(8, "sourceIdentity");
    private static final Place DELIVERY = new Place(9, "ec2RoleDelivery");
    private static final Place ROOT = new Place(10, "assumedRoot");
    private static final Place ISSUER_TYPE = new Place(11, "type");
    private static final Place ISSUER_PRINCIPAL = new Place(12, "principalId");
    private static final Place ISSUER_ARN = new Place(13, "arn");
    private static final Place ISSUER_ACCOUNT = new Place(14, "accountId");
    private static final Place ISSUER_USER = new Place(15, "userName");
    private static final Place CREATED = new Place(16, "creationDate");
    private static final Place MFA = new Place(17, "mfaAuthenticated");
    private static final Place PROVIDER = new Place(18, "federatedProvider");
    private static final Place ISSUER =
            new Place(19, "sessionIssuer", ISSUER_TYPE, ISSUER_PRINCIPAL, ISSUER_ARN, ISSUER_ACCOUNT, ISSUER_USER);
    private static final Place ATTRIBUTES = new Place(20, "attributes", CREATED, MFA);
    private static final Place WEB = new Place(21, "webIdFederationData", PROVIDER);
    private static final Place SESSION =
            new Place(22, "sessionContext", ISSUER, WEB, ATTRIBUTES, SOURCE, DELIVERY, ROOT);
    private static final Place BEHALF_USER = new Place(23, "userId");
    private static final Place BEHALF = new Place(24, "onBehalfOf", BEHALF_USER);
    private static final Place[] IDENTITY = {
        TYPE, PRINCIPAL, ARN, ACCOUNT, KEY, USER, SESSION, INVOKED_BY, SCOPE, BEHALF
    };

    private final @Nullable String[] values = new String[25];
    private int seen;

    /** A member of the identity or of a part of it. */
    private static final class Place {
        private final int number;

        /** The name in its quotes and the colon behind it. */
        private final byte[] key;

        /** The members below it that are wanted, in their usual order; none if it is no object. */
        private final Place[] below;

        Place(int number, String name, Place... below) {
            this.number = number;
            this.key = ('"' + name + "\":").getBytes(StandardCharsets.US_ASCII);
            this.below = below;
        }
    }

    /** The identity whose object lies between two places and is sound JSON; null if it is unusual. */
    @Nullable
    Identity read(byte[] bytes, int from, int to) {
        Arrays.fill(values, null);
        seen = 0;
        return members(bytes, from, to, IDENTITY) == to && JsonBytes.isAscii(bytes, from, to) ? build() : null;
    }

    /** Reads the object at {@code from}; the place behind it. */
    private int members(byte[] bytes, int from, int limit, Place[] wanted) {
        int at = from + 1;
        if (at < limit && bytes[at] == '}') {
            return at + 1;
        }
        int usual = 0;
        while (at >= 0 && at < limit) {
            Place place = null;
            for (int tried = 0; tried < wanted.length && place == null; tried++) {
                Place next = wanted[usual];
                usual = usual + 1 == wanted.length ? 0 : usual + 1;
                place = JsonBytes.startsWith(bytes, at, limit, next.key) ? next : null;
            }
            at = place == null ? other(bytes, at, limit) : value(bytes, at + place.key.length, limit, place);
            if (at < 0 || at >= limit) {
                return JsonSkipper.UNUSUAL;
            }
            byte end = bytes[at++];
            if (end == '}') {
                return at;
            }
            if (end != ',') {
                return JsonSkipper.UNUSUAL;
            }
        }
        return JsonSkipper.UNUSUAL;
    }

    /** Passes over a member that is not wanted; a name with an escape may be one that is. */
    private static int other(byte[] bytes, int from, int limit) {
        if (bytes[from] != '"') {
            return JsonSkipper.UNUSUAL;
        }
        int end = JsonBytes.stringStop(bytes, from + 1, limit);
        boolean plain = end + 2 < limit && bytes[end] == '"' && bytes[end + 1] == ':';
        return plain ? JsonSkipper.value(bytes, end + 2, limit) : JsonSkipper.UNUSUAL;
    }

    private int value(byte[] bytes, int from, int limit, Place place) {
        int bit = 1 << place.number;
        if ((seen & bit) != 0 || from >= limit) {
            return JsonSkipper.UNUSUAL;
        }
        seen |= bit;
        Place[] below = place.below;
        return switch (bytes[from]) {
            case '"' -> below.length == 0 ? text(bytes, from + 1, limit, place) : JsonSkipper.UNUSUAL;
            case '{' -> below.length > 0 ? members(bytes, from, limit, below) : object(bytes, from, limit, place);
            case 't', 'f', 'n' -> literal(bytes, from, limit, place);
            default -> JsonSkipper.UNUSUAL;
        };
    }

    private int text(byte[] bytes, int from, int limit, Place place) {
        int end = JsonBytes.stringStop(bytes, from, limit);
        if (end >= limit || bytes[end] != '"') {
            return JsonSkipper.UNUSUAL;
        }
        values[place.number] = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
        return end + 1;
    }

    private int literal(byte[] bytes, int from, int limit, Place place) {
        int end = JsonSkipper.literal(bytes, from, limit);
        if (end >= 0 && bytes[from] != 'n' && place.below.length == 0) {
            values[place.number] = bytes[from] == 't' ? "true" : "false";
        }
        return end;
    }

    /** An object taken as JSON text, if the library would write it as it stands. */
    private int object(byte[] bytes, int from, int limit, Place place) {
        int end = place.number == SCOPE.number ? JsonSkipper.value(bytes, from, limit) : JsonSkipper.UNUSUAL;
        for (int i = from; i < end; i++) {
            byte before = bytes[i - 1];
            boolean negative = bytes[i] == '-' && (before == ':' || before == ',' || before == '[');
            if (bytes[i] == '\\' || bytes[i] < ' ' || negative) {
                return JsonSkipper.UNUSUAL;
            }
        }
        if (end >= 0) {
            values[place.number] = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
        }
        return end;
    }

    private @Nullable String of(Place place) {
        return values[place.number];
    }

    private Identity build() {
        return new Identity(
                of(TYPE),
                of(PRINCIPAL) == null ? of(BEHALF_USER) : of(PRINCIPAL),
                of(ARN),
                Accounts.normal(of(ACCOUNT)),
                of(KEY),
                of(USER),
                of(INVOKED_BY),
                of(ISSUER_TYPE),
                of(ISSUER_ARN),
                of(ISSUER_PRINCIPAL),
                Accounts.normal(of(ISSUER_ACCOUNT)),
                of(ISSUER_USER),
                of(MFA),
                IdentityReader.created(of(CREATED)),
                of(ROOT),
                of(SOURCE),
                of(DELIVERY),
                of(SCOPE),
                of(PROVIDER));
    }
}
