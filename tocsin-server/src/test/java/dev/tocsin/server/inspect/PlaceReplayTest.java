package dev.tocsin.server.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.detect.Condition;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Caller;
import dev.tocsin.core.event.Identity;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.intel.Intelligence;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlaceReplayTest {

    private static final long START = 1_772_323_200;
    private static final long DAY = 86_400;

    private static Doc place(Address address) {
        String asn = address.toString().startsWith("203.0.113.") ? "16509" : "64500";
        return address.toString().startsWith("192.0.2.")
                ? new Doc()
                : new Doc()
                        .with("country", new Doc().with("countryName", "Germany"))
                        .with("organization", new Doc().with("asn", asn));
    }

    private static ApiCall call(String who, String action, long at, String from) {
        boolean instance = who.startsWith("i-");
        ApiCall.Draft draft = new ApiCall.Draft();
        draft.at = at;
        draft.account = "111122223333";
        draft.action = action;
        draft.caller = Caller.of(from);
        draft.identity = new Identity(
                instance ? "AssumedRole" : "IAMUser",
                instance ? "AROA:" + who : "AIDA",
                "arn:aws:iam::111122223333:user/" + who,
                "111122223333",
                "ASIA1",
                instance ? null : who,
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
                instance ? "2.0" : null,
                null,
                null);
        return draft.build();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what                   | type                                      | who                 | days | from         | first that failed
            elsewhere, for a day     | InstanceCredentialExfiltration.OutsideAWS | i-0123456789abcdef0 | 0 | 198.51.100.9 |
            elsewhere, for six days  | InstanceCredentialExfiltration.OutsideAWS | i-0123456789abcdef0 | 6 | 198.51.100.9 |
            elsewhere, for a week    | InstanceCredentialExfiltration.OutsideAWS | i-0123456789abcdef0 | 7 | 198.51.100.9 | the role did not call from there on 7 days before
            within AWS               | InstanceCredentialExfiltration.OutsideAWS | i-0123456789abcdef0 | 0 | 203.0.113.9  | the address is none of AWS's
            within AWS, as asked     | InstanceCredentialExfiltration.InsideAWS  | i-0123456789abcdef0 | 0 | 203.0.113.9  |
            an instance, no resource | ResourceCredentialExfiltration.OutsideAWS | i-0123456789abcdef0 | 0 | 198.51.100.9 | their credentials are an instance's, task's or function's, as the type wants
            a user                   | InstanceCredentialExfiltration.OutsideAWS | alice               | 0 | 198.51.100.9 | their credentials are an instance's, task's or function's, as the type wants
            a service                | InstanceCredentialExfiltration.OutsideAWS | i-0123456789abcdef0 | 0 | ssm.amazonaws.com | no AWS service made the call
            a new place              | ConsoleLoginSuccess.B                     | alice               | 0 | 198.51.100.9 |
            the place of yesterday   | ConsoleLoginSuccess.B                     | alice               | 1 | 198.51.100.9 | both are new to the person on that day
            a place unknown          | ConsoleLoginSuccess.B                     | alice               | 0 | 192.0.2.9    | country and network of the address are known, and it is not --own-network
            a user is no federated   | FederatedLoginSuccess                     | alice               | 0 | 198.51.100.9 | they are sign-ins that succeeded, of the kind of people the type tells of
            """)
    void namesTheFirstConditionThatFailed(String name, String type, String who, int days, String from, String failed) {
        FindingType asked = Objects.requireNonNull(Detectors.types().get("UnauthorizedAccess:IAMUser/" + type));
        EngineServices services = new EngineServices(PlaceReplayTest::place, () -> Intelligence.EMPTY);
        PlaceReplay replay = new PlaceReplay(asked, new Asked(services), START, START + 600);
        for (int day = days; day >= 0; day--) {
            replay.add(call(who, "ConsoleLogin", START - day * DAY, from));
        }
        assertEquals(
                failed,
                replay.conditions().stream()
                        .filter(condition -> !condition.met())
                        .map(Condition::text)
                        .findFirst()
                        .orElse(null));
    }
}
