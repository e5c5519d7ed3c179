package dev.tocsin.core.parse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a resolver query record says, before it is judged; used again for each record. */
final class RawQuery {

    /** Whether a member stood there that only resolver query records have. */
    boolean isQuery;

    /** The members' values by {@link Member#place}. */
    private final @Nullable String[] values = new String[Member.values().length];

    /** Types and data of the answers in turn; data may be missing. */
    final List<@Nullable String> answers = new ArrayList<>();

    private int seen;

    /** Forgets the record. */
    void clear() {
        isQuery = false;
        java.util.Arrays.fill(values, null);
        answers.clear();
        seen = 0;
    }

    /** The value of {@code member}, or null. */
    @Nullable
    String get(Member member) {
        return values[member.place];
    }

    /** The value of {@code member}, null if it is absent or empty. */
    @Nullable
    String filled(Member member) {
        String value = values[member.place];
        return value == null || value.isEmpty() ? null : value;
    }

    /** Sets {@code member}. */
    void put(Member member, @Nullable String value) {
        values[member.place] = value;
    }

    /** Forgets what {@code srcids} said. */
    void forgetSourceIds() {
        put(Member.INSTANCE, null);
        put(Member.RESOLVER_ENDPOINT, null);
        put(Member.RESOLVER_INTERFACE, null);
    }

    /** Marks {@code member} as met; true if it was met before. */
    boolean again(Member member) {
        int bit = 1 << member.place;
        boolean again = (seen & bit) != 0;
        seen |= bit;
        isQuery |= member.telling;
        return again;
    }

    /** The members that are wanted. */
    enum Member {
        VERSION(0, "version", false),
        ACCOUNT(1, "account_id", false),
        REGION(2, "region", false),
        VPC(3, "vpc_id", false),
        TIME(4, "query_timestamp", true),
        NAME(5, "query_name", true),
        TYPE(6, "query_type", true),
        RESPONSE_CODE(7, "rcode", false),
        ANSWERS(8, "answers", false),
        SOURCE_ADDRESS(9, "srcaddr", false),
        SOURCE_PORT(10, "srcport", false),
        TRANSPORT(11, "transport", false),
        SOURCE_IDS(12, "srcids", false),
        FIREWALL_ACTION(13, "firewall_rule_action", false),
        INSTANCE(14, "instance", false),
        RESOLVER_ENDPOINT(15, "resolver_endpoint", false),
        RESOLVER_INTERFACE(16, "resolver_network_interface", false);

        /** Where its value is kept, from 0. */
        final int place;

        /** The member's name in the record. */
        final String key;

        /** Whether no other log has it. */
        final boolean telling;

        Member(int place, String key, boolean telling) {
            this.place = place;
            this.key = key;
            this.telling = telling;
        }

        /** The top-level member named {@code key}, or null if it is not wanted. */
        static @Nullable Member of(String key) {
            return switch (key) {
                case "version" -> VERSION;
                case "account_id" -> ACCOUNT;
                case "region" -> REGION;
                case "vpc_id" -> VPC;
                case "query_timestamp" -> TIME;
                case "query_name" -> NAME;
                case "query_type" -> TYPE;
                case "rcode" -> RESPONSE_CODE;
                case "answers" -> ANSWERS;
                case "srcaddr" -> SOURCE_ADDRESS;
                case "srcport" -> SOURCE_PORT;
                case "transport" -> TRANSPORT;
                case "srcids" -> SOURCE_IDS;
                case "firewall_rule_action" -> FIREWALL_ACTION;
                default -> null;
            };
        }

        /** The member of {@code srcids} named {@code key}, or null if it is not wanted. */
        static @Nullable Member ofSourceId(String key) {
            return switch (key) {
                case "instance" -> INSTANCE;
                case "resolver_endpoint" -> RESOLVER_ENDPOINT;
                case "resolver_network_interface" -> RESOLVER_INTERFACE;
                default -> null;
            };
        }
    }
}
