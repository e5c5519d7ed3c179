package dev.tocsin.core.detect;

import java.util.List;
import java.util.Set;

/** What kind of thing an API does, by its name: the difference between a look around and a deed. */
final class ApiStyle {

    private static final List<String> LOOKING = List.of(
            "List", "Describe", "Get", "Head", "Lookup", "Search", "BatchGet", "BatchDescribe", "Scan", "Query");

    /** Calls whose name looks harmless and whose answer are credentials. */
    private static final Set<String> DEEDS = Set.of(
            "GetSessionToken",
            "GetFederationToken",
            "GetSecretValue",
            "GetPasswordData",
            "GetCredentialsForIdentity",
            "GetRoleCredentials",
            "GetAuthorizationToken",
            "GetSigninToken");

    private static final Set<String> S3_READS =
            Set.of("GetObject", "CopyObject", "SelectObjectContent", "GetObjectTorrent", "UploadPartCopy");

    private ApiStyle() {}

    /** Whether {@code action} only lists or describes. */
    static boolean looks(String action) {
        return !DEEDS.contains(action) && LOOKING.stream().anyMatch(action::startsWith);
    }

    /** Whether the S3 data event {@code action} takes the contents of an object. */
    static boolean takesObject(String action) {
        return S3_READS.contains(action);
    }
}
