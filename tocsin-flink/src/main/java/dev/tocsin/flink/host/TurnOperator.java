package dev.tocsin.flink.host;

import dev.tocsin.flink.order.Turned;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;

/** Tells a host which turn was the last one before time moves. */
final class TurnOperator<E extends Turned, O> extends KeyedProcessOperator<String, E, O> {

    private static final long serialVersionUID = 1;

    private long last = Long.MIN_VALUE;

    TurnOperator(TurnHost<E, O> host) {
        super(host);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        ((TurnHost<?, ?>) getUserFunction()).movesFrom(last);
        last = mark.getTimestamp();
        super.processWatermark(mark);
    }
}
