package dev.tocsin.core.parse;

import dev.tocsin.core.event.Caller;
import dev.tocsin.core.event.Identity;
import org.jspecify.annotations.Nullable;

/** What an API call's record says in its envelope, before it is judged; used again for each record. */
final class RawCall {
    @Nullable
    String version;

    @Nullable
    String time;

    @Nullable
    String source;

    @Nullable
    String name;

    @Nullable
    String region;

    @Nullable
    Caller caller;

    @Nullable
    String agent;

    @Nullable
    String error;

    @Nullable
    String id;

    @Nullable
    String type;

    @Nullable
    String category;

    @Nullable
    String management;

    @Nullable
    String readOnly;

    @Nullable
    String recipient;

    @Nullable
    String sharedId;

    @Nullable
    String endpoint;

    @Nullable
    String endpointOwner;

    Identity identity = Identity.NONE;
    long at = EventTime.NONE;
    int seen;

    void clear() {
        version = null;
        time = null;
        source = null;
        name = null;
        region = null;
        caller = null;
        agent = null;
        error = null;
        id = null;
        type = null;
        category = null;
        management = null;
        readOnly = null;
        recipient = null;
        sharedId = null;
        endpoint = null;
        endpointOwner = null;
        identity = Identity.NONE;
        at = EventTime.NONE;
        seen = 0;
    }

    /** Puts {@code value} where {@code member} belongs. */
    void put(Member member, @Nullable String value) {
        switch (member) {
            case VERSION -> version = value;
            case TIME -> {
                time = value;
                at = EventTime.NONE;
            }
            case SOURCE -> source = value;
            case NAME -> name = value;
            case REGION -> region = value;
            case ADDRESS -> caller = value == null ? null : Caller.of(value);
            case AGENT -> agent = value;
            case ERROR -> error = value;
            case ID -> id = value;
            case TYPE -> type = value;
            case CATEGORY -> category = value;
            case MANAGEMENT -> management = value;
            case READ_ONLY -> readOnly = value;
            case RECIPIENT -> recipient = value;
            case SHARED_ID -> sharedId = value;
            case ENDPOINT -> endpoint = value;
            case ENDPOINT_OWNER -> endpointOwner = value;
            case IDENTITY -> {}
        }
    }

    /** Marks {@code member} as met; true if it was met before. */
    boolean again(Member member) {
        boolean again = (seen & member.bit) != 0;
        seen |= member.bit;
        return again;
    }

    /** The members of the envelope that are wanted. */
    enum Member {
        VERSION(1 << 0, "eventVersion", true),
        IDENTITY(1 << 1, "userIdentity"),
        TIME(1 << 2, "eventTime"),
        SOURCE(1 << 3, "eventSource", true),
        NAME(1 << 4, "eventName"),
        REGION(1 << 5, "awsRegion", true),
        ADDRESS(1 << 6, "sourceIPAddress"),
        AGENT(1 << 7, "userAgent", true),
        ERROR(1 << 8, "errorCode"),
        ID(1 << 9, "eventID"),
        TYPE(1 << 10, "eventType", true),
        CATEGORY(1 << 11, "eventCategory", true),
        MANAGEMENT(1 << 12, "managementEvent"),
        READ_ONLY(1 << 13, "readOnly"),
        RECIPIENT(1 << 14, "recipientAccountId", true),
        SHARED_ID(1 << 15, "sharedEventID"),
        ENDPOINT(1 << 16, "vpcEndpointId"),
        ENDPOINT_OWNER(1 << 17, "vpcEndpointAccountId", true);

        final int bit;
        final String key;

        /** Whether most records of a log say the same. */
        final boolean mostlyOne;

        Member(int bit, String key) {
            this(bit, key, false);
        }

        Member(int bit, String key, boolean mostlyOne) {
            this.bit = bit;
            this.key = key;
            this.mostlyOne = mostlyOne;
        }

        /** The member named {@code key}, or null if it is not wanted. */
        static @Nullable Member of(String key) {
            return switch (key) {
                case "eventVersion" -> VERSION;
                case "userIdentity" -> IDENTITY;
                case "eventTime" -> TIME;
                case "eventSource" -> SOURCE;
                case "eventName" -> NAME;
                case "awsRegion" -> REGION;
                case "sourceIPAddress" -> ADDRESS;
                case "userAgent" -> AGENT;
                case "errorCode" -> ERROR;
                case "eventID" -> ID;
                case "eventType" -> TYPE;
                case "eventCategory" -> CATEGORY;
                case "managementEvent" -> MANAGEMENT;
                case "readOnly" -> READ_ONLY;
                case "recipientAccountId" -> RECIPIENT;
                case "sharedEventID" -> SHARED_ID;
                case "vpcEndpointId" -> ENDPOINT;
                case "vpcEndpointAccountId" -> ENDPOINT_OWNER;
                default -> null;
            };
        }
    }
}
