package dev.tocsin.server.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What deploy/'s CloudFormation templates say, and what they let whom do. */
final class TemplatesTest {

    /** Statements whose actions or resources may be wild, and why. */
    private static final Map<String, String> WILD = Map.of(
            "AccountAdministersItsKey", "the key policy by which IAM policies of the account count at all",
            "OnlyByTls", "a denial");

    /** Ends of resources that may be wild. */
    private static final List<String> WILD_ENDS =
            List.of("/failed/*", ":secret:tocsin/*", ":log-stream:*", "/AWSLogs/*");

    @ParameterizedTest
    @ValueSource(strings = {"streams.yaml", "vpc.yaml", "reader.yaml", "organization.yaml"})
    void referencesResolve(String name) throws IOException {
        Template template = Template.of(name);
        Set<String> references = template.references();
        TreeSet<String> unknown = new TreeSet<>(references);
        unknown.removeAll(template.names("Parameters"));
        unknown.removeAll(template.names("Resources"));
        unknown.removeIf(one -> one.startsWith("AWS::"));
        assertEquals(Set.of(), unknown, "refers to nothing");
        Set<String> unused = template.names("Parameters");
        unused.removeAll(references);
        assertEquals(Set.of(), unused, "parameters that nothing uses");
        template.part("Resources").forEach((id, resource) -> {
            Object condition = ((Map<?, ?>) resource).get("Condition");
            assertTrue(condition == null || template.part("Conditions").containsKey(condition), String.valueOf(id));
        });
        template.part("Parameters")
                .forEach((id, parameter) -> assertTrue(
                        String.valueOf(((Map<?, ?>) parameter).get("Description"))
                                        .length()
                                > 5,
                        String.valueOf(id)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"streams.yaml", "vpc.yaml", "reader.yaml", "organization.yaml"})
    void noPolicyIsWider(String name) throws IOException {
        for (Map<?, ?> statement : Template.statements(Template.of(name).root())) {
            String sid = String.valueOf(statement.get("Sid"));
            if (WILD.containsKey(sid)) {
                continue;
            }
            assertEquals("Allow", statement.get("Effect"), sid);
            for (String action : Template.resolved(statement.get("Action"))) {
                assertFalse(action.contains("*") || action.startsWith("iam:"), sid + " allows " + action);
                assertTrue(!action.startsWith("sts:") || action.equals("sts:AssumeRole"), sid + " allows " + action);
            }
            if (statement.containsKey("Resource")) {
                for (String resource : Template.resolved(statement.get("Resource"))) {
                    boolean known = WILD_ENDS.stream().anyMatch(resource::endsWith)
                            && resource.indexOf('*') == resource.length() - 1;
                    assertTrue(!resource.contains("*") || known, sid + " is about " + resource);
                }
            }
        }
    }

    /** A service acts for many customers: it must name this account and one of its things. */
    @ParameterizedTest
    @CsvSource({"streams.yaml, StreamRole", "streams.yaml, RuleRole", "reader.yaml, ReaderRole"})
    void nobodyCanBeMadeADeputy(String name, String role) throws IOException {
        List<Map<?, ?>> statements = Template.of(name).trusted(role);
        assertEquals(1, statements.size());
        Map<?, ?> statement = statements.getFirst();
        TreeSet<String> keys = new TreeSet<>();
        ((Map<?, ?>) statement.get("Condition"))
                .values()
                .forEach(tests -> ((Map<?, ?>) tests).keySet().forEach(key -> keys.add(String.valueOf(key))));
        boolean service = ((Map<?, ?>) statement.get("Principal")).containsKey("Service");
        assertEquals(service ? Set.of("aws:SourceAccount", "aws:SourceArn") : Set.of("sts:ExternalId"), keys);
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # role       | action                          | resource                                                        | context                                        | allowed
            StreamRole   | s3:PutObject                    | arn:aws:s3:::backup/failed/flow/2026/x.gz                       |                                                | true
            StreamRole   | s3:PutObject                    | arn:aws:s3:::backup/other                                       |                                                | false
            StreamRole   | s3:GetObject                    | arn:aws:s3:::backup/failed/flow/2026/x.gz                       |                                                | false
            StreamRole   | s3:DeleteObject                 | arn:aws:s3:::backup/failed/flow/2026/x.gz                       |                                                | false
            StreamRole   | s3:PutObject                    | arn:aws:s3:::customer-trail/AWSLogs/x                           |                                                | false
            StreamRole   | secretsmanager:GetSecretValue   | arn:aws:secretsmanager:eu-central-1:111122223333:secret:tocsin/flow-AbCdEf |                                     | true
            StreamRole   | secretsmanager:GetSecretValue   | arn:aws:secretsmanager:eu-central-1:111122223333:secret:database-AbCdEf |                                        | false
            StreamRole   | secretsmanager:PutSecretValue   | arn:aws:secretsmanager:eu-central-1:111122223333:secret:tocsin/flow-AbCdEf |                                     | false
            StreamRole   | kms:Decrypt                     | arn:aws:kms:eu-central-1:111122223333:key/k-1                   | kms:ViaService=secretsmanager.eu-central-1.amazonaws.com | true
            StreamRole   | kms:Decrypt                     | arn:aws:kms:eu-central-1:111122223333:key/k-1                   | kms:ViaService=ebs.eu-central-1.amazonaws.com  | false
            StreamRole   | kms:Decrypt                     | arn:aws:kms:eu-central-1:111122223333:key/other                 | kms:ViaService=s3.eu-central-1.amazonaws.com   | false
            StreamRole   | logs:PutLogEvents               | arn:aws:logs:eu-central-1:111122223333:log-group:/aws/kinesisfirehose/tocsin:log-stream:flow |                   | true
            StreamRole   | logs:DeleteLogGroup             | arn:aws:logs:eu-central-1:111122223333:log-group:/aws/kinesisfirehose/tocsin |                                   | false
            StreamRole   | iam:PassRole                    | arn:aws:iam::111122223333:role/admin                            |                                                | false
            RuleRole     | firehose:PutRecordBatch         | arn:aws:firehose:eu-central-1:111122223333:deliverystream/tocsin-trail |                                         | true
            RuleRole     | firehose:PutRecordBatch         | arn:aws:firehose:eu-central-1:111122223333:deliverystream/orders |                                               | false
            RuleRole     | firehose:DeleteDeliveryStream   | arn:aws:firehose:eu-central-1:111122223333:deliverystream/tocsin-trail |                                         | false
            ReaderRole   | s3:GetObject                    | arn:aws:s3:::logs/AWSLogs/111122223333/x.gz                     |                                                | true
            ReaderRole   | s3:GetObject                    | arn:aws:s3:::logs/salaries.csv                                  |                                                | false
            ReaderRole   | s3:ListBucket                   | arn:aws:s3:::logs                                               | s3:prefix=AWSLogs/                             | true
            ReaderRole   | s3:ListBucket                   | arn:aws:s3:::logs                                               | s3:prefix=private/                             | false
            ReaderRole   | s3:PutObject                    | arn:aws:s3:::logs/AWSLogs/x                                     |                                                | false
            ReaderRole   | s3:DeleteObject                 | arn:aws:s3:::logs/AWSLogs/x                                     |                                                | false
            ReaderRole   | s3:PutBucketNotification        | arn:aws:s3:::logs                                               |                                                | false
            ReaderRole   | sqs:ReceiveMessage              | arn:aws:sqs:eu-central-1:111122223333:logs                      |                                                | true
            ReaderRole   | sqs:PurgeQueue                  | arn:aws:sqs:eu-central-1:111122223333:logs                      |                                                | false
            ReaderRole   | kms:Decrypt                     | arn:aws:kms:eu-central-1:111122223333:key/logs                  | kms:ViaService=s3.eu-central-1.amazonaws.com   | true
            ReaderRole   | kms:Encrypt                     | arn:aws:kms:eu-central-1:111122223333:key/logs                  | kms:ViaService=s3.eu-central-1.amazonaws.com   | false
            ReaderRole   | cloudtrail:StopLogging          | arn:aws:cloudtrail:eu-central-1:111122223333:trail/main         |                                                | false
            """)
    void letsNobodyDoMore(String role, String action, String resource, String context, boolean allowed)
            throws IOException {
        List<Map<?, ?>> statements = template(role).allowed(role);
        assertEquals(allowed, PolicySimulation.allows(statements, action, resource, context(context)));
    }

    @ParameterizedTest(name = "{0} for {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # role     | context                                                                                                                                   | allowed
            StreamRole | aws:SourceAccount=111122223333 aws:SourceArn=arn:aws:firehose:eu-central-1:111122223333:deliverystream/tocsin-flow                         | true
            StreamRole | aws:SourceAccount=444455556666 aws:SourceArn=arn:aws:firehose:eu-central-1:444455556666:deliverystream/tocsin-flow                         | false
            StreamRole | aws:SourceAccount=111122223333 aws:SourceArn=arn:aws:firehose:eu-central-1:111122223333:deliverystream/orders                              | false
            RuleRole   | aws:SourceAccount=111122223333 aws:SourceArn=arn:aws:events:eu-central-1:111122223333:rule/tocsin-trail                                    | true
            RuleRole   | aws:SourceAccount=111122223333 aws:SourceArn=arn:aws:events:eu-central-1:111122223333:rule/nightly                                         | false
            ReaderRole | sts:ExternalId=0123456789abcdef                                                                                                            | true
            ReaderRole | sts:ExternalId=guess                                                                                                                       | false
            ReaderRole |                                                                                                                                            | false
            """)
    void letsNobodyElseBeARole(String role, String context, boolean allowed) throws IOException {
        assertEquals(
                allowed, PolicySimulation.allows(template(role).trusted(role), "sts:AssumeRole", "", context(context)));
    }

    private static Template template(String role) throws IOException {
        return Template.of(role.equals("ReaderRole") ? "reader.yaml" : "streams.yaml");
    }

    private static Map<String, String> context(String text) {
        Map<String, String> context = new HashMap<>();
        for (String one : text == null ? new String[0] : text.split(" ", -1)) {
            context.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
        }
        return context;
    }
}
