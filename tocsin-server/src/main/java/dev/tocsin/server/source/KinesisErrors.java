package dev.tocsin.server.source;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sts.model.StsException;

/** What went wrong with a stream of Kinesis in words, and the way out. */
final class KinesisErrors {

    private KinesisErrors() {}

    /** The error for a person: what lies at {@code place} was asked for. */
    static SourceDown explain(SdkException e, KinesisPlace place) {
        if (e instanceof StsException refused) {
            return RoleErrors.explain(refused, place.called());
        }
        String text = e instanceof AwsServiceException answer ? answered(answer) : unanswered(e);
        return new SourceDown(place.called() + ": " + text, e);
    }

    private static String answered(AwsServiceException e) {
        String code = e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
                ? ""
                : e.awsErrorDetails().errorCode();
        if (e instanceof ResourceNotFoundException) {
            return "there is no such stream (" + e.getMessage() + "). Check name, account and Region.";
        }
        if (e.statusCode() == 403 || code.contains("AccessDenied")) {
            return "access denied (" + code + "). The caller needs kinesis:ListShards, kinesis:GetShardIterator and"
                    + " kinesis:GetRecords on the stream, and kms:Decrypt on its key if it has one.";
        }
        return "Kinesis answered " + (code.isEmpty() ? "" : code + ", ") + "HTTP " + e.statusCode() + ": "
                + e.getMessage();
    }

    private static String unanswered(SdkException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return "Kinesis cannot be reached (" + cause
                + "). Check the network, a proxy, and AWS_ENDPOINT_URL_KINESIS if it is set.";
    }
}
