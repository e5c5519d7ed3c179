package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.traffic.FlowCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Flows with listed peers whose opener is not certain yet, of one minute: judged when no record is awaited any more. A
 * busy minute is kept in pages, so that no entry grows large; beyond {@link #MAX_PAGES} no more are held.
 */
final class HeldFlows {

    /** Flows a page holds; an entry stays under 64 KiB. */
    static final int MAX_FLOWS = 100;

    /** Objects whose flows one page holds: names of objects may be long. */
    static final int MAX_OBJECTS = 20;

    /** Full pages a minute of one interface: 10,000 flows, about 2 MB. Ours. */
    static final int MAX_PAGES = 100;

    private final List<Flow> flows = new ArrayList<>();
    private final Set<LogObject> objects = new HashSet<>();
    private int pages;

    /** Holds {@code flow} in {@code minute}; false if there are too many. */
    static boolean hold(Flow flow, String minute, KeyContext context) {
        HeldFlows open = context.get(KIND, minute);
        if (open == null) {
            open = new HeldFlows();
        } else if (open.isFull()) {
            if (open.pages == MAX_PAGES) {
                return false;
            }
            context.put(KIND, page(minute, open.pages), open);
            HeldFlows next = new HeldFlows();
            next.pages = open.pages + 1;
            open = next;
        }
        open.add(flow);
        context.put(KIND, minute, open);
        return true;
    }

    /** The flows held in {@code minute}, earliest first; they are held no more. */
    static List<Flow> release(String minute, KeyContext context) {
        HeldFlows open = context.get(KIND, minute);
        if (open == null) {
            return List.of();
        }
        context.remove(KIND, minute);
        List<Flow> all = new ArrayList<>(open.flows);
        for (int i = 0; i < open.pages; i++) {
            HeldFlows full = context.get(KIND, page(minute, i));
            if (full != null) {
                all.addAll(full.flows);
                context.remove(KIND, page(minute, i));
            }
        }
        all.sort(Flow.EARLIEST);
        return all;
    }

    private static String page(String minute, int number) {
        return minute + "/" + number;
    }

    private void add(Flow flow) {
        flows.add(flow);
        objects.add(flow.origin().object());
    }

    private boolean isFull() {
        return flows.size() >= MAX_FLOWS || objects.size() >= MAX_OBJECTS;
    }

    static final StateKind<HeldFlows> KIND = new StateKind<>("heldFlows", 2, new StateKind.Codec<>() {
        @Override
        public void write(HeldFlows held, JsonGenerator out) throws IOException {
            out.writeStartArray();
            out.writeNumber(held.pages);
            Map<Object, Integer> written = new HashMap<>();
            for (Flow flow : held.flows) {
                FlowCodec.write(flow, written, out);
            }
            out.writeEndArray();
        }

        @Override
        public HeldFlows read(JsonParser in, int version) throws IOException {
            HeldFlows held = new HeldFlows();
            in.nextToken();
            held.pages = in.nextIntValue(0);
            List<Object> known = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                held.add(FlowCodec.read(known, in));
            }
            return held;
        }
    });
}
