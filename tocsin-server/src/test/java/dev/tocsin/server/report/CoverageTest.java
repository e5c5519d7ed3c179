package dev.tocsin.server.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.Origin;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.DataSource;
import dev.tocsin.core.finding.FindingType.Feature;
import dev.tocsin.core.finding.FindingType.ResourceKind;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.identity.Judged;
import dev.tocsin.core.intel.Category;
import dev.tocsin.core.intel.Freshness;
import dev.tocsin.core.rule.Rule;
import dev.tocsin.core.rule.Rules;
import dev.tocsin.core.rule.RulesInForce;
import dev.tocsin.server.ledger.Ledger;
import dev.tocsin.server.ledger.LedgerRow;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CoverageTest {

    private static final long DAY = 24 * 60 * 60;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # case                        | type                           | log    | needs   | lists | off     | days | status | reason
            all is there                  | Policy:IAMUser/X               | CALLS  |         |       |         | 0    | SPOKE  |
            no such log                   | Recon:EC2/X                    | FLOW   |         |       |         | -1   | SILENT | no VPC flow log among the objects
            feature off                   | Policy:S3/X                    | CALLS  |         |       | FOUNDATIONAL | 0 | SILENT | feature FOUNDATIONAL is off
            no list                       | Backdoor:EC2/X                 | FLOW   | c2      | tor   |         | 0    | SILENT | no list of category c2
            the list is there             | Backdoor:EC2/X                 | FLOW   | c2      | c2    |         | 0    | SPOKE  |
            one of two lists              | Backdoor:EC2/X                 | FLOW   | c2;tor  | c2    |         | 0    | PARTLY | no list of category tor
            a list that was fresh         | Backdoor:EC2/X                 | FLOW   | c2      | c2/-6/30 |      | 0    | SPOKE  |
            a week old                    | Backdoor:EC2/X                 | FLOW   | c2      | c2/-7/30 |      | 0    | PARTLY | list 7 days old
            too old for the last records  | Backdoor:EC2/X                 | FLOW   | c2      | c2/-29/30 |     | 2    | PARTLY | list 31 days old
            too old for all               | Backdoor:EC2/X                 | FLOW   | c2      | c2/-31/30 |     | 2    | SILENT | list 33 days old
            no history                    | Impact:IAMUser/AnomalousBehavior | CALLS |        |       |         | 0    | SILENT | history 0 of 14 days
            a day short of the history    | Impact:IAMUser/AnomalousBehavior | CALLS |        |       |         | 13   | PARTLY | history 13 of 14 days
            history enough                | Impact:IAMUser/AnomalousBehavior | CALLS |        |       |         | 14   | SPOKE  |
            """)
    void tells(
            String name,
            String type,
            String log,
            @Nullable String needs,
            @Nullable String lists,
            @Nullable String off,
            int days,
            Coverage.Status status,
            @Nullable String reason) {
        boolean flow = log.equals("FLOW");
        FindingType declared = FindingType.named(type)
                .about(flow ? DataSource.FLOW : DataSource.CLOUDTRAIL, ResourceKind.INSTANCE, Role.ACTOR)
                .needs(needs == null ? new String[0] : needs.split(";", -1))
                .build();
        Seen seen = new Seen();
        if (days >= 0) {
            seen.add(Stream.of(0L, days * DAY)
                    .map(at -> flow ? flow(at, 2) : call(at))
                    .toList());
        }
        Set<Feature> switchedOff = off == null ? Set.of() : Set.of(Feature.valueOf(off));
        Coverage.Means means = Coverage.Means.of(seen, lists(lists), switchedOff, null);
        Coverage.Row row = Coverage.row(declared, means, new Ledger(), 0, List.of());
        assertEquals(status, row.status());
        assertEquals(reason == null ? "" : reason, row.reason());
        assertEquals(reason == null, row.todo().isEmpty(), "a gap says what to do");
    }

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # type                                  | --rules                      | status | reason
            of the library, and none is on          | own                          | SILENT | none of its rules is on
            of the library, and all are on          | all                          | SPOKE  |
            of the library, and one of several is   | one                          | PARTLY | some of its rules are off
            """)
    void aTypeOfRulesSpeaksAsFarAsTheyAreOn(String name, String on, Coverage.Status status, @Nullable String reason) {
        Map<FindingType, List<Rule>> byType = Rules.LIBRARY.stream().collect(Collectors.groupingBy(Rule::type));
        FindingType type = byType.keySet().stream()
                .filter(one -> byType.getOrDefault(one, List.of()).size() > 1)
                .findFirst()
                .orElseThrow();
        RulesInForce rules = switch (on) {
            case "all" -> RulesInForce.live(Rules.ALL);
            case "one" -> RulesInForce.live(byType.getOrDefault(type, List.of()).subList(0, 1));
            default -> RulesInForce.DEFAULT;
        };
        Seen seen = new Seen();
        seen.add(List.of(call(0)));
        Coverage.Means means = Coverage.Means.of(seen, Map.of(), Set.of(), null).ruling(rules);
        Coverage.Row row = Coverage.row(type, means, new Ledger(), 0, List.of());
        assertEquals(status, row.status());
        assertEquals(reason == null ? "" : reason, row.reason());
    }

    @ParameterizedTest(name = "flags {0}, status of the object {1}")
    @CsvSource({
        "2, accepted, ''",
        "-1, accepted, 1 TCP flows without tcp-flags (who opened it is inferred)",
        "2, partial, 1 objects partial or refused"
    })
    void namesMissingFieldsAndDamage(int flags, String objectStatus, String reason) {
        Seen seen = new Seen();
        seen.add(List.of(flow(0, flags)));
        Ledger ledger = new Ledger();
        LedgerRow object = new LedgerRow("a");
        object.read("vpcflow", objectStatus, 1, 0, 0, 1, null);
        ledger.add(object);
        FindingType type = FindingType.named("Recon:EC2/X")
                .about(DataSource.FLOW, ResourceKind.INSTANCE, Role.TARGET)
                .build();
        assertEquals(
                reason,
                Coverage.row(type, Coverage.Means.of(seen, Map.of(), Set.of(), null), ledger, 0, List.of())
                        .reason());
    }

    /** The category, with the day it was last seen and the days it fires then; without these it never ages. */
    private static Map<Category, Freshness> lists(@Nullable String text) {
        if (text == null) {
            return Map.of();
        }
        String[] parts = text.split("/", -1);
        Category category = Category.of(parts[0]);
        if (parts.length == 1) {
            return Map.of(category, new Freshness(0, Long.MAX_VALUE));
        }
        long seen = Long.parseLong(parts[1]) * DAY;
        return Map.of(category, new Freshness(seen, seen + Long.parseLong(parts[2]) * DAY));
    }

    @Test
    void anOtherTimeToLearnIsTakenAtItsWord() {
        FindingType type = FindingType.named("Impact:IAMUser/AnomalousBehavior").build();
        Seen seen = new Seen();
        seen.add(List.of(call(0), call(3 * DAY)));
        assertEquals(
                "history 3 of 5 days",
                Coverage.row(type, Coverage.Means.of(seen, Map.of(), Set.of(), 5), new Ledger(), 0, List.of())
                        .reason());
        assertEquals(
                "",
                Coverage.row(type, Coverage.Means.of(seen, Map.of(), Set.of(), 0), new Ledger(), 0, List.of())
                        .reason());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # a call against habit                | bits | misses
            with too little                       | 6.6  | 0
            with four fifths of what it takes     | 6.7  | 1
            with enough                           | 8.3  | 0
            """)
    void nearMissesAreCountedByType(String name, double bits, long misses) {
        FindingType type =
                FindingType.named("Discovery:IAMUser/AnomalousBehavior").build();
        Seen seen = new Seen();
        ApiCall.Draft draft = new ApiCall.Draft();
        seen.judged(new Judged(
                draft.build(),
                type.name(),
                "alice",
                List.of(),
                List.of(new Judged.Channel("context", bits, 8.3, 7)),
                20,
                20,
                null,
                bits >= 8.3));
        Coverage.Means means = Coverage.Means.of(seen, Map.of(), Set.of(), null);
        assertEquals(
                misses, Coverage.row(type, means, new Ledger(), 0, List.of()).nearMisses());
        FindingType other =
                FindingType.named("Impact:IAMUser/AnomalousBehavior").build();
        assertEquals(0, Coverage.row(other, means, new Ledger(), 0, List.of()).nearMisses());
    }

    private static Event call(long at) {
        ApiCall.Draft draft = new ApiCall.Draft();
        draft.at = at;
        return draft.build();
    }

    private static Event flow(long at, int flags) {
        Origin origin = new Origin(LogObject.named("flow"), 1);
        return new Flow(
                origin,
                "111122223333",
                "us-east-1",
                "eni-1",
                "i-1",
                null,
                null,
                at,
                at,
                0,
                1,
                0,
                2,
                0,
                1,
                0,
                2,
                40_000,
                22,
                Flow.TCP,
                1,
                1,
                flags,
                Flow.Direction.UNKNOWN,
                false,
                null,
                0);
    }
}
