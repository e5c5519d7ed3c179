package dev.tocsin.input.container;

import dev.hardwood.HardwoodContext;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.ColumnSchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads flow logs in Parquet. Its index stands at the end, so the object is held whole up to a limit. */
final class Parquet {

    /** Largest object held. */
    static final int LARGEST = 128 * 1024 * 1024;

    private static final String MAGIC = "PAR1";

    private final CountingSink sink;
    private final TextRecords texts;

    Parquet(CountingSink sink, TextRecords texts) {
        this.sink = sink;
        this.texts = texts;
    }

    /** Whether a Parquet file begins here. */
    static boolean begins(ByteWindow window) throws IOException {
        if (!window.have(MAGIC.length())) {
            return false;
        }
        for (int i = 0; i < MAGIC.length(); i++) {
            if (window.bytes()[window.at() + i] != MAGIC.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Reads all rows. */
    void read(ByteWindow window) throws IOException {
        window.keep(window.offset());
        boolean more = true;
        while (more && window.limit() - window.at() <= LARGEST) {
            more = window.fill();
        }
        if (more) {
            sink.reject(0, "Parquet file larger than " + LARGEST + " bytes");
            return;
        }
        sink.usualKind(ObjectReport.Kind.VPCFLOW);
        rows(ByteBuffer.wrap(window.bytes(), window.at(), window.limit() - window.at()));
        window.moveTo(window.limit());
    }

    private void rows(ByteBuffer bytes) {
        long row = 0;
        try (HardwoodContext context = HardwoodContext.create(1);
                ParquetFileReader file = ParquetFileReader.open(InputFile.of(bytes.slice()), context)) {
            List<ColumnSchema> columns = file.getFileSchema().getColumns();
            if (!isFlow(columns)) {
                sink.reject(0, "Parquet file with other columns than a flow log's: " + names(columns));
                return;
            }
            texts.columns(names(columns));
            @Nullable Object[] values = new Object[columns.size()];
            try (RowReader rows = file.rowReader()) {
                while (rows.hasNext()) {
                    rows.next();
                    row++;
                    for (int i = 0; i < values.length; i++) {
                        values[i] = value(rows, i);
                    }
                    texts.row(values, row);
                }
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            sink.cut(row, "damaged or unreadable Parquet file behind row " + row + ": " + e.getMessage());
        }
    }

    private static boolean isFlow(List<ColumnSchema> columns) {
        return columns.stream()
                .map(ColumnSchema::name)
                .anyMatch(name -> name.contains("interface") || name.contains("addr"));
    }

    private static List<String> names(List<ColumnSchema> columns) {
        return columns.stream().map(ColumnSchema::name).toList();
    }

    private static @Nullable Object value(RowReader rows, int column) {
        if (rows.isNull(column)) {
            return null;
        }
        Object value = rows.getValue(column);
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return value instanceof Instant instant ? instant.getEpochSecond() : value;
    }
}
