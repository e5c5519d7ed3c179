package dev.tocsin.it;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A real S3 server and a real SQS server on this machine, which the product finds as it would by the environment. */
final class LoopbackAws implements AutoCloseable {

    private final Map<String, String> settings = new HashMap<>();
    private final BucketServer s3;
    private final SQSRestServer sqsServer;
    private final String sqsEndpoint;

    final SqsClient sqs;

    LoopbackAws() {
        s3 = BucketServer.started();
        sqsServer = SQSRestServerBuilder.withInterface("127.0.0.1")
                .withDynamicPort()
                .start();
        int port = sqsServer.waitUntilStarted().localAddress().getPort();
        sqsEndpoint = "http://127.0.0.1:" + port;
        set("aws.endpointUrlSqs", sqsEndpoint);
        sqs = SqsClient.builder()
                .endpointOverride(URI.create(sqsEndpoint))
                .region(Region.EU_CENTRAL_1)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
    }

    /** Sets what the environment would say, until it is closed. */
    void set(String name, String value) {
        settings.putIfAbsent(name, String.valueOf(System.getProperty(name)));
        System.setProperty(name, value);
    }

    /** Where S3 itself listens. */
    String s3Endpoint() {
        return s3.endpoint();
    }

    /** Lets the product ask {@code endpoint} for S3. */
    void s3Through(String endpoint) {
        set("aws.endpointUrlS3", endpoint);
    }

    /** Where SQS itself listens. */
    String sqsEndpoint() {
        return sqsEndpoint;
    }

    /** Lets the product ask {@code endpoint} for SQS. */
    void sqsThrough(String endpoint) {
        set("aws.endpointUrlSqs", endpoint);
    }

    void bucket(String name) {
        s3.create(name);
    }

    void put(String bucket, String key, byte[] bytes) {
        s3.put(bucket, key, bytes);
    }

    /** Makes a queue; its URL. */
    String queue(String name) {
        return sqs.createQueue(request -> request.queueName(name)).queueUrl();
    }

    void send(String queue, String body) {
        sqs.sendMessage(request -> request.queueUrl(queue).messageBody(body));
    }

    /** Messages of {@code queue} that are not deleted, whether somebody works on them or not. */
    int messages(String queue) {
        return count(
                queue,
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
    }

    /** Messages of {@code queue} that somebody works on. */
    int held(String queue) {
        return count(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
    }

    private int count(String queue, QueueAttributeName... which) {
        return sqs
                .getQueueAttributes(request -> request.queueUrl(queue).attributeNames(which))
                .attributes()
                .values()
                .stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }

    @Override
    public void close() {
        sqs.close();
        sqsServer.stopAndWait();
        settings.forEach((name, value) -> {
            if (value.equals("null")) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
        s3.close();
    }
}
