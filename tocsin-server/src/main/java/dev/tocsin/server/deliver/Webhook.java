package dev.tocsin.server.deliver;

import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Posts each message to a URL, signed. */
final class Webhook implements Sender {

    private final HttpPost post;
    private final @Nullable String secret;
    private final @Nullable String authorization;
    private final InstantSource clock;

    Webhook(Destination destination, InstantSource clock) throws Undelivered {
        this.post = new HttpPost(
                URI.create(destination.required("url")), destination.allowsLinkLocal(), Trust.of(destination));
        this.secret = destination.settings().text("secret");
        this.authorization = destination.settings().text("authorization");
        this.clock = clock;
    }

    @Override
    public String send(Message message) throws Undelivered, InterruptedException {
        long now = clock.instant().getEpochSecond();
        Map<String, String> headers = new LinkedHashMap<>(Signature.headers(message.id(), message.body(), secret, now));
        headers.put("Content-Type", message.contentType());
        if (authorization != null) {
            headers.put("Authorization", authorization);
        }
        return post.post(headers, message.body());
    }

    @Override
    public void close() {
        post.close();
    }
}
