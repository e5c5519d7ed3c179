package dev.tocsin.core.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApiTacticsTest {

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(textBlock = """
            secretsmanager.amazonaws.com, GetSecretValue, true,  CREDENTIAL_ACCESS, WELL_KNOWN
            cloudtrail.amazonaws.com,     StopLogging,    false, DEFENSE_EVASION,   WELL_KNOWN
            lambda.amazonaws.com,         UpdateFunctionCode, false, PERSISTENCE,   CATALOGUED
            nobody.amazonaws.com,         StopTheLogs,    false, DEFENSE_EVASION,   BY_RULE
            nobody.amazonaws.com,         CreateThing,    false, PERSISTENCE,       BY_RULE
            nobody.amazonaws.com,         ExportThing,    false, EXFILTRATION,      BY_RULE
            iam.amazonaws.com,            AttachOddPolicy, false, PRIVILEGE_ESCALATION, BY_RULE
            nobody.amazonaws.com,         AttachOddPolicy, false, PERSISTENCE,      BY_RULE
            nobody.amazonaws.com,         DescribeThing,  true,  DISCOVERY,         BY_RULE
            nobody.amazonaws.com,         Frobnicate,     true,  DISCOVERY,         BY_RULE
            nobody.amazonaws.com,         Frobnicate,     false, IMPACT,            BY_RULE
            """)
    void aCallServesOneTactic(
            String service, String action, boolean readOnly, Tactic tactic, ApiTactics.Standing standing) {
        assertEquals(new ApiTactics.Entry(tactic, standing), ApiTactics.of(service, action, readOnly));
    }
}
