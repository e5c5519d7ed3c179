package dev.tocsin.flink.host;

import dev.tocsin.flink.source.Read;
import dev.tocsin.flink.wire.Batch;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Sends API calls on, and all else to where it belongs. */
final class ByKind extends ProcessFunction<Read, Batch> {

    private static final long serialVersionUID = 1;

    static final OutputTag<Batch> FLOWS = new OutputTag<>("flows", Jobs.BATCHES);
    static final OutputTag<Batch> QUERIES = new OutputTag<>("queries", Jobs.BATCHES);
    static final OutputTag<Batch> HOSTS = new OutputTag<>("hosts", Jobs.BATCHES);

    @Override
    public void processElement(Read read, Context context, Collector<Batch> out) {
        switch (read) {
            case Read.Records records -> {
                switch (records.batch().kind()) {
                    case CALLS -> out.collect(records.batch());
                    case FLOWS -> context.output(FLOWS, records.batch());
                    case QUERIES -> context.output(QUERIES, records.batch());
                    case HOSTS -> context.output(HOSTS, records.batch());
                }
            }
            case Read.Row row -> context.output(Jobs.ROWS, row.part());
        }
    }
}
