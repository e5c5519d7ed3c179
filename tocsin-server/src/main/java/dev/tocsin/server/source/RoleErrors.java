package dev.tocsin.server.source;

import software.amazon.awssdk.services.sts.model.StsException;

/** What went wrong with assuming a role in words, and the way out. */
final class RoleErrors {

    private RoleErrors() {}

    /** The error for a person: {@code what} was asked for as a role that {@code refused} withholds. */
    static SourceDown explain(StsException refused, String what) {
        String code = refused.awsErrorDetails() == null
                ? ""
                : refused.awsErrorDetails().errorCode();
        return new SourceDown(
                what + ": the role of assumeRole cannot be assumed (" + code + ", HTTP " + refused.statusCode()
                        + "). Its trust policy must name this caller and, if it asks for one, the same externalId;"
                        + " `aws sts get-caller-identity` says who the caller is.",
                refused);
    }
}
