package dev.tocsin.server.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.rule.Rule;
import dev.tocsin.core.rule.Rules;
import dev.tocsin.core.rule.RulesInForce;
import dev.tocsin.core.rule.RulesInForce.Mode;
import dev.tocsin.server.api.operation.CustomRules;
import dev.tocsin.server.api.operation.RuleLibrary;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What associations of the library's rules mean for the engine. */
final class AssociatedRulesTest {

    private static final String ACCOUNT = "111122223333";
    private static final String HERE = "eu-central-1";
    private static final long NOW = 1_772_366_400;
    private static final Rule RULE = Rules.named("IAMAccessKeyCreated").orElseThrow();

    @TempDir
    private Path folder;

    private Store store;

    @BeforeEach
    void open() throws StoreException {
        store = Store.open(folder);
    }

    @AfterEach
    void close() throws StoreException {
        store.close();
    }

    private void associate(String mode, String region, long expiresAt) throws StoreException {
        String id = RuleLibrary.byId().entrySet().stream()
                .filter(one -> one.getValue().equals(RULE))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        Doc document =
                new Doc().with("ruleId", id).with("mode", mode).with("expiresAt", expiresAt == 0 ? null : expiresAt);
        Resource one = new Resource(ACCOUNT, region, CustomRules.KIND, mode + region, document);
        store.write(transaction -> transaction.resource(one));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what is associated                 | mode    | region       | expires in | account      | asked in     | of a global service | is
            live                                 | LIVE    | eu-central-1 |      0     | 111122223333 | eu-central-1 | false               | LIVE
            tried                                | DRY_RUN | eu-central-1 |    100     | 111122223333 | eu-central-1 | false               | DRY_RUN
            tried until now                      | DRY_RUN | eu-central-1 |     -1     | 111122223333 | eu-central-1 | false               | OFF
            another Region                       | LIVE    | eu-west-1    |      0     | 111122223333 | eu-central-1 | false               | OFF
            another Region, of a global service  | LIVE    | eu-west-1    |      0     | 111122223333 | us-east-1    | true                | LIVE
            another account                      | LIVE    | eu-central-1 |      0     | 999988887777 | eu-central-1 | false               | OFF
            """)
    void aRuleIsOnWhereItIsAssociated(
            String name,
            String mode,
            String region,
            long expires,
            String account,
            String asked,
            boolean global,
            Mode is)
            throws StoreException {
        associate(mode, region, expires == 0 ? 0 : NOW + expires);
        AssociatedRules.Seen seen = AssociatedRules.Seen.of(store, NOW);
        RulesInForce rules = new AssociatedRules().with(RulesInForce.DEFAULT, seen, account, asked);
        assertEquals(is, rules.of(RULE, global));
    }

    @Test
    void whatTheConfigurationTurnsOnStaysOn() throws StoreException {
        associate("DRY_RUN", HERE, NOW + 1);
        AssociatedRules.Seen seen = AssociatedRules.Seen.of(store, NOW);
        RulesInForce base = new RulesInForce(true, Map.of(RULE.name(), Mode.LIVE));
        assertEquals(
                Mode.LIVE, new AssociatedRules().with(base, seen, ACCOUNT, HERE).of(RULE, false));
    }
}
