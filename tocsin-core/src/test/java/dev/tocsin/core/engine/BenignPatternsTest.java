package dev.tocsin.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What looks like an attack by an identity and is none, row by row of {@code ../shared/spec/benign-patterns.tsv}: played here, or
 * in a test named here. A row of these types that has neither is counted.
 */
final class BenignPatternsTest {

    private static final Path ROWS = Path.of("../../shared/spec/benign-patterns.tsv");
    private static final Pattern TYPES = Pattern.compile(
            ".*:(IAMUser|S3)/AnomalousBehavior.*|.*CredentialExfiltration.*|.*/ConsoleLoginSuccess.B|.*CompromisedCredentials|AttackSequence:.*");

    /** What colleagues and programs do each day, with what: what one of them does for the first time others did before. */
    private static final String HABITS = """
            deploy   Terraform/1.5      lambda:UpdateFunctionCode20150331v2 iam:AttachRolePolicy ec2:CreateImage
            release  Terraform/1.5      iam:CreateRole ec2:ModifyImageAttribute lambda:PublishLayerVersion20181031
            release  Terraform/1.5      sqs:ListQueues sqs:GetQueueAttributes sqs:ListQueueTags sqs:CreateQueue sqs:TagQueue
            scanner  scanner/1.0        ec2:DescribeInstances iam:ListUsers
            audit    scanner/1.0        ec2:DescribeVolumes ec2:DescribeVpcs s3:GetBucketAcl iam:ListRoles
            cleaner  aws-sdk-go/1.44    ec2:TerminateInstances s3:DeleteBucket rds:DeleteDBInstance
            rotator  Boto3/1.26.0       secretsmanager:PutSecretValue
            worker   Boto3/1.26.0       secretsmanager:GetSecretValue
            dave     Mozilla/5.0        rds:DescribeDBInstances rds:DescribeDBClusters rds:DescribeEvents rds:DescribeDBSnapshots
            dave     Mozilla/5.0        iam:CreateAccessKey iam:DeleteAccessKey ecr:GetAuthorizationToken
            """;

    /** The row that is told all the same, once for each identity, at Low: nobody notices yet that it is many at once. */
    private static final String TOLD = "A new console release";

    private static final int DAYS = 20;
    private static final long NOW = IdentityCalls.START + DAYS * IdentityCalls.DAY;

    /** Rows that other tests play, by type and the first words of the pattern; each a class of this package and its method. */
    private static final Map<String, String> ELSEWHERE = new TreeMap<>(Map.ofEntries(
            Map.entry("UnauthorizedAccess:IAMUser/ConsoleLoginSuccess.B Split tunnel", "SignInUseTest#looksAlike"),
            Map.entry("UnauthorizedAccess:IAMUser/ConsoleLoginSuccess.B Shared IAM user", "SignInUseTest#looksAlike"),
            Map.entry(
                    "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS Instance egress",
                    "CredentialUseTest#whatHoldersShareIsAWayOut"),
            Map.entry(
                    "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS Addresses the company",
                    "CredentialUseTest#oneHolderUsedFromAnotherPlace"),
            Map.entry(
                    "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS Session merely",
                    "CredentialUseTest#aSessionNamedLikeAnInstanceIsAsked"),
            Map.entry(
                    "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS EKS hybrid",
                    "CredentialUseTest#oneHolderUsedFromAnotherPlace"),
            Map.entry(
                    "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.InsideAWS Central egress",
                    "CredentialUseTest#callsThroughEndpoints"),
            Map.entry(
                    "UnauthorizedAccess:IAMUser/ResourceCredentialExfiltration.OutsideAWS Function or task",
                    "CredentialUseTest#whatHoldersShareIsAWayOut"),
            Map.entry(
                    "UnauthorizedAccess:IAMUser/ResourceCredentialExfiltration.InsideAWS Task egress",
                    "CredentialUseTest#callsThroughEndpoints"),
            Map.entry(
                    "Discovery:S3/AnomalousBehavior Bucket listing", "BucketHabitsTest#whatHabitDoesNotExplainIsSaid"),
            Map.entry(
                    "Exfiltration:S3/AnomalousBehavior Analytics job", "BucketHabitsTest#manyMoreReadsThanEverAreSaid"),
            Map.entry("Impact:S3/AnomalousBehavior.Delete Lifecycle", "BucketHabitsTest#whatHabitDoesNotExplainIsSaid"),
            Map.entry(
                    "AttackSequence:IAM/CompromisedCredentials Penetration",
                    "AttackSequencesTest#onlyWhatIsLikelyIsOne")));

