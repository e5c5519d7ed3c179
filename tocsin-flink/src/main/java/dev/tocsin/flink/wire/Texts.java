package dev.tocsin.flink.wire;

import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.Origin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/** Texts and numbers of one batch: a text stands there whole once, then by its number; small numbers are short. */
final class Texts {

    private static final int NULL = 0;
    private static final int NEW = 1;
    private static final int FIRST = 2;

    private Texts() {}

    static final class Writer {
        private final Map<String, Integer> written = new HashMap<>();
        private final DataOutputView out;

        Writer(DataOutputView out) {
            this.out = out;
        }

        void text(@Nullable String text) throws IOException {
            if (text == null) {
                number(NULL);
                return;
            }
            Integer known = written.putIfAbsent(text, written.size());
            if (known != null) {
                number(known + FIRST);
            } else {
                number(NEW);
                StringValue.writeString(text, out);
            }
        }

        /** Any number; small ones, negative or not, take one byte or two. */
        void number(long number) throws IOException {
            long left = (number << 1) ^ (number >> 63);
            while ((left & ~0x7fL) != 0) {
                out.writeByte((int) ((left & 0x7f) | 0x80));
                left >>>= 7;
            }
            out.writeByte((int) left);
        }

        void flag(boolean so) throws IOException {
            out.writeBoolean(so);
        }

        void origin(Origin origin) throws IOException {
            number(origin.position());
            number(origin.size());
        }

        /** A number whose bits are spread evenly. */
        void hash(long number) throws IOException {
            out.writeLong(number);
        }
    }

    static final class Reader {
        private final List<String> known = new ArrayList<>();
        private final DataInputView in;

        Reader(DataInputView in) {
            this.in = in;
        }

        @Nullable
        String text() throws IOException {
            int form = (int) number();
            if (form == NULL) {
                return null;
            }
            if (form != NEW) {
                return known.get(form - FIRST);
            }
            String text = StringValue.readString(in);
            known.add(text);
            return text;
        }

        String need() throws IOException {
            String text = text();
            if (text == null) {
                throw new IOException("a batch lacks a text that is always there");
            }
            return text;
        }

        long number() throws IOException {
            long number = 0;
            int shift = 0;
            byte part;
            do {
                part = in.readByte();
                number |= (part & 0x7fL) << shift;
                shift += 7;
            } while (part < 0);
            return (number >>> 1) ^ -(number & 1);
        }

        Origin origin(LogObject object) throws IOException {
            return new Origin(object, number(), (int) number());
        }

        boolean flag() throws IOException {
            return in.readBoolean();
        }

        long hash() throws IOException {
            return in.readLong();
        }
    }
}
