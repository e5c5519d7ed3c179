import dev.tocsin.core.detect.Conversation.Opener;
import dev.tocsin.core.direction.DirectionFinder;
import dev.tocsin.core.direction.DirectionFinder.Side;
import dev.tocsin.core.direction.DirectionState;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.Flow;
import dev.tocsin.server.host.Analysis;
import dev.tocsin.server.source.Sources;
import dev.tocsin.server.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How well version 2 records, which have neither flags nor direction, tell which side is the host and who opened: the same
 * traffic in version 5 is the truth. Prints rows of a table in Markdown.
 *
 * <p>usage: java -cp … DirectionAccuracy.java NAME=FOLDER[,FOLDER]…   each with flow logs of both versions
 */
public final class DirectionAccuracy {

    private static final long WINDOW_SECONDS = 600;

    private final Map<String, Boolean> outbound = new HashMap<>();
    private final Map<String, Opener> opened = new HashMap<>();
    private final List<Flow> plain = new ArrayList<>();
    private long sideRight;
    private long sideWrong;
    private long sideUnknown;
    private long right;
    private long wrong;
    private long unknown;

    private DirectionAccuracy() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("Of the same traffic in version 2 and version 5, how often version 2 tells the same: which side is the host"
                + " (records), and who opened (TCP connections whose opening version 5 shows by flags). A connection of which the"
                + " opener stays unknown makes no finding that hangs on it.\n");
        System.out.println("| traffic | records | side right | wrong | unknown | connections | opener right | wrong | unknown |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (String argument : arguments) {
            int equal = argument.indexOf('=');
            DirectionAccuracy one = new DirectionAccuracy();
            List<String> folders = List.of(argument.substring(equal + 1).split(",", -1));
            Analysis analysis = new Analysis(
                    Analysis.Options.threads(1).watched(events -> events.forEach(one::take)));
            analysis.run(Sources.list(folders, new Span(Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE))
                    .objects());
            one.judge();
            one.print(argument.substring(0, equal));
        }
    }

    private void take(Event event) {
        if (!(event instanceof Flow flow)) {
            return;
        }
        if (flow.direction() == Flow.Direction.UNKNOWN) {
            plain.add(flow);
            return;
        }
        boolean out = flow.direction() == Flow.Direction.EGRESS;
        outbound.put(key(flow) + "/" + flow.start(), out);
        Opener certain = DirectionFinder.certain(flow, out);
        if (certain != Opener.UNKNOWN) {
            opened.putIfAbsent(connection(flow, out), certain);
        }
    }

    private static String key(Flow flow) {
        return flow.interfaceId() + "/" + Long.toHexString(flow.sourceLow()) + "." + Long.toHexString(flow.sourceHigh()) + ":"
                + flow.sourcePort() + "/" + Long.toHexString(flow.targetLow()) + "." + Long.toHexString(flow.targetHigh()) + ":"
                + flow.targetPort() + "/" + flow.protocol();
    }

    /** The same for both ways. */
    private static String connection(Flow flow, boolean out) {
        return flow.interfaceId() + "/" + flow.protocol() + "/" + (out ? flow.sourcePort() : flow.targetPort()) + "/"
                + Long.toHexString(out ? flow.targetLow() : flow.sourceLow()) + ":"
                + (out ? flow.targetPort() : flow.sourcePort());
    }

    /** As the engine does: what a window's records teach is known when it is judged. */
    private void judge() {
        plain.sort(Comparator.comparingLong(Flow::at));
        Map<String, DirectionState> states = new HashMap<>();
        int from = 0;
        while (from < plain.size()) {
            long end = (Math.floorDiv(plain.get(from).at(), WINDOW_SECONDS) + 1) * WINDOW_SECONDS;
            int to = from;
            while (to < plain.size() && plain.get(to).at() < end) {
                Flow flow = plain.get(to++);
                DirectionFinder.learn(flow, states.computeIfAbsent(flow.interfaceId(), ignored -> new DirectionState()));
            }
            window(plain.subList(from, to), states);
            from = to;
        }
    }

    private void window(List<Flow> flows, Map<String, DirectionState> states) {
        Map<String, List<Flow>> connections = new HashMap<>();
        for (Flow flow : flows) {
            Boolean truth = outbound.get(key(flow) + "/" + flow.start());
            if (truth == null) {
                continue;
            }
            Side side = DirectionFinder.side(flow, states.get(flow.interfaceId()));
            if (side == Side.UNKNOWN) {
                sideUnknown++;
            } else if ((side == Side.SOURCE) == truth) {
                sideRight++;
            } else {
                sideWrong++;
            }
            if (flow.protocol() == Flow.TCP && opened.containsKey(connection(flow, truth))) {
                connections.computeIfAbsent(connection(flow, truth), ignored -> new ArrayList<>()).add(flow);
            }
        }
        connections.forEach((name, records) -> opener(name, records, states.get(records.getFirst().interfaceId())));
    }

    private void opener(String connection, List<Flow> records, DirectionState state) {
        if (records.stream().anyMatch(flow -> DirectionFinder.side(flow, state) == Side.UNKNOWN)) {
            unknown++;
            return;
        }
        for (Flow flow : records) {
            DirectionFinder.remember(flow, DirectionFinder.side(flow, state) == Side.SOURCE, state);
        }
        Flow first = records.getFirst();
        Opener told = DirectionFinder.likely(first, DirectionFinder.side(first, state) == Side.SOURCE, state);
        if (told == Opener.UNKNOWN) {
            unknown++;
        } else if (told == opened.get(connection)) {
            right++;
        } else {
            wrong++;
        }
    }

    private void print(String name) {
        long records = sideRight + sideWrong + sideUnknown;
        long all = right + wrong + unknown;
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %s | %s | %s | %,d | %s | %s | %s |%n",
                name,
                records,
                share(sideRight, records),
                share(sideWrong, records),
                share(sideUnknown, records),
                all,
                share(right, all),
                share(wrong, all),
                share(unknown, all));
    }

    private static String share(long part, long all) {
        return all == 0 ? "-" : String.format(Locale.ROOT, "%.2f %%", 100.0 * part / all);
    }
}
