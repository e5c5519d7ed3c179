package dev.tocsin.it;

import com.adobe.testing.s3mock.S3MockApplication;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A real S3 server, to which everything in this process that asks for a bucket goes until it is closed. */
final class BucketServer implements AutoCloseable {

    private final S3MockApplication server;
    private final String endpoint;
    private final S3Client client;
    private final Map<String, String> settings = new HashMap<>();

    @SuppressWarnings("deprecation") // the only way to learn the port of plain HTTP
    private BucketServer() {
        server = S3MockApplication.start(new HashMap<>(Map.of(
                S3MockApplication.PROP_HTTP_PORT, S3MockApplication.RANDOM_PORT,
                S3MockApplication.PROP_HTTPS_PORT, S3MockApplication.RANDOM_PORT,
                S3MockApplication.PROP_SILENT, true)));
        endpoint = "http://127.0.0.1:" + server.getHttpPort();
        set("aws.endpointUrlS3", endpoint);
        set("aws.accessKeyId", "test");
        set("aws.secretAccessKey", "test");
        set("aws.region", "eu-central-1");
        client = S3Client.builder()
                .endpointOverride(URI.create(endpoint))
                .forcePathStyle(true)
                .region(Region.EU_CENTRAL_1)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
    }

    static BucketServer started() {
        return new BucketServer();
    }

    private void set(String name, String value) {
        settings.put(name, System.getProperty(name));
        System.setProperty(name, value);
    }

    /** Where it listens. */
    String endpoint() {
        return endpoint;
    }

    void put(String bucket, String key, byte[] bytes) {
        client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(bytes));
    }

    void create(String bucket) {
        client.createBucket(request -> request.bucket(bucket));
    }

    List<S3Object> list(String bucket) {
        return client.listObjectsV2(request -> request.bucket(bucket)).contents();
    }

    byte[] read(String bucket, String key) {
        return client.getObjectAsBytes(request -> request.bucket(bucket).key(key))
                .asByteArray();
    }

    @Override
    public void close() {
        client.close();
        server.stop();
        settings.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }
}
