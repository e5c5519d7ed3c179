package dev.tocsin.server.source;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.KinesisClientBuilder;

/**
 * A stream of Kinesis and how it is reached.
 *
 * @param source the source's name
 * @param stream the stream's name
 * @param arn the stream's ARN, or null
 * @param region where it is
 * @param role as which it is read, or null
 * @param since from when on records are read at the first start, epoch seconds; {@link Long#MIN_VALUE} for all
 * @param form of records that do not say all
 */
public record KinesisPlace(
        String source,
        String stream,
        @Nullable String arn,
        String region,
        @Nullable AssumedRole role,
        long since,
        StreamBatch.Form form) {

    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*:kinesis:([a-z0-9-]+):\\d{12}:stream/([a-zA-Z0-9_.-]{1,128})");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");

    /**
     * The stream that {@code text}, a name or an ARN, tells.
     *
     * @param inRegion where it is if {@code text} is a name; null for the environment's Region
     * @param flowFormat the fields of flow log lines without a header, or null
     * @throws IOException if it tells none; its message is for people
     */
    public static KinesisPlace of(
            String source,
            String text,
            @Nullable String inRegion,
            @Nullable AssumedRole role,
            long since,
            @Nullable String flowFormat)
            throws IOException {
        Matcher arn = ARN.matcher(text);
        boolean isArn = arn.matches();
        if (!isArn && !NAME.matcher(text).matches()) {
            throw new IOException("expected a stream's name or ARN such as"
                    + " arn:aws:kinesis:eu-central-1:111122223333:stream/trail, found '" + text + "'");
        }
        String otherwise =
                inRegion == null ? AwsSettings.region(Region.US_EAST_1).id() : inRegion;
        String region = isArn ? arn.group(1) : otherwise;
        StreamBatch.Form form = new StreamBatch.Form(region, flowFormat);
        return new KinesisPlace(source, isArn ? arn.group(2) : text, isArn ? text : null, region, role, since, form);
    }

    /** The stream there; {@code clock} is the host's time. */
    public LogStream open(InstantSource clock) {
        return new LogStream(source, new KinesisFetcher(this, connect(), clock));
    }

    private KinesisClient connect() {
        AwsSettings.quiet();
        KinesisClientBuilder builder = KinesisClient.builder()
                .httpClientBuilder(AwsSettings.connections())
                .overrideConfiguration(AwsSettings.retries())
                .region(Region.of(region));
        URI endpoint = AwsSettings.endpoint("KINESIS");
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        if (role != null) {
            builder.credentialsProvider(role.credentials());
        }
        return builder.build();
    }

    /** As people call it. */
    String called() {
        return "kinesis://" + stream;
    }
}
