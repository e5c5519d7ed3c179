package dev.tocsin.core.lookup;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.event.RegisteredDomain;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A registered domain, and how much the labels asked for below it, and the answers, could carry within a window. */
public final class Carrier extends Sampled {

    /** Bits of the map of names: tells up to some 1,500 apart. */
    public static final int NAME_BITS = 512;

    /** Bits of the map of answers. */
    public static final int ANSWER_BITS = 256;

    /** Names kept of each. Ours. */
    static final int MOST_SAMPLES = 3;

    private static final int NUMBERS = 7;

    private final String domain;
    private final SampleSet<AskedName> samples = new SampleSet<>(MOST_SAMPLES);
    private Distinct names = new Distinct(NAME_BITS);
    private Distinct answers = new Distinct(ANSWER_BITS);
    private final long[] numbers;

    Carrier(long digest, String domain, long first) {
        super(digest);
        this.domain = domain;
        this.numbers = new long[] {0, 0, 0, 0, 0, first, first};
    }

    private Carrier(long digest, String domain, long[] numbers) {
        super(digest);
        this.domain = domain;
        this.numbers = numbers;
    }

    /** Whether clients ask {@code type} to be told data rather than an address or a place of the tree. */
    static boolean isForData(String type) {
        return switch (type) {
            case "A", "AAAA", "PTR", "NS", "SOA", "HTTPS", "SVCB", "DS", "DNSKEY", "ANY" -> false;
            default -> true;
        };
    }

    void add(NameQuery query, int below) {
        String name = query.name();
        long digest = mix(name.hashCode()) >>> 1;
        names.add(digest);
        numbers[0]++;
        numbers[1] += below;
        numbers[2] += isForData(query.type()) ? 1 : 0;
        if (!query.answers().isEmpty()) {
            String data = query.answers().getFirst().data();
            answers.add(mix(data.hashCode()));
            numbers[3]++;
            numbers[4] += data.length();
        }
        numbers[5] = Math.min(numbers[5], query.at());
        numbers[6] = Math.max(numbers[6], query.at());
        if (samples.admits(digest)) {
            sample(digest, query);
        }
    }

    private void sample(long digest, NameQuery query) {
        AskedName known = samples.find(digest);
        if (known != null) {
            known.add(query);
        } else {
            samples.add(new AskedName(digest, query));
        }
    }

    /** The registered domain. */
    public String domain() {
        return domain;
    }

    /** Which names were asked. */
    public Distinct names() {
        return names;
    }

    /** Which answers came: the first of each query. */
    public Distinct answers() {
        return answers;
    }

    /** Queries in all. */
    public long queries() {
        return numbers[0];
    }

    /** Characters below the domain, over all queries. */
    public long characters() {
        return numbers[1];
    }

    /** Queries of types that are asked for data. */
    public long forData() {
        return numbers[2];
    }

    /** Queries that were answered. */
    public long answered() {
        return numbers[3];
    }

    /** Characters of the first answer, over all queries. */
    public long answerCharacters() {
        return numbers[4];
    }

    /** Epoch seconds of the first query. */
    public long first() {
        return numbers[5];
    }

    /** Epoch seconds of the last query. */
    public long last() {
        return numbers[6];
    }

    /** Some queries, each for another name, the same whatever the order of the records. */
    public List<NameQuery> samples() {
        return samples.sorted().stream().map(AskedName::sample).toList();
    }

    /** The longest label that {@code name} has below its registered domain. */
    public static String longestLabel(String name) {
        int end = RegisteredDomain.start(RegisteredDomain.place(name)) - 1;
        String longest = "";
        for (int from = 0; from < end; ) {
            int dot = name.indexOf('.', from);
            if (dot - from > longest.length()) {
                longest = name.substring(from, dot);
            }
            from = dot + 1;
        }
        return longest;
    }

    void write(Map<Object, Integer> written, JsonGenerator out) throws IOException {
        out.writeNumber(digest);
        out.writeString(domain);
        for (long number : numbers) {
            out.writeNumber(number);
        }
        names.write(out);
        answers.write(out);
        out.writeStartArray();
        for (AskedName sample : samples.sorted()) {
            sample.write(written, out);
        }
        out.writeNumber(samples.bound());
        out.writeEndArray();
    }

    /** The parser stands at the digest. */
    static Carrier read(List<Object> known, JsonParser in) throws IOException {
        long digest = in.getLongValue();
        String domain = String.valueOf(in.nextTextValue());
        long[] numbers = new long[NUMBERS];
        for (int i = 0; i < NUMBERS; i++) {
            numbers[i] = in.nextLongValue(0);
        }
        Carrier carrier = new Carrier(digest, domain, numbers);
        carrier.names = Distinct.read(in, NAME_BITS);
        carrier.answers = Distinct.read(in, ANSWER_BITS);
        in.nextToken();
        carrier.readSamples(known, in);
        return carrier;
    }

    private void readSamples(List<Object> known, JsonParser in) throws IOException {
        in.nextToken();
        while (true) {
            long digest = in.getLongValue();
            if (in.nextToken() == JsonToken.END_ARRAY) {
                samples.bound(digest);
                return;
            }
            samples.add(AskedName.read(known, in, digest));
            in.nextToken();
        }
    }
}
