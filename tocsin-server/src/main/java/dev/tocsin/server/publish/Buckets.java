package dev.tocsin.server.publish;

import dev.tocsin.server.source.S3Clients;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Puts exports into buckets. Safe for use by many threads. */
final class Buckets implements AutoCloseable {

    /** What one object may take, in seconds, all tries counted: the next try comes from the outbox. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static final int LONGEST_MESSAGE = 200;
    private static final int NOT_FOUND = 404;
    private static final int TIMEOUT = 408;
    private static final int TOO_MANY = 429;
    private static final int SERVER = 500;

    private @Nullable S3Client client;

    /** A try that failed. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private final boolean properties;

        private Refused(SdkException cause, boolean properties) {
            super(brief(String.valueOf(cause.getMessage())), cause);
            this.properties = properties;
        }

        /** The SDK tells of every place that it looked for credentials in. */
        private static String brief(String message) {
            return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + " ...";
        }

        /** Whether it fails until somebody changes the destination or the bucket. */
        boolean properties() {
            return properties;
        }
    }

    /** The client is made when it is first wanted: it looks at the environment, which takes its time. */
    private synchronized S3Client client() {
        if (client == null) {
            client = S3Clients.fromEnvironment();
        }
        return client;
    }

    /** Writes {@code object}, over an older one of its name. */
    void put(ExportObject object) throws Refused {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(object.bucket())
                .key(object.key())
                .contentType("application/gzip")
                .expectedBucketOwner(object.owner())
                .overrideConfiguration(configuration -> configuration.apiCallTimeout(LONGEST));
        if (object.kmsKey() != null) {
            request.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(object.kmsKey());
        }
        try {
            client().putObject(request.build(), RequestBody.fromBytes(object.body()));
        } catch (SdkException e) {
            throw new Refused(e, isOfProperties(e));
        }
    }

    /** Whether {@code bucket} is known not to be there; false also where nobody can say. */
    boolean isMissing(String bucket) {
        try {
            client().headBucket(request -> request.bucket(bucket)
                    .overrideConfiguration(configuration -> configuration.apiCallTimeout(LONGEST)));
            return false;
        } catch (AwsServiceException e) {
            return e.statusCode() == NOT_FOUND;
        } catch (SdkException e) {
            return false;
        }
    }

    private static boolean isOfProperties(SdkException e) {
        return e instanceof AwsServiceException answer
                && answer.statusCode() < SERVER
                && answer.statusCode() != TIMEOUT
                && answer.statusCode() != TOO_MANY
                && !answer.isThrottlingException();
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }
}