    private final IdentityCalls calls = new IdentityCalls();

    private static boolean isRow(String row, String key) {
        return row.startsWith(key);
    }

    private static List<String> rows() throws IOException {
        assumeTrue(Files.exists(ROWS), "without ../shared no row is read");
        return Files.readAllLines(ROWS, StandardCharsets.UTF_8).stream()
                .skip(1) // the heading
                .map(line -> line.split("\t", -1))
                .filter(cells -> TYPES.matcher(cells[0]).matches())
                .map(cells -> cells[0] + " " + cells[1])
                .toList();
    }

    /** Of what is played below: the row's type and its first words. */
    private static List<String> played() throws NoSuchMethodException {
        CsvSource table = BenignPatternsTest.class
                .getDeclaredMethod(
                        "saysNothingOfThatType", String.class, String.class, String.class, String.class, String.class)
                .getAnnotation(CsvSource.class);
        return table.textBlock()
                .lines()
                .map(line -> line.split("\\|", -1))
                .map(cells -> cells[0].strip() + ":IAMUser/AnomalousBehavior " + cells[1].strip())
                .toList();
    }

    @Test
    void everyRowHasATestOrIsCounted() throws IOException, ReflectiveOperationException {
        List<String> keys = new ArrayList<>(ELSEWHERE.keySet());
        keys.addAll(played());
        List<String> rows = rows();
        TreeSet<String> without = new TreeSet<>();
        for (String row : rows) {
            if (keys.stream().noneMatch(key -> isRow(row, key))) {
                without.add(row.substring(0, Math.min(row.length(), 90)));
            }
        }
        System.out.println("rows of these types: " + rows.size() + ", without a test: " + without);
        assertEquals(4, without.size(), "rows without a test are known ones: " + without);
        for (String key : keys) {
            assertTrue(rows.stream().anyMatch(row -> isRow(row, key)), "there is a row: " + key);
        }
        for (String place : ELSEWHERE.values()) {
            String[] parts = place.split("#", -1);
            Class<?> test = Class.forName(BenignPatternsTest.class.getPackageName() + "." + parts[0]);
            Predicate<String> named = parts[1]::equals;
            assertTrue(
                    Stream.of(test.getDeclaredMethods()).anyMatch(method -> named.test(method.getName())),
                    "there is a test " + place);
        }
    }

