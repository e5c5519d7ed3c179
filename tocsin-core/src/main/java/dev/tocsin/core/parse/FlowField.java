package dev.tocsin.core.parse;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A column of a VPC flow log, told by the name that its header gives it. */
enum FlowField {
    /** The highest version among the fields: says nothing of their order or number. */
    VERSION("version"),
    ACCOUNT("account-id"),
    INTERFACE("interface-id"),
    SOURCE("srcaddr"),
    TARGET("dstaddr"),
    SOURCE_PORT("srcport"),
    TARGET_PORT("dstport"),
    PROTOCOL("protocol"),
    PACKETS("packets"),
    BYTES("bytes"),
    START("start"),
    END("end"),
    ACTION("action"),
    STATUS("log-status"),
    VPC("vpc-id"),
    SUBNET("subnet-id"),
    INSTANCE("instance-id"),
    TCP_FLAGS("tcp-flags"),
    TYPE("type"),
    PACKET_SOURCE("pkt-srcaddr"),
    PACKET_TARGET("pkt-dstaddr"),
    REGION("region"),
    DIRECTION("flow-direction"),
    TARGET_SERVICE("pkt-dst-aws-service"),
    PATH("traffic-path"),
    /** Marks a transit gateway's log. */
    TRANSIT_GATEWAY("tgw-id"),
    /** A field that detection does not read, or one of a version yet to come. */
    OTHER("");

    /** Fields of versions 4 to 10 that are passed over unread; a header may begin with any of them. */
    private static final String[] UNREAD = {
        "az-id",
        "sublocation-type",
        "sublocation-id",
        "pkt-src-aws-service",
        "ecs-cluster-arn",
        "ecs-cluster-name",
        "ecs-container-instance-arn",
        "ecs-container-instance-id",
        "ecs-container-id",
        "ecs-second-container-id",
        "ecs-service-name",
        "ecs-task-definition-arn",
        "ecs-task-arn",
        "ecs-task-id",
        "reject-reason",
        "resource-id",
        "resource-type",
        "encryption-status",
        "tgw-attachment-id"
    };

    private static final Map<String, FlowField> NAMED = named();

    private final String header;

    FlowField(String header) {
        this.header = header;
    }

    /** The column's name in a header. */
    String header() {
        return header;
    }

    /** The field called {@code name} in a header, in a format setting or as a Parquet column; null if unknown. */
    static @Nullable FlowField called(String name) {
        return NAMED.get(plain(name));
    }

    /** The name without the marks of a format setting ({@code ${srcaddr}}) or of a Parquet column ({@code pkt_srcaddr}). */
    private static String plain(String name) {
        String bare = name.startsWith("${") && name.endsWith("}") ? name.substring(2, name.length() - 1) : name;
        return bare.replace('_', '-').toLowerCase(Locale.ROOT);
    }

    private static Map<String, FlowField> named() {
        Map<String, FlowField> fields = new HashMap<>();
        for (FlowField field : values()) {
            if (field != OTHER) {
                fields.put(field.header, field);
            }
        }
        for (String name : UNREAD) {
            fields.put(name, OTHER);
        }
        return fields;
    }
}
