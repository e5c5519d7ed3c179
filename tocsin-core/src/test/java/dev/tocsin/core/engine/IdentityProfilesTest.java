package dev.tocsin.core.engine;

import static dev.tocsin.core.engine.IdentityCalls.ACCOUNT;
import static dev.tocsin.core.engine.IdentityCalls.DAY;
import static dev.tocsin.core.engine.IdentityCalls.START;
import static dev.tocsin.core.engine.IdentityCalls.STRANGE;
import static dev.tocsin.core.engine.IdentityCalls.TOOL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.finding.Doc;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Profiles shown and changed beside the engine. */
final class IdentityProfilesTest {

    private static final String ALICE = "arn:aws:iam::111122223333:user/alice";

    private final IdentityCalls calls = new IdentityCalls();
    private final FakeHost<ApiCall> host = new FakeHost<>(new AccountFunction(IdentityCalls.services(), Detectors.ALL));

    private void attack(int day) {
        host.take(ACCOUNT, calls.call("alice", START + day * DAY, "secretsmanager", "GetSecretValue", STRANGE, TOOL));
        host.advance(START + day * DAY + 3_600);
    }

    private long findings() {
        return host.signals.stream()
                .filter(signal -> signal.type().name().equals("CredentialAccess:IAMUser/AnomalousBehavior"))
                .count();
    }

    private Doc alice() {
        host.saveAndLoad();
        return Objects.requireNonNull(IdentityProfiles.shown(ALICE, host.key(ACCOUNT)));
    }

    private static List<String> texts(Doc profile, String list) {
        return ((List<?>) Objects.requireNonNull(profile.get(list)))
                .stream()
                        .map(value -> ((Doc) Objects.requireNonNull(value)))
                        .map(value -> value.text("feature") + " " + value.text("text") + " "
                                + (value.text("label") == null ? value.text("until") : value.text("label")))
                        .sorted()
                        .toList();
    }

    @BeforeEach
    void learn() {
        calls.habit(10).forEach(call -> host.take(ACCOUNT, call));
        attack(10);
        assertEquals(1, findings());
    }

    @Test
    void aProfileShowsWhatIsUsualAndWhatIsDisputed() {
        Doc alice = alice();
        assertEquals(11, alice.number("activeDays", 0));
        assertEquals("2026-03-11", alice.text("lastDay"));
        assertEquals(
                List.of(
                        "APIs ec2:DescribeInstances FREQUENT",
                        "APIs s3:ListBuckets FREQUENT",
                        "ASNs asnNumber: 64500 asnOrg: HOME-NET FREQUENT",
                        "Regions us-east-1 FREQUENT",
                        "UserAgents browser FREQUENT"),
                texts(alice, "usual").stream()
                        .filter(text -> text.endsWith("FREQUENT"))
                        .toList());
        assertEquals(
                List.of(
                        "APIs secretsmanager:GetSecretValue 2026-04-10",
                        "ASNs asnNumber: 64666 asnOrg: HOSTER 2026-04-10",
                        "UserAgents aws-cli 2026-04-10"),
                texts(alice, "disputed"));
        assertNull(IdentityProfiles.shown(ALICE + "2", host.key(ACCOUNT)));
    }

    @Test
    void whatIsAcceptedIsHabit() {
        change(ProfileChange.Action.ACCEPT, List.of());
        assertEquals(List.of(), texts(alice(), "disputed"));
        attack(11);
        assertEquals(1, findings(), "the same is usual now");
    }

    @Test
    void someValuesMayBeAcceptedAlone() {
        change(
                ProfileChange.Action.ACCEPT,
                List.of(new ProfileChange.Value("ASNs", "asnNumber: 64666 asnOrg: HOSTER")));
        assertEquals(2, texts(alice(), "disputed").size());
        assertEquals(
                List.of(
                        "ASNs asnNumber: 64500 asnOrg: HOME-NET FREQUENT",
                        "ASNs asnNumber: 64666 asnOrg: HOSTER FREQUENT"),
                texts(alice(), "usual").stream()
                        .filter(text -> text.startsWith("ASNs"))
                        .toList());
    }

    @Test
    void whatIsForgottenBeginsAnew() {
        change(ProfileChange.Action.FORGET, List.of());
        assertNull(IdentityProfiles.summary(ALICE, host.key(ACCOUNT)));
        host.take(ACCOUNT, calls.call("alice", START + 11 * DAY, "s3", "ListBuckets", STRANGE, TOOL));
        host.advance(START + 12 * DAY);
        assertEquals(1, assertNotNullDays(), "one day of history");
    }

    private long assertNotNullDays() {
        Doc summary = IdentityProfiles.summary(ALICE, host.key(ACCOUNT));
        assertNotNull(summary);
        return summary.number("activeDays", 0);
    }

    private void change(ProfileChange.Action action, List<ProfileChange.Value> values) {
        ProfileChange change = new ProfileChange(ACCOUNT, ALICE, action, values);
        assertEquals(change, ProfileChange.of(change.toDoc()));
        ProfileChange.of(change.toDoc()).applyTo(host.key(ACCOUNT));
    }
}
