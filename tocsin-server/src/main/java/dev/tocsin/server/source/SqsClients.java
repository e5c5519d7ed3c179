package dev.tocsin.server.source;

import java.io.IOException;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/** Makes clients of SQS for one queue: the Region that its URL names, the server that its URL or the environment names. */
public final class SqsClients {

    private static final Pattern AWS =
            Pattern.compile("(?:sqs\\.|)([a-z]{2,4}(?:-[a-z]+)+-\\d{1,2})\\.(?:queue\\.)?amazonaws\\.com(?:\\.cn)?");

    private SqsClients() {}

    /**
     * A client for the queue at {@code url}, acting as {@code role} if there is one.
     *
     * @throws IOException if {@code url} is no queue's
     */
    public static SqsClient of(String url, @Nullable AssumedRole role) throws IOException {
        AwsSettings.quiet();
        URI queue = parse(url);
        Matcher aws = AWS.matcher(queue.getHost());
        SqsClientBuilder builder = SqsClient.builder()
                .httpClientBuilder(AwsSettings.connections())
                .overrideConfiguration(AwsSettings.retries())
                .region(aws.matches() ? Region.of(aws.group(1)) : AwsSettings.region(Region.US_EAST_1));
        URI endpoint = AwsSettings.endpoint("SQS");
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        } else if (!aws.matches()) {
            builder.endpointOverride(URI.create(queue.getScheme() + "://" + queue.getAuthority()));
        }
        if (role != null) {
            builder.credentialsProvider(role.credentials());
        }
        return builder.build();
    }

    private static URI parse(String url) throws IOException {
        try {
            URI queue = URI.create(url);
            if (queue.getHost() != null && String.valueOf(queue.getScheme()).startsWith("http")) {
                return queue;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(url + ": no URL", e);
        }
        throw new IOException(
                url + ": expected a queue's URL such as https://sqs.eu-central-1.amazonaws.com/111122223333/trail");
    }
}
