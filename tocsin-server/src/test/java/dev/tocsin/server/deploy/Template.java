package dev.tocsin.server.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A CloudFormation template of deploy/, its short functions written out: {@code !Ref X} is {@code {Ref: X}}. */
record Template(Map<?, ?> root) {

    private static final Path FOLDER = Path.of("../deploy/cloudformation");
    private static final Pattern IN_SUB = Pattern.compile("\\$\\{([^}!]+)}");

    /** Values that CloudFormation and the resources would give. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("AWS::Partition", "aws"),
            Map.entry("AWS::Region", "eu-central-1"),
            Map.entry("AWS::AccountId", "111122223333"),
            Map.entry("AWS::URLSuffix", "amazonaws.com"),
            Map.entry("Key.Arn", "arn:aws:kms:eu-central-1:111122223333:key/k-1"),
            Map.entry("BackupBucket.Arn", "arn:aws:s3:::backup"),
            Map.entry("TrailStream.Arn", "arn:aws:firehose:eu-central-1:111122223333:deliverystream/tocsin-trail"),
            Map.entry("BucketName", "logs"),
            Map.entry("Prefix", "AWSLogs/"),
            Map.entry("QueueArn", "arn:aws:sqs:eu-central-1:111122223333:logs"),
            Map.entry("KeyArn", "arn:aws:kms:eu-central-1:111122223333:key/logs"),
            Map.entry("TocsinPrincipalArn", "arn:aws:iam::444455556666:role/tocsin"),
            Map.entry("ExternalId", "0123456789abcdef"));

    static Template of(String name) throws IOException {
        LoadSettings settings = LoadSettings.builder().build();
        try (InputStream in = Files.newInputStream(FOLDER.resolve(name))) {
            return new Template((Map<?, ?>) new Load(settings, new Constructor(settings)).loadFromInputStream(in));
        }
    }

    /** The YAML constructor with CloudFormation's tags. */
    private static final class Constructor extends StandardConstructor {
        Constructor(LoadSettings settings) {
            super(settings);
        }

        @Override
        protected Optional<ConstructNode> findConstructorFor(Node node) {
            String tag = node.getTag().getValue();
            if (!tag.startsWith("!")) {
                return super.findConstructorFor(node);
            }
            String name = tag.substring(1);
            String function = name.equals("Ref") ? name : "Fn::" + name;
            return Optional.of(tagged -> Map.of(
                    function,
                    tagged instanceof ScalarNode scalar
                            ? constructScalar(scalar)
                            : constructSequence((SequenceNode) tagged)));
        }
    }

    Map<?, ?> part(String name) {
        return root.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }

    Set<String> names(String part) {
        TreeSet<String> names = new TreeSet<>();
        part(part).keySet().forEach(name -> names.add(String.valueOf(name)));
        return names;
    }

    /** What the template refers to: parameters, resources, pseudo parameters. */
    Set<String> references() {
        TreeSet<String> references = new TreeSet<>();
        walk(root, references);
        return references;
    }

    private static void walk(Object value, Set<String> into) {
        if (value instanceof List<?> list) {
            list.forEach(one -> walk(one, into));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> {
                if (inner instanceof String text) {
                    switch (String.valueOf(name)) {
                        case "Ref" -> into.add(text);
                        case "Fn::GetAtt" -> into.add(text.substring(0, text.indexOf('.')));
                        case "Fn::Sub" -> {
                            Matcher in = IN_SUB.matcher(text);
                            while (in.find()) {
                                into.add(in.group(1).replaceAll("\\.[A-Za-z]+$", ""));
                            }
                        }
                        default -> {}
                    }
                }
                walk(inner, into);
            });
        }
    }

    /** The statements of all policies at or below {@code value}. */
    static List<Map<?, ?>> statements(Object value) {
        List<Map<?, ?>> found = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(one -> found.addAll(statements(one)));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> {
                if (name.equals("Statement")) {
                    texts(inner, Map.class).forEach(found::add);
                } else {
                    found.addAll(statements(inner));
                }
            });
        }
        return found;
    }

    private static List<Map<?, ?>> texts(Object value, Class<?> type) {
        List<Map<?, ?>> all = new ArrayList<>();
        for (Object one : value instanceof List<?> list ? list : List.of(value)) {
            if (type.isInstance(one)) {
                all.add((Map<?, ?>) one);
            }
        }
        return all;
    }

    /** {@code value}, a text or several, with what it refers to filled in. */
    static List<String> resolved(Object value) {
        List<String> all = new ArrayList<>();
        for (Object one : value instanceof List<?> list ? list : List.of(value)) {
            all.add(one instanceof Map<?, ?> function ? function(function) : String.valueOf(one));
        }
        return all;
    }

    private static String function(Map<?, ?> function) {
        Object sub = function.get("Fn::Sub");
        if (sub != null) {
            return IN_SUB.matcher(String.valueOf(sub)).replaceAll(in -> Matcher.quoteReplacement(value(in.group(1))));
        }
        Object name = function.containsKey("Ref") ? function.get("Ref") : function.get("Fn::GetAtt");
        return value(String.valueOf(name));
    }

    private static String value(String name) {
        return Objects.requireNonNull(VALUES.get(name), () -> "no value for " + name);
    }

    /** The policies of the role {@code role}, wherever they stand. */
    List<Map<?, ?>> allowed(String role) {
        List<Map<?, ?>> found = new ArrayList<>();
        part("Resources").forEach((name, resource) -> {
            Map<?, ?> properties = (Map<?, ?>) ((Map<?, ?>) resource).get("Properties");
            if (name.equals(role)) {
                found.addAll(statements(properties.get("Policies")));
            } else if (Map.of("Ref", role).equals(properties.get("RoleName"))) {
                found.addAll(statements(properties.get("PolicyDocument")));
            }
        });
        return found;
    }

    /** Who may be the role {@code role}. */
    List<Map<?, ?>> trusted(String role) {
        Map<?, ?> properties = (Map<?, ?>)
                ((Map<?, ?>) Objects.requireNonNull(part("Resources").get(role), role)).get("Properties");
        return statements(Map.of("trust", new HashMap<>(Map.of("t", properties.get("AssumeRolePolicyDocument")))));
    }
}
