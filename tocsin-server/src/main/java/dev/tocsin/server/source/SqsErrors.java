package dev.tocsin.server.source;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.StsException;

/** What went wrong with a queue in words, and the way out. */
public final class SqsErrors {

    private static final String RECEIVING =
            "sqs:ReceiveMessage, sqs:DeleteMessage and sqs:ChangeMessageVisibility on" + " the queue, and kms:Decrypt";

    private SqsErrors() {}

    /** The error for a person: the queue at {@code url} was asked. */
    static SourceDown explain(SdkException e, String url) {
        if (e instanceof StsException refused) {
            return RoleErrors.explain(refused, url);
        }
        return new SourceDown(url + ": " + text(e, RECEIVING), e);
    }

    /** The same in words: something was to be sent to the queue at {@code url}. */
    public static String sending(SdkException e, String url) {
        return url + ": " + text(e, "sqs:SendMessage on the queue, and kms:GenerateDataKey and kms:Decrypt");
    }

    private static String text(SdkException e, String wanted) {
        return e instanceof AwsServiceException answer ? answered(answer, wanted) : unanswered(e);
    }

    private static String answered(AwsServiceException e, String wanted) {
        String code = e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
                ? ""
                : e.awsErrorDetails().errorCode();
        if (code.contains("NonExistentQueue") || code.contains("QueueDoesNotExist")) {
            return "there is no such queue. Check URL and Region; a queue deleted a moment ago is gone with its messages.";
        }
        if (e.statusCode() == 403 || code.contains("AccessDenied")) {
            return "access denied (" + code + "). The caller needs " + wanted + " on its key if it has one.";
        }
        return "SQS answered " + (code.isEmpty() ? "" : code + ", ") + "HTTP " + e.statusCode() + ": " + e.getMessage();
    }

    private static String unanswered(SdkException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return "SQS cannot be reached (" + cause + "). Check the network, a proxy, and AWS_ENDPOINT_URL if it is set.";
    }
}
