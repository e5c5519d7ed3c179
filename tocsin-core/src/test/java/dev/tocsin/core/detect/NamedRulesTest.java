package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.rule.Rules;
import dev.tocsin.core.rule.RulesInForce;
import dev.tocsin.core.rule.RulesInForce.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rules speak where, and what of. What each rule tells stands in RulesTest. */
final class NamedRulesTest {

    private static final String LIBRARYS = "VPCFlowLogsDeleted";

    private final NamedRules detector = new NamedRules(Rules.ALL);
    private final List<String> tried = new ArrayList<>();

    private static ApiCall.Draft deleted() {
        return CallFixture.call("ec2", "DeleteFlowLogs");
    }

    private RulesInForce modes(Mode mode) {
        return new RulesInForce(true, Map.of())
                .with(Map.of(LIBRARYS, mode), Map.of(), (rule, call) -> tried.add(rule.name()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # mode  | findings | tried
            LIVE    |    1     |   0
            DRY_RUN |    0     |   1
            OFF     |    0     |   0
            """)
    void aRuleSpeaksAsItsModeSays(Mode mode, int findings, int counted) {
        assertEquals(
                findings,
                new CallFixture()
                        .ruling(modes(mode))
                        .signals(detector, deleted())
                        .size());
        assertEquals(counted, tried.size());
    }

    @Test
    void whereNobodySaysAnythingOnlyOurPreciseRulesAreOn() {
        assertEquals(List.of(), new CallFixture().types(detector, deleted()));
        assertEquals(
                List.of("Impact:IAMUser/KeyDeletionScheduled"),
                new CallFixture().types(detector, CallFixture.call("kms", "ScheduleKeyDeletion")));
        assertEquals(List.of(), new CallFixture().types(detector, CallFixture.call("iam", "CreateUser")));
    }

    /** Two rules of one type and principal make signals of one finding: only the part differs. */
    @Test
    void matchesOfOneTypeAreOneFinding() {
        CallFixture all = new CallFixture().ruling(RulesInForce.live(Rules.LIBRARY));
        Signal made = all.signals(detector, CallFixture.call("iam", "CreateLoginProfile"))
                .getFirst();
        Signal changed = all.signals(detector, CallFixture.call("iam", "UpdateAssumeRolePolicy"))
                .getFirst();
        assertEquals(made.type(), changed.type());
        assertEquals(made.subject().key(), changed.subject().key());
        assertEquals(made.aggregation(), changed.aggregation());
        assertEquals(8, made.severity());
        assertEquals(5, changed.severity());
        assertTrue(made.detection().toString().contains("IAMUserLoginProfileCreated"), made::toString);
        assertTrue(changed.detection().toString().contains("IAMRoleTrustPolicyModified"), changed::toString);
    }

    /** Ours on trust looks at roles that are made as well: the library's rule tells only of those that change. */
    @Test
    void leavesToTheLibraryOnlyWhatThatTells() {
        String trust = "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"999988887777\"}}]}";
        CallFixture account =
                new CallFixture().ruling(new RulesInForce(true, Map.of("IAMRoleTrustPolicyModified", Mode.LIVE)));
        assertEquals(
                List.of("Persistence:IAMUser/RoleTrustOpened"),
                account.types(
                        detector,
                        CallFixture.with(CallFixture.call("iam", "CreateRole"), "assumeRolePolicyDocument", trust)));
        assertEquals(
                List.of("Persistence:IAM/AccountManipulation"),
                account.types(
                        detector,
                        CallFixture.with(CallFixture.call("iam", "UpdateAssumeRolePolicy"), "policyDocument", trust)));
    }

    @Test
    void asksForNoFieldThatItsRuleDoesNotRead() {
        FieldPlan.Builder plan = new FieldPlan.Builder();
        detector.plan(plan);
        assertEquals(List.of(), plan.build().fields("DeleteFlowLogs"));
        assertTrue(plan.build().fields("CreateFunctionUrlConfig").contains(FieldPath.of("requestParameters.authType")));
        assertEquals(List.of(), plan.build().fields("DescribeInstances"));
    }
}
