package dev.tocsin.it;

import com.adobe.testing.s3mock.S3MockApplication;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A real S3 server and a real SQS server on this machine, which the product finds as it would by the environment. */
final class LoopbackAws implements AutoCloseable {

    private final Map<String, String> settings = new HashMap<>();
    private final S3MockApplication s3Server;
    private final SQSRestServer sqsServer;
    private final String s3Endpoint;

    final S3Client s3;
    final SqsClient sqs;

    @SuppressWarnings("deprecation") // the only way to learn the port of plain HTTP
    LoopbackAws() {
        s3Server = S3MockApplication.start(new HashMap<>(Map.of(
                S3MockApplication.PROP_HTTP_PORT, S3MockApplication.RANDOM_PORT,
                S3MockApplication.PROP_HTTPS_PORT, S3MockApplication.RANDOM_PORT,
                S3MockApplication.PROP_SILENT, true)));
        sqsServer = SQSRestServerBuilder.withInterface("127.0.0.1")
                .withDynamicPort()
                .start();
        int port = sqsServer.waitUntilStarted().localAddress().getPort();
        s3Endpoint = "http://127.0.0.1:" + s3Server.getHttpPort();
        String sqsEndpoint = "http://127.0.0.1:" + port;
        set("aws.endpointUrlS3", s3Endpoint);
        set("aws.endpointUrlSqs", sqsEndpoint);
        set("aws.accessKeyId", "test");
        set("aws.secretAccessKey", "test");
        set("aws.region", "eu-central-1");
        StaticCredentialsProvider credentials =
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
        s3 = S3Client.builder()
                .endpointOverride(URI.create(s3Endpoint))
                .forcePathStyle(true)
                .region(Region.EU_CENTRAL_1)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(credentials)
                .build();
        sqs = SqsClient.builder()
                .endpointOverride(URI.create(sqsEndpoint))
                .region(Region.EU_CENTRAL_1)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(credentials)
                .build();
    }

    private void set(String name, String value) {
        settings.putIfAbsent(name, String.valueOf(System.getProperty(name)));
        System.setProperty(name, value);
    }

    /** Where S3 itself listens. */
    String s3Endpoint() {
        return s3Endpoint;
    }

    /** Lets the product ask {@code endpoint} for S3. */
    void s3Through(String endpoint) {
        set("aws.endpointUrlS3", endpoint);
    }

    void bucket(String name) {
        s3.createBucket(request -> request.bucket(name));
    }

    void put(String bucket, String key, byte[] bytes) {
        s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(bytes));
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
        Map<QueueAttributeName, String> counts = sqs.getQueueAttributes(request -> request.queueUrl(queue)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes();
        return counts.values().stream().mapToInt(Integer::parseInt).sum();
    }

    @Override
    public void close() {
        s3.close();
        sqs.close();
        s3Server.stop();
        sqsServer.stopAndWait();
        settings.forEach((name, value) -> {
            if (value.equals("null")) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }
}
