package dev.tocsin.core.lookup;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.event.Origin;
import dev.tocsin.core.traffic.SharedValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a query that is kept as a sample is written into state entries: cut to what findings show. */
final class QueryCodec {

    /** Characters kept of a sample's first answer. */
    private static final int ANSWER_LENGTH = 24;

    private static final int TEXTS = 12;
    private static final int NUMBERS = 4;

    private QueryCodec() {}

    /** {@code query} with the beginning of its first answer only, as it is written. */
    static NameQuery cut(NameQuery query) {
        if (query.answers().isEmpty()) {
            return query;
        }
        NameQuery.Answer first = query.answers().getFirst();
        String data =
                first.data().substring(0, Math.min(ANSWER_LENGTH, first.data().length()));
        return query(query.origin(), texts(query), numbers(query), List.of(new NameQuery.Answer(first.type(), data)));
    }

    private static @Nullable String[] texts(NameQuery query) {
        return new @Nullable String[] {
            query.account(),
            query.region(),
            query.vpcId(),
            query.name(),
            query.type(),
            query.responseCode(),
            query.sourceAddress(),
            query.transport(),
            query.instanceId(),
            query.resolverEndpoint(),
            query.resolverInterface(),
            query.firewallAction()
        };
    }

    private static long[] numbers(NameQuery query) {
        return new long[] {query.origin().position(), query.at(), query.sourcePort(), query.contentHash()};
    }

    /** An array: object, texts, numbers, then type and data of each answer; shared values by number. */
    static void write(NameQuery query, Map<Object, Integer> written, JsonGenerator out) throws IOException {
        out.writeStartArray();
        SharedValues.object(query.origin().object(), written, out);
        for (String text : texts(query)) {
            SharedValues.text(text, written, out);
        }
        for (long number : numbers(query)) {
            out.writeNumber(number);
        }
        for (NameQuery.Answer answer : query.answers()) {
            SharedValues.text(answer.type(), written, out);
            SharedValues.text(answer.data(), written, out);
        }
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote; the parser stands at the array's start. */
    static NameQuery read(List<Object> known, JsonParser in) throws IOException {
        in.nextToken();
        LogObject object = (LogObject) Objects.requireNonNull(SharedValues.read(known, in), "a query's object");
        @Nullable String[] texts = new String[TEXTS];
        for (int i = 0; i < texts.length; i++) {
            in.nextToken();
            texts[i] = (String) SharedValues.read(known, in);
        }
        long[] numbers = new long[NUMBERS];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.nextLongValue(0);
        }
        List<NameQuery.Answer> answers = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            String type = String.valueOf(SharedValues.read(known, in));
            in.nextToken();
            answers.add(new NameQuery.Answer(type, String.valueOf(SharedValues.read(known, in))));
        }
        return query(new Origin(object, numbers[0]), texts, numbers, answers);
    }

    private static NameQuery query(
            Origin origin, @Nullable String[] texts, long[] numbers, List<NameQuery.Answer> answers) {
        return new NameQuery(
                origin,
                numbers[1],
                String.valueOf(texts[0]),
                String.valueOf(texts[1]),
                texts[2],
                String.valueOf(texts[3]),
                String.valueOf(texts[4]),
                texts[5],
                List.copyOf(answers),
                texts[6],
                (int) numbers[2],
                texts[7],
                texts[8],
                texts[9],
                texts[10],
                texts[11],
                numbers[3]);
    }
}
