package dev.tocsin.core.engine;

import dev.tocsin.core.event.Flow;

/** Changes to flows for tests. */
final class Flows {

    private Flows() {}

    /** The flow as a version 2 log has it: neither flags nor direction nor instance. */
    static Flow withoutFlags(Flow flow) {
        return new Flow(
                flow.origin(),
                flow.account(),
                flow.region(),
                flow.interfaceId(),
                null,
                null,
                null,
                flow.start(),
                flow.at(),
                flow.sourceHigh(),
                flow.sourceLow(),
                flow.targetHigh(),
                flow.targetLow(),
                flow.sourceHigh(),
                flow.sourceLow(),
                flow.targetHigh(),
                flow.targetLow(),
                flow.sourcePort(),
                flow.targetPort(),
                flow.protocol(),
                flow.packets(),
                flow.bytes(),
                -1,
                Flow.Direction.UNKNOWN,
                flow.rejected(),
                null,
                flow.contentHash());
    }
}
