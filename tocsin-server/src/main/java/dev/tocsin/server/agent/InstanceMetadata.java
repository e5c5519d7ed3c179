package dev.tocsin.server.agent;

import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an EC2 instance is told of itself by its metadata service, version 2. */
final class InstanceMetadata {

    /** Where it answers; the environment of the AWS SDKs names another one. */
    static final String ENDPOINT = "AWS_EC2_METADATA_SERVICE_ENDPOINT";

    private static final String USUAL = "http://169.254.169.254";
    private static final int WAIT_MILLIS = 2_000;
    private static final int MOST_BYTES = 64 << 10;
    private static final String MACS = "/latest/meta-data/network/interfaces/macs/";

    private final String endpoint;
    private String token = "";

    /** The one at {@code endpoint}; null for the usual one. */
    InstanceMetadata(@Nullable String endpoint) {
        this.endpoint = endpoint == null ? USUAL : endpoint.replaceAll("/+$", "");
    }

    /** The instance's identity document: accountId, region, instanceId. */
    Doc identity() throws IOException {
        token = text("PUT", "/latest/api/token");
        return Doc.parse(text("GET", "/latest/dynamic/instance-identity/document"));
    }

    /** The ids of its network interfaces; only after {@link #identity}. */
    List<String> interfaces() throws IOException {
        List<String> ids = new ArrayList<>();
        for (String mac : text("GET", MACS).lines().toList()) {
            ids.add(text("GET", MACS + mac.replace("/", "") + "/interface-id").strip());
        }
        return ids;
    }

    private String text(String method, String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(endpoint + path).toURL().openConnection();
        connection.setConnectTimeout(WAIT_MILLIS);
        connection.setReadTimeout(WAIT_MILLIS);
        connection.setRequestMethod(method);
        if (method.equals("PUT")) {
            connection.setRequestProperty("X-aws-ec2-metadata-token-ttl-seconds", "300");
        } else {
            connection.setRequestProperty("X-aws-ec2-metadata-token", token);
        }
        if (connection.getResponseCode() != 200) {
            throw new IOException(endpoint + path + " answered " + connection.getResponseCode());
        }
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }
}
