package dev.tocsin.core.direction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OwnAddressesTest {

    private static final long OWN = 1;
    private static final long BUSY = 2;

    /** Records of the host 1 with the peer 2, and with others. */
    private static OwnAddresses seen(int busy, int others, int second) {
        List<long[]> records = new ArrayList<>();
        for (int i = 0; i < busy; i++) {
            records.add(new long[] {OWN, BUSY});
        }
        for (int i = 0; i < others; i++) {
            records.add(i % 2 == 0 ? new long[] {OWN, 100 + i} : new long[] {100 + i, OWN});
        }
        for (int i = 0; i < second; i++) {
            records.add(new long[] {7, BUSY});
        }
        long seed = 3;
        Collections.shuffle(records, new Random(seed));
        OwnAddresses own = new OwnAddresses();
        records.forEach(record -> own.see(0, record[0], 0, record[1]));
        return own;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # whom the host talks to                 | busy | others | of a second address | own   | peer
            many peers alike                         | 0    | 20     | 0                   | true  | false
            one of which stands in nearly all        | 900  | 5      | 0                   | true  | false
            one alone: none can tell                 | 900  | 0      | 0                   | false | false
            too few records                          | 8    | 3      | 0                   | false | false
            an interface with a second address       | 30   | 30     | 30                  | false | false
            """)
    void tells(String name, int busy, int others, int second, boolean own, boolean peer) throws IOException {
        OwnAddresses addresses = seen(busy, others, second);
        for (OwnAddresses one : List.of(addresses, reread(addresses))) {
            assertEquals(own, one.owns(0, OWN), "own");
            assertEquals(peer, one.owns(0, BUSY), "peer");
        }
    }

    private static OwnAddresses reread(OwnAddresses addresses) throws IOException {
        DirectionState state = new DirectionState();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CBORFactory cbor = new CBORFactory();
        try (JsonGenerator out = cbor.createGenerator(bytes)) {
            out.writeStartArray();
            addresses.write(out);
            addresses.writeCommon(out);
            out.writeEndArray();
        }
        try (JsonParser in = cbor.createParser(bytes.toByteArray())) {
            in.nextToken();
            in.nextToken();
            state.own.read(in);
            in.nextToken();
            state.own.readCommon(in);
        }
        return state.own;
    }
}
