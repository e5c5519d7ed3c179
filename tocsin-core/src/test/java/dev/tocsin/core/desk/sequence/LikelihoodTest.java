package dev.tocsin.core.desk.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.desk.sequence.Item.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which sets of signals are sequences, and the look-alikes that are none. */
final class LikelihoodTest {

    private record Case(String words, boolean sequence, List<Item> items) {}

    @TestFactory
    Stream<DynamicTest> ofIdentities() {
        return Stream.of(
                        new Case(
                                "look around, new user, its rights and the trail stopped, from a new network by a new tool",
                                true,
                                List.of(
                                        call("iam:ListUsers", "Discovery", 5, 5, 3),
                                        call("iam:CreateUser", "Persistence", 6, 5, 3),
                                        call("iam:AttachUserPolicy", "Privilege Escalation", 6, 5, 3),
                                        call("cloudtrail:StopLogging", "Defense Evasion", 7, 5, 3))),
                        new Case(
                                "two discovery findings of an administrator on a new network",
                                false,
                                List.of(
                                        story("Discovery"),
                                        call("iam:ListUsers", "Discovery", 8, 6, 4),
                                        call("ec2:DescribeSnapshots", "Discovery", 8, 6, 4),
                                        call("s3:GetBucketAcl", "Discovery", 8, 6, 4))),
                        new Case(
                                "a new administrator's first day, or Terraform's bootstrap: three tactics from home",
                                false,
                                List.of(
                                        call("iam:CreateRole", "Persistence", 10, 0, 0),
                                        call("iam:AttachRolePolicy", "Privilege Escalation", 10, 0, 0),
                                        call("iam:ListRoles", "Discovery", 10, 0, 0),
                                        call("cloudtrail:UpdateTrail", "Defense Evasion", 10, 0, 0))),
                        new Case(
                                "a break-glass night: the emergency user repairs, from the office",
                                false,
                                List.of(
                                        call("iam:UpdateAccessKey", "Persistence", 8.6, 1, -1),
                                        call("iam:PutUserPolicy", "Privilege Escalation", 6.2, 1, -1),
                                        call("ec2:StopInstances", "Impact", 8.2, 1, -1))),
                        new Case(
                                "a migration: bucket policies changed and old buckets deleted by whoever always works from there",
                                false,
                                List.of(
                                        call("s3:PutBucketPolicy", "Exfiltration", 9, 0, 0),
                                        call("s3:DeleteBucket", "Impact", 9, 0, 0),
                                        call("s3:PutBucketReplication", "Exfiltration", 9, 0, 0),
                                        rule("s3:PutBucketPolicy", "Exfiltration"))),
                        new Case(
                                "a traveller with one unusual change",
                                false,
                                List.of(
                                        call("rds:ModifyDBInstance", "Impact", 7, 6, 4),
                                        call("rds:DescribeDBInstances", "Discovery", 2, 6, 4))),
                        new Case(
                                "a traveller looks around abroad, and does another task at home the same day",
                                false,
                                List.of(
                                        call("sns:ListTopics", "Discovery", 8, 6, 4),
                                        call("s3:PutBucketVersioning", "Impact", 9, 0, 0),
                                        call("ecr:BatchGetImage", "Exfiltration", 9, 0, 0))),
                        new Case(
                                "policy findings about what the identity does every day: a test stack is built and torn down",
                                false,
                                List.of(
                                        rule("cloudtrail:DeleteTrail", "Defense Evasion"),
                                        rule("s3:PutBucketPolicy", "Exfiltration"),
                                        rule("iam:CreateUser", "Persistence"))),
                        new Case(
                                "Tor, a stopped trail and an opened bucket in an account of which no habit is known",
                                true,
                                List.of(
                                        clue("Tor", Weights.TOR_BITS),
                                        call("iam:ListUsers", "Discovery", 4, 0, 0),
                                        call("cloudtrail:StopLogging", "Defense Evasion", 3, 0, 0),
                                        rule("cloudtrail:StopLogging", "Defense Evasion"),
                                        call("s3:PutBucketPolicy", "Exfiltration", 3, 0, 0),
                                        rule("s3:PutBucketPolicy", "Exfiltration"))),
                        new Case(
                                "Tor alone, with what everybody does",
                                false,
                                List.of(clue("Tor", Weights.TOR_BITS), call("iam:ListUsers", "Discovery", 3, 0, 0))),
                        new Case(
                                "two findings of one kind of clue are one clue",
                                false,
                                List.of(
                                        clue("Tor", Weights.TOR_BITS),
                                        clue("Tor", Weights.TOR_BITS),
                                        call("iam:ListUsers", "Discovery", 4, 0, 0),
                                        call("iam:CreateUser", "Persistence", 4, 0, 0))),
                        new Case(
                                "just under the bits of a sequence",
                                false,
                                twoTactics(8.9, 5, 5)), // 8.9 + 5 + 1.25 * (5 + 3)
                        new Case("just enough bits", true, twoTactics(9.1, 5, 5)),
                        new Case(
                                "just under the bits of a tactic",
                                false,
                                List.of(
                                        call("iam:CreateUser", "Persistence", 20, 6, 4),
                                        call("iam:ListUsers", "Discovery", 3.9, 6, 4))),
                        new Case(
                                "just enough bits of the second tactic",
                                true,
                                List.of(
                                        call("iam:CreateUser", "Persistence", 20, 6, 4),
                                        call("iam:ListUsers", "Discovery", 4, 6, 4))),
                        new Case(
                                "just under the bits of context",
                                false,
                                List.of(
                                        call("iam:CreateUser", "Persistence", 20, 2.3, 0),
                                        call("iam:ListUsers", "Discovery", 20, 2.3, 0))),
                        new Case(
                                "just enough bits of context",
                                true,
                                List.of(
                                        call("iam:CreateUser", "Persistence", 20, 2.5, 0),
                                        call("iam:ListUsers", "Discovery", 20, 2.5, 0))))
                .map(one -> DynamicTest.dynamicTest(
                        one.words(),
                        () -> assertEquals(
                                one.sequence(), Likelihood.of(one.items()).isSequence())));
    }

