package dev.tocsin.server.source;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.StsException;

/** What went wrong with S3 in words, and the way out. */
final class S3Errors {

    private static final Set<String> FOR_NOW = Set.of(
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "InvalidToken",
            "ExpiredToken",
            "TokenRefreshRequired",
            "RequestTimeTooSkewed",
            "SlowDown");

    private S3Errors() {}

    /** The error for a person: {@code what} was asked for in the bucket of {@code at}. */
    static IOException explain(SdkException e, String what, S3Location at) {
        if (e instanceof StsException refused) {
            return RoleErrors.explain(refused, what);
        }
        String text = e instanceof AwsServiceException answer ? answered(answer, at) : unanswered(e);
        String message = what + ": " + text;
        return isDown(e) ? new SourceDown(message, e) : new IOException(message, e);
    }

    /** Whether it is for now, and of all objects: no answer, an overloaded server, credentials that do not hold. */
    private static boolean isDown(SdkException e) {
        if (!(e instanceof AwsServiceException answer)) {
            return true;
        }
        return answer.statusCode() >= 500 || answer.statusCode() == 429 || FOR_NOW.contains(code(answer));
    }

    private static String code(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private static String answered(AwsServiceException e, S3Location at) {
        AwsErrorDetails details = e.awsErrorDetails();
        String code = code(e);
        return switch (code) {
            case "NoSuchBucket" ->
                "there is no bucket '" + at.bucket()
                        + "'. Check the name; `aws s3 ls` lists the buckets of an account.";
            case "NoSuchKey" -> "the object was deleted after it was listed.";
            case "PreconditionFailed" -> "the object changed after it was listed. Run the command again.";
            case "InvalidObjectState" ->
                "the object is archived (Glacier). Restore it first, or leave it out with a longer prefix.";
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException" ->
                elsewhere(details, at);
            case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken" ->
                "S3 does not know these credentials (" + code
                        + "). `aws sts get-caller-identity` says which ones are used; set AWS_PROFILE or other keys.";
            case "ExpiredToken", "TokenRefreshRequired" ->
                "the credentials have expired. Sign in again (for example `aws sso login`) and repeat the command.";
            case "RequestTimeTooSkewed" -> "this machine's clock is wrong by more than 15 minutes. Set it right.";
            default -> byStatus(e, code, at);
        };
    }

    private static String byStatus(AwsServiceException e, String code, S3Location at) {
        String shown = code.isEmpty() ? "HTTP " + e.statusCode() : code + ", HTTP " + e.statusCode();
        return switch (e.statusCode()) {
            case 301, 307 -> elsewhere(e.awsErrorDetails(), at);
            case 403 -> denied(shown, at);
            case 412 -> "the object changed after it was listed. Run the command again.";
            case 429, 500, 502, 503, 504 ->
                String.format(
                        Locale.ROOT,
                        "S3 answered %s %d times in a row. It is overloaded or down; repeat the command later.",
                        shown,
                        e.numAttempts() == null ? 1 : e.numAttempts());
            default -> "S3 answered " + shown + ": " + e.getMessage();
        };
    }

    private static String denied(String shown, S3Location at) {
        return "access denied (" + shown + "). The caller needs s3:ListBucket on arn:aws:s3:::" + at.bucket()
                + " and s3:GetObject on arn:aws:s3:::" + at.bucket()
                + "/*, and kms:Decrypt on the key if the objects are encrypted with one;"
                + " the bucket's policy must not forbid it.";
    }

    private static String elsewhere(@Nullable AwsErrorDetails details, S3Location at) {
        String region = details == null || details.sdkHttpResponse() == null
                ? null
                : details.sdkHttpResponse()
                        .firstMatchingHeader("x-amz-bucket-region")
                        .orElse(null);
        return "bucket '" + at.bucket() + "' is in another Region" + (region == null ? "" : ", " + region)
                + ". Set AWS_REGION=" + (region == null ? "to it" : region) + " and repeat the command.";
    }

    private static String unanswered(SdkException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("Unable to load credentials")
                || message.contains("Profile file contained no credentials")) {
            return "no AWS credentials found. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run where"
                    + " a role is attached; `aws sts get-caller-identity` shows whether it works.";
        }
        Throwable cause = e.getCause();
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String reason = cause == null ? message : cause.toString();
        return "S3 cannot be reached (" + reason + "). Check the network, a proxy, and AWS_ENDPOINT_URL if it is set.";
    }
}
