package dev.tocsin.flink.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.tocsin.core.finding.Doc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How an object of a finding travels: its length, then CBOR. */
final class Docs {

    private static final CBORFactory CBOR = new CBORFactory();

    private Docs() {}

    static void write(Doc doc, DataOutputView out) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator cbor = CBOR.createGenerator(bytes)) {
            doc.write(cbor);
        }
        out.writeInt(bytes.size());
        out.write(bytes.toByteArray());
    }

    static Doc read(DataInputView in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        try (JsonParser cbor = CBOR.createParser(bytes)) {
            cbor.nextToken();
            return Doc.read(cbor);
        }
    }
}
