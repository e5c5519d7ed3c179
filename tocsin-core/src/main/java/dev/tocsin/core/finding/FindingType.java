package dev.tocsin.core.finding;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kind of finding, as its detector declares it: the texts and numbers that finding, reference page and {@code tocsin
 * types} are made of. Texts may name facts of the signal in braces, such as {@code {api}}.
 *
 * @param name GuardDuty's, such as {@code Policy:IAMUser/RootCredentialUsage}
 * @param feature what must be on for it
 * @param source the log it is read from
 * @param resource the kind of resource it is about
 * @param role whether that resource is the target or the actor, where the signal does not say
 * @param severity 1.0 to 10.0, where the signal does not say
 * @param title one line for people
 * @param description what happened and why it matters
 * @param firesWhen the trigger in the user's words
 * @param doesNotSee known blind spots and look-alikes that are left out
 * @param nextSteps what to do now
 * @param technique MITRE ATT&amp;CK technique id, or null
 * @param needs what must be loaded before it can speak: indicator category names, as intel files write them
 * @param thresholds the numbers in force that decide it, by constant and with unit; docs/thresholds.md says where each
 *     comes from
 * @param neverHidden whether no filter archives it and no roll-up takes it in at its own severity
 * @param version raised whenever its verdict on the same records changes
 */
public record FindingType(
        String name,
        Feature feature,
        DataSource source,
        ResourceKind resource,
        Role role,
        double severity,
        String title,
        String description,
        String firesWhen,
        String doesNotSee,
        String nextSteps,
        @Nullable String technique,
        List<String> needs,
        Map<String, String> thresholds,
        boolean neverHidden,
        int version) {

    /** GuardDuty's protection plans, by the feature names of its API. */
    public enum Feature {
        /** On with the detector. */
        FOUNDATIONAL,
        /** S3 Protection. */
        S3_DATA_EVENTS,
        /** Lambda Protection. */
        LAMBDA_NETWORK_LOGS,
        /** Runtime Monitoring. */
        RUNTIME_MONITORING,
        /** Types of our own that GuardDuty does not have, always on. */
        TOCSIN,
        /** The library of custom detection rules: each rule is on where it is associated. */
        CUSTOM_DETECTION_RULES,
        /** Behaviour on the network that GuardDuty does not judge: off in the API's view unless a detector's tag asks. */
        TOCSIN_BEHAVIOR
    }

    /** The log a type is read from. */
    public enum DataSource {
        /** CloudTrail management events. */
        CLOUDTRAIL,
        /** CloudTrail S3 data events. */
        S3_DATA,
        /** VPC flow logs. */
        FLOW,
        /** Route 53 Resolver query logs. */
        DNS,
        /** Flow logs of a function's interface. */
        LAMBDA_NETWORK,
        /** Events of hosts. */
        RUNTIME,
        /** No log of its own: what other types say. */
        CORRELATION
    }

    /** GuardDuty's resourceType. */
    public enum ResourceKind {
        /** Credentials. */
        ACCESS_KEY("AccessKey"),
        /** An EC2 instance. */
        INSTANCE("Instance"),
        /** An S3 bucket. */
        S3_BUCKET("S3Bucket"),
        /** A Lambda function. */
        LAMBDA("Lambda"),
        /** What is told as a sequence of signals: its resources stand there. */
        ATTACK_SEQUENCE("AttackSequence");

        private final String wire;

        ResourceKind(String wire) {
            this.wire = wire;
        }

        /** As findings write it. */
        public String wire() {
            return wire;
        }
    }

    /** GuardDuty's resourceRole. */
    public enum Role {
        /** Somebody acts on the resource. */
        TARGET,
        /** The resource acts. */
        ACTOR
    }

    /** Starts a type; what is left out has the defaults of a CloudTrail type. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** Collects the members of a type. */
    public static final class Builder {
        private final String name;
        private Feature feature = Feature.FOUNDATIONAL;
        private DataSource source = DataSource.CLOUDTRAIL;
        private ResourceKind resource = ResourceKind.ACCESS_KEY;
        private Role role = Role.TARGET;
        private double severity = 2;
        private String title = "";
        private String description = "";
        private String firesWhen = "";
        private String doesNotSee = "";
        private String nextSteps = "";
        private @Nullable String technique;
        private List<String> needs = List.of();
        private final Map<String, String> thresholds = new LinkedHashMap<>();
        private boolean neverHidden;
        private int version = 1;

        private Builder(String name) {
            this.name = name;
        }

        /** See {@link FindingType#feature}. */
        public Builder feature(Feature value) {
            feature = value;
            return this;
        }

        /** See {@link FindingType#source}, {@link FindingType#resource} and {@link FindingType#role}. */
        public Builder about(DataSource log, ResourceKind kind, Role part) {
            source = log;
            resource = kind;
            role = part;
            return this;
        }

        /** See {@link FindingType#severity}. */
        public Builder severity(double value) {
            severity = value;
            return this;
        }

        /** See {@link FindingType#title} and {@link FindingType#description}. */
        public Builder texts(String oneLine, String explained) {
            title = oneLine;
            description = explained;
            return this;
        }

        /** See {@link FindingType#firesWhen}. */
        public Builder firesWhen(String value) {
            firesWhen = value;
            return this;
        }

        /** See {@link FindingType#doesNotSee}. */
        public Builder doesNotSee(String value) {
            doesNotSee = value;
            return this;
        }

        /** See {@link FindingType#nextSteps}. */
        public Builder nextSteps(String value) {
            nextSteps = value;
            return this;
        }

        /** See {@link FindingType#technique}. */
        public Builder technique(String value) {
            technique = value;
            return this;
        }

        /** See {@link FindingType#needs}. */
        public Builder needs(String... categories) {
            needs = List.of(categories);
            return this;
        }

        /** Adds to {@link FindingType#thresholds} the constant {@code name} with its value and unit. */
        public Builder threshold(String name, long value, String unit) {
            thresholds.put(name, value + " " + unit);
            return this;
        }

        /** Takes all thresholds of {@code other}. */
        public Builder thresholds(FindingType other) {
            thresholds.putAll(other.thresholds());
            return this;
        }

        /** See {@link FindingType#neverHidden}. */
        public Builder neverHidden() {
            neverHidden = true;
            return this;
        }

        /** See {@link FindingType#version}. */
        public Builder version(int value) {
            version = value;
            return this;
        }

        /** The finished type. */
        public FindingType build() {
            return new FindingType(
                    name,
                    feature,
                    source,
                    resource,
                    role,
                    severity,
                    title,
                    description,
                    firesWhen,
                    doesNotSee,
                    nextSteps,
                    technique,
                    needs,
                    Collections.unmodifiableMap(new LinkedHashMap<>(thresholds)),
                    neverHidden,
                    version);
        }
    }
}
