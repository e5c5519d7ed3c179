package dev.tocsin.core.detect;

import dev.tocsin.core.event.ApiCall;
import java.util.Set;

/** Which management events belong to no single Region, so that every enabled Region's detector reports them (F11). */
public final class GlobalServices {

    private static final Set<String> SERVICES = Set.of(
            "iam.amazonaws.com",
            "sts.amazonaws.com",
            "cloudfront.amazonaws.com",
            "route53.amazonaws.com",
            "organizations.amazonaws.com");

    private static final Set<String> ACCOUNT_WIDE_S3 =
            Set.of("PutAccountPublicAccessBlock", "DeleteAccountPublicAccessBlock");

    private GlobalServices() {}

    /** Whether {@code call} is a management event of a global service; STS only at its global endpoint. */
    public static boolean isGlobal(ApiCall call) {
        if (call.category() == ApiCall.Category.DATA) {
            return false;
        }
        if (call.service().equals("s3.amazonaws.com")) {
            return ACCOUNT_WIDE_S3.contains(call.action());
        }
        return SERVICES.contains(call.service())
                && (!call.service().equals("sts.amazonaws.com") || call.region().equals("us-east-1"));
    }
}