    /** {@code who} does each of {@code what} from home, after twenty days of what {@link IdentityCalls#habit} and programs do. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            Discovery            | Posture scanners      | scanner  | ec2:DescribeVolumes ec2:DescribeVpcs s3:GetBucketAcl iam:ListRoles | scanner/1.0
            Discovery            | A new console release | alice    | ec2:DescribeInstanceTypes bob:ec2:DescribeInstanceTypes carol:ec2:DescribeInstanceTypes | Mozilla/5.0
            Discovery            | Console browsing      | alice    | rds:DescribeDBInstances rds:DescribeDBClusters rds:DescribeDBSnapshots rds:DescribeEvents | Mozilla/5.0
            Discovery            | Terraform or CDK plan | deploy   | sqs:ListQueues sqs:GetQueueAttributes sqs:ListQueueTags sqs:CreateQueue sqs:TagQueue | Terraform/1.5
            CredentialAccess     | Secret rotation       | rotator  | secretsmanager:GetSecretValue secretsmanager:PutSecretValue | Boto3/1.26.0
            CredentialAccess     | Migration or backup   | service  | secretsmanager:GetSecretValue secretsmanager:ListSecrets | secretsmanager.amazonaws.com
            DefenseEvasion       | Stack tear-down       | service  | logs:DeleteLogGroup cloudwatch:DeleteAlarms ec2:DeleteFlowLogs | cloudformation.amazonaws.com
            DefenseEvasion       | Autoscaling and appl  | linked   | cloudwatch:DeleteAlarms autoscaling:DeletePolicy | autoscaling.amazonaws.com
            Exfiltration         | Nightly backup        | service  | ec2:CreateSnapshot ec2:CopySnapshot rds:CreateDBSnapshot ec2:ModifySnapshotAttribute | backup.amazonaws.com
            Exfiltration         | Image pipeline shares | deploy   | ec2:CreateImage ec2:ModifyImageAttribute | Terraform/1.5
            Impact               | Autoscaling, spot int | linked   | ec2:RunInstances ec2:TerminateInstances ec2:RunInstances | autoscaling.amazonaws.com
            Impact               | Sandbox cleaners      | cleaner  | ec2:TerminateInstances s3:DeleteBucket rds:DeleteDBInstance | aws-sdk-go/1.44
            InitialAccess        | StartSession, GetAuth | alice    | ecr:GetAuthorizationToken sts:GetCallerIdentity sts:AssumeRole | Mozilla/5.0
            InitialAccess        | First day of a new    | joiner   | ec2:DescribeInstances s3:ListBuckets sts:GetCallerIdentity | Mozilla/5.0
            Persistence          | Joiner process makes  | alice    | iam:CreateAccessKey | Mozilla/5.0
            Persistence          | Deployment updates    | deploy   | lambda:UpdateFunctionCode20150331v2 lambda:PublishLayerVersion20181031 | Terraform/1.5
            PrivilegeEscalation  | Terraform or CDK att  | deploy   | iam:CreateRole iam:AttachRolePolicy | Terraform/1.5
            """)
    void saysNothingOfThatType(String tactic, String pattern, String who, String what, String tool) {
        List<ApiCall> all = new ArrayList<>(calls.habit(DAYS));
        for (int day = 0; day < DAYS; day++) {
            for (String one : HABITS.lines().toList()) {
                String[] words = one.split(" +", -1);
                for (int i = 2; i < words.length; i++) {
                    all.add(by(
                            words[0],
                            IdentityCalls.START + day * IdentityCalls.DAY + 600 + 30L * i,
                            words[i],
                            words[1]));
                }
            }
        }
        long at = NOW;
        for (String call : what.split(" ", -1)) {
            String[] parts = call.split(":", -1);
            boolean other = parts.length == 3;
            at += 2;
            all.add(by(other ? parts[0] : who, at, other ? parts[1] + ":" + parts[2] : call, tool));
        }
        FakeHost<ApiCall> host = new FakeHost<>(new AccountFunction(IdentityCalls.services(), Detectors.ALL));
        all.forEach(call -> host.take(IdentityCalls.ACCOUNT, call));
        host.advance(Long.MAX_VALUE);
        boolean told = tactic.equals("Discovery") && pattern.equals(TOLD);
        assertEquals(
                told ? List.of("Discovery:IAMUser/AnomalousBehavior") : List.of(),
                host.signals.stream()
                        .map(signal -> signal.type().name())
                        .distinct()
                        .filter((tactic + ":IAMUser/AnomalousBehavior")::equals)
                        .toList());
    }

    private ApiCall by(String who, long at, String call, String tool) {
        String[] parts = call.split(":", -1);
        ApiCall.Draft draft = calls.draft(who, at, parts[0], parts[1], IdentityCalls.HOME, tool);
        if (!Arrays.asList("alice", "bob", "carol", "dave", "joiner").contains(who)) {
            draft.identity = role(who, tool);
        }
        return draft.build();
    }

    /** A role of that name; {@code linked} is one that AWS made for itself, {@code service} one that it uses for another. */
    private static Identity role(String name, String tool) {
        String path = name.equals("linked") ? "aws-service-role/autoscaling.amazonaws.com/" : "";
        return new Identity(
                "AssumedRole",
                "AROA" + name + ":session",
                "arn:aws:sts::" + IdentityCalls.ACCOUNT + ":assumed-role/" + name + "/session",
                IdentityCalls.ACCOUNT,
                "ASIA" + name,
                null,
                name.equals("service") ? tool : null,
                "Role",
                "arn:aws:iam::" + IdentityCalls.ACCOUNT + ":role/" + path + name,
                "AROA" + name,
                IdentityCalls.ACCOUNT,
                name,
                null,
                0,
                null,
                null,
                null,
                null,
                null);
    }
}
