package dev.tocsin.core.detect.s3;

import dev.tocsin.core.finding.Doc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an ACL grants to the two groups that mean everybody; log delivery and canonical users are not among them. */
public final class BucketAcl {

    private static final String ALL_USERS = "/groups/global/AllUsers";
    private static final String AUTHENTICATED_USERS = "/groups/global/AuthenticatedUsers";

    private BucketAcl() {}

    /** The grants of a canned ACL, as the header or its list has it. */
    public static List<PublicGrant> canned(@Nullable String header) {
        String name = header == null ? "" : header.replaceAll("[\\[\\]\"\\s]", "");
        return switch (name) {
            case "public-read" -> List.of(grant(PublicGrant.Audience.ANYONE, "READ"));
            case "public-read-write" ->
                List.of(grant(PublicGrant.Audience.ANYONE, "READ"), grant(PublicGrant.Audience.ANYONE, "WRITE"));
            case "authenticated-read" -> List.of(grant(PublicGrant.Audience.ANY_AWS_USER, "READ"));
            default -> List.of();
        };
    }

    /** The grants of an {@code x-amz-grant-...} header that gives {@code permission}. */
    public static List<PublicGrant> header(@Nullable String grantees, String permission) {
        return grantees == null ? List.of() : audiences(grantees, permission);
    }

    /** The grants of an AccessControlPolicy. */
    public static List<PublicGrant> policy(@Nullable String json) {
        List<PublicGrant> grants = new ArrayList<>();
        collect(JsonText.object(json), grants);
        return grants;
    }

    private static void collect(Doc doc, List<PublicGrant> grants) {
        String permission = doc.text("Permission");
        if (permission != null && doc.get("Grantee") instanceof Doc grantee) {
            String uri = grantee.text("URI");
            grants.addAll(uri == null ? List.of() : audiences(uri, permission));
            return;
        }
        for (Map.Entry<String, Object> member : doc.members().entrySet()) {
            for (Object item : JsonText.many(member.getValue())) {
                if (item instanceof Doc inner) {
                    collect(inner, grants);
                }
            }
        }
    }

    private static List<PublicGrant> audiences(String text, String permission) {
        List<PublicGrant> grants = new ArrayList<>();
        if (text.contains(ALL_USERS)) {
            grants.add(grant(PublicGrant.Audience.ANYONE, permission));
        }
        if (text.contains(AUTHENTICATED_USERS)) {
            grants.add(grant(PublicGrant.Audience.ANY_AWS_USER, permission));
        }
        return grants;
    }

    private static PublicGrant grant(PublicGrant.Audience audience, String permission) {
        boolean full = permission.equals("FULL_CONTROL");
        return new PublicGrant(
                audience,
                full || permission.startsWith("READ"),
                full || permission.startsWith("WRITE"),
                "acl:" + audience + ":" + permission);
    }
}
