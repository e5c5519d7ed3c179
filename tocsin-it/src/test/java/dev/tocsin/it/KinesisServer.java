package dev.tocsin.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** A Kinesis server of this machine, kinesalite, in {@code clients/kinesis}. */
final class KinesisServer implements AutoCloseable {

    /** The hash key at which the second of two shards begins. */
    static final String MIDDLE = BigInteger.TWO.pow(127).toString();

    private static final Path FOLDER = Path.of("clients", "kinesis");

    /** What the environment says for the product to find it at {@code endpoint}: it speaks JSON alone, and takes any key. */
    static Map<String, String> settings(String endpoint) {
        return Map.of(
                "aws.endpointUrlKinesis", endpoint,
                "aws.cborEnabled", "false",
                "aws.accessKeyId", "test",
                "aws.secretAccessKey", "test");
    }

    private final Process process;
    private final String endpoint;

    final KinesisClient client;

    private KinesisServer(Process process, String endpoint) {
        this.process = process;
        this.endpoint = endpoint;
        System.setProperty("aws.cborEnabled", "false");
        client = KinesisClient.builder()
                .endpointOverride(URI.create(endpoint))
                .region(Region.EU_CENTRAL_1)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
    }

    static KinesisServer started() throws IOException, InterruptedException {
        if (!Files.isDirectory(FOLDER.resolve("node_modules"))) {
            Command.run(FOLDER, List.of("npm", "ci", "--no-audit", "--no-fund"), Map.of());
        }
        Process process = new ProcessBuilder("node", "server.js")
                .directory(FOLDER.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String port =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        return new KinesisServer(process, "http://127.0.0.1:" + port);
    }

    /** Where it listens. */
    String endpoint() {
        return endpoint;
    }

    void stream(String name, int shards) {
        client.createStream(request -> request.streamName(name).shardCount(shards));
        awaitActive(name);
    }

    private void awaitActive(String name) {
        while (client.describeStreamSummary(request -> request.streamName(name))
                        .streamDescriptionSummary()
                        .streamStatus()
                != StreamStatus.ACTIVE) { // the test's timeout ends it
            Thread.onSpinWait();
        }
    }

    /** Puts a record whose hash key is {@code key}, 0 is the first shard's; where it lies. */
    PutRecordResponse put(String stream, String key, byte[] value) {
        return client.putRecord(request -> request.streamName(stream)
                .partitionKey("key")
                .explicitHashKey(key)
                .data(SdkBytes.fromByteArray(value)));
    }

    /** The shards that take records. */
    List<Shard> open(String stream) {
        return client.listShards(request -> request.streamName(stream)).shards().stream()
                .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
                .toList();
    }

    /** Splits {@code shard} at {@code key}. */
    void split(String stream, String shard, String key) {
        client.splitShard(
                request -> request.streamName(stream).shardToSplit(shard).newStartingHashKey(key));
        awaitActive(stream);
    }

    /** Makes one shard of two that are neighbours. */
    void merge(String stream, String shard, String neighbour) {
        client.mergeShards(
                request -> request.streamName(stream).shardToMerge(shard).adjacentShardToMerge(neighbour));
        awaitActive(stream);
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
        System.clearProperty("aws.cborEnabled");
    }
}
