package dev.tocsin.core.engine;

import static dev.tocsin.core.engine.IdentityCalls.ACCOUNT;
import static dev.tocsin.core.engine.IdentityCalls.BROWSER;
import static dev.tocsin.core.engine.IdentityCalls.DAY;
import static dev.tocsin.core.engine.IdentityCalls.HOME;
import static dev.tocsin.core.engine.IdentityCalls.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.event.ApiCall;
import org.junit.jupiter.api.Test;

/** How many profiles an account may have. */
final class CapTest {

    private static final String USER = "arn:aws:iam::" + ACCOUNT + ":user/";

    private final IdentityCalls calls = new IdentityCalls();
    private final FakeHost<ApiCall> host = new FakeHost<>(new AccountFunction(IdentityCalls.services(), Detectors.ALL));

    private void call(String user, long at) {
        host.take(ACCOUNT, calls.call(user, at, "ec2", "DescribeVpcs", HOME, BROWSER));
    }

    @Test
    void thoseNotSeenLongestGo() {
        call("old", START);
        for (int i = 1; i < Cap.MOST_PROFILES; i++) {
            call("user" + i, START + DAY + i);
        }
        host.advance(START + 2 * DAY);
        assertEquals(Cap.MOST_PROFILES, host.entries("profile"), "as many as there may be");
        call("new", START + 2 * DAY);
        host.advance(START + 3 * DAY);
        assertEquals(Cap.MOST_PROFILES - Cap.MOST_PROFILES / 10, host.entries("profile"));
        assertNull(IdentityProfiles.summary(USER + "old", host.key(ACCOUNT)));
        assertNotNull(IdentityProfiles.summary(USER + "new", host.key(ACCOUNT)));
    }

    @Test
    void whoOnlyFailsHasNoProfile() {
        ApiCall.Draft draft = calls.draft("guesser", START, "ec2", "DescribeVpcs", HOME, BROWSER);
        draft.errorCode = "AccessDenied";
        host.take(ACCOUNT, draft.build());
        host.advance(START + DAY);
        assertEquals(0, host.entries("profile"));
        call("guesser", START + DAY);
        host.advance(START + 2 * DAY);
        assertEquals(1, host.entries("profile"), "until a call succeeds");
    }
}
