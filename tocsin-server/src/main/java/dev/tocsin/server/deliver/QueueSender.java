package dev.tocsin.server.deliver;

import dev.tocsin.server.source.SqsClients;
import dev.tocsin.server.source.SqsErrors;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.InvalidMessageContentsException;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** Sends each message to a queue of SQS; to a FIFO queue in the group of its finding, where SQS itself drops repeats. */
final class QueueSender implements Sender {

    private static final Duration LONGEST = Duration.ofSeconds(15);

    /** What a FIFO queue's group may be long. */
    private static final int LONGEST_GROUP = 128;

    private final String queue;
    private final boolean linkLocal;
    private final SqsClient client;

    QueueSender(Destination destination) throws Undelivered {
        this.queue = destination.required("queue");
        this.linkLocal = destination.allowsLinkLocal();
        try {
            this.client = SqsClients.of(queue, null);
        } catch (IOException | SdkException e) {
            throw Undelivered.down(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public String send(Message message) throws Undelivered {
        Reach.check(URI.create(queue).getHost(), linkLocal);
        SendMessageRequest.Builder request = SendMessageRequest.builder()
                .queueUrl(queue)
                .messageBody(message.body())
                .messageAttributes(Map.of(
                        "tocsin-id", text(message.id()),
                        "type", text(message.type())))
                .overrideConfiguration(configuration -> configuration.apiCallTimeout(LONGEST));
        if (queue.endsWith(".fifo")) {
            request.messageDeduplicationId(cut(message.id())).messageGroupId(cut(message.finding()));
        }
        try {
            return "SQS took it as message "
                    + client.sendMessage(request.build()).messageId();
        } catch (InvalidMessageContentsException e) {
            throw Undelivered.refused(String.valueOf(e.getMessage()));
        } catch (SdkException e) {
            throw Undelivered.down(SqsErrors.sending(e, queue), e);
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_GROUP ? text : text.substring(0, LONGEST_GROUP);
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    @Override
    public void close() {
        client.close();
    }
}