    @TestFactory
    Stream<DynamicTest> ofHosts() {
        return Stream.of(
                        new Case(
                                "a miner that talks to its command server and scans",
                                true,
                                List.of(
                                        host("mining", "Impact", 9),
                                        host("command and control", "Command and Control", 9),
                                        host("scan", "Discovery", 5))),
                        new Case(
                                "a group of scanners: scan, guessing, crawling's reputation",
                                false,
                                List.of(
                                        host("scan", "Discovery", 5),
                                        host("guessing", "Lateral Movement", 6),
                                        host("reputation", "Command and Control", 3),
                                        host("spam", "Impact", 6))),
                        new Case(
                                "a crawler asks for listed names of every kind and meets a listed server",
                                false,
                                List.of(
                                        host(Weights.NAMES, "Impact", 9),
                                        host(Weights.NAMES, "Command and Control", 8),
                                        host(Weights.NAMES, "Initial Access", 4),
                                        host("command and control", "Command and Control", 9))),
                        new Case(
                                "names alone, however many",
                                false,
                                List.of(
                                        host(Weights.NAMES, "Impact", 9),
                                        host(Weights.NAMES, "Command and Control", 9),
                                        host(Weights.NAMES, "Exfiltration", 9),
                                        host("rhythm", "Command and Control", 4),
                                        host("scan", "Discovery", 5))),
                        new Case(
                                "one family on many members is one piece of evidence",
                                false,
                                List.of(
                                        host("command and control", "Command and Control", 9),
                                        host("command and control", "Command and Control", 9),
                                        host("command and control", "Command and Control", 9))),
                        new Case(
                                "just under the bits of a sequence",
                                false,
                                List.of(host("mining", "Impact", 9), host("drop point", "Exfiltration", 8))),
                        new Case(
                                "and just enough",
                                true,
                                List.of(
                                        host("mining", "Impact", 9),
                                        host("drop point", "Exfiltration", 8),
                                        host("reputation", "Command and Control", 3))))
                .map(one -> DynamicTest.dynamicTest(
                        one.words(),
                        () -> assertEquals(
                                one.sequence(), Likelihood.of(one.items()).isSequenceOfHosts(one.items()))));
    }

    @Test
    void partsOfATacticAreDampedAndRepeatsAddHalfABit() {
        Likelihood likelihood = Likelihood.of(List.of(
                call("iam:CreateUser", "Persistence", 6, 6, 4),
                call("lambda:UpdateFunctionCode", "Persistence", 4, 6, 4),
                new Item(
                        "ec2:RunInstances", Kind.CALL, "Impact", "ec2", "ec2:RunInstances", 3_000, 6_000, 0, 0, 0, 4)));
        assertEquals(8, likelihood.tactics().get("Persistence"));
        assertEquals(4, likelihood.tactics().get("Impact"));
    }

    private static List<Item> twoTactics(double persistence, double discovery, double network) {
        return List.of(
                call("iam:CreateUser", "Persistence", persistence, network, 3),
                call("iam:ListUsers", "Discovery", discovery, network, 3));
    }

    private static Item call(String api, String tactic, double bits, double network, double agent) {
        return new Item(
                api,
                Kind.CALL,
                tactic,
                api.substring(0, api.indexOf(':')),
                api,
                (int) (bits * 1_000),
                (int) (network * 1_000),
                (int) (agent * 1_000),
                0,
                0,
                1);
    }

    private static Item rule(String api, String tactic) {
        return new Item("arn:" + api, Kind.RULE, tactic, "", api, Weights.RULE_BITS * 1_000, 0, 0, 0, 0, 1);
    }

    private static Item clue(String family, int bits) {
        return new Item("arn:" + family, Kind.CLUE, "Initial Access", family, "", bits * 1_000, 0, 0, 0, 0, 1);
    }

    private static Item story(String tactic) {
        return new Item("arn:story", Kind.STORY, tactic, "", "", 0, 0, 0, 0, 0, 1);
    }

    private static Item host(String family, String tactic, int bits) {
        return new Item("arn:" + family, Kind.OWN, tactic, family, "", bits * 1_000, 0, 0, 0, 0, 1);
    }
}
