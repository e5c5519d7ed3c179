package dev.tocsin.core.engine;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Caller;
import dev.tocsin.core.event.Identity;
import dev.tocsin.core.finding.Doc;
import java.util.ArrayList;
import java.util.List;

/** API calls of the users of one account, and where their addresses lie. */
final class IdentityCalls {

    static final String ACCOUNT = "111122223333";
    static final long START = 1_772_366_400; // 2026-03-01T12:00:00Z
    static final long DAY = 86_400;
    static final String HOME = "203.0.113.10";
    static final String BROWSER = "Mozilla/5.0";
    static final String STRANGE = "198.51.100.7";
    static final String TOOL = "aws-cli/2.15.0";

    private int number;

    /** Knows the networks of {@link #HOME} and {@link #STRANGE}. */
    static EngineServices services() {
        return new EngineServices(IdentityCalls::geography, EngineServices.NONE.intelligenceNow());
    }

    private static Doc geography(Address address) {
        boolean home = address.toString().equals(HOME);
        return new Doc()
                .with(
                        "organization",
                        new Doc().with("asn", home ? "64500" : "64666").with("asnOrg", home ? "HOME-NET" : "HOSTER"));
    }

    ApiCall.Draft draft(String user, long at, String service, String action, String from, String agent) {
        ApiCall.Draft draft = new ApiCall.Draft();
        draft.at = at;
        draft.account = ACCOUNT;
        draft.region = "us-east-1";
        draft.service = service + ".amazonaws.com";
        draft.action = action;
        draft.eventId = "event-" + number++;
        draft.contentHash = number;
        draft.caller = Caller.of(from);
        draft.userAgent = agent;
        draft.identity = new Identity(
                "IAMUser",
                "AIDA" + user,
                "arn:aws:iam::111122223333:user/" + user,
                ACCOUNT,
                "AKIA" + user,
                user,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                null,
                null,
                null,
                null,
                null);
        return draft;
    }

    ApiCall call(String user, long at, String service, String action, String from, String agent) {
        return draft(user, at, service, action, from, agent).build();
    }

    /** {@code who} with another access key. */
    static Identity withKey(Identity who, String key) {
        return new Identity(
                who.type(),
                who.principalId(),
                who.arn(),
                who.accountId(),
                key,
                who.userName(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                null,
                null,
                null,
                null,
                null);
    }

    /** What alice, bob and carol do at noon of each of {@code days} days from home. */
    List<ApiCall> habit(int days) {
        List<ApiCall> calls = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            for (String user : List.of("alice", "bob", "carol")) {
                long at = START + day * DAY;
                calls.add(call(user, at, "ec2", "DescribeInstances", HOME, BROWSER));
                calls.add(call(user, at + 60, "s3", "ListBuckets", HOME, BROWSER));
            }
        }
        return calls;
    }
}
