package dev.tocsin.core.detect;

import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.function.Consumer;

/** {@code CryptoCurrency:EC2/BitcoinTool.B} and its twin for functions: a connection opened to a mining pool or peer. */
final class BitcoinTool implements FlowDetector {

    private static final String CATEGORY = "cryptomining";

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    static final FindingType TYPE = FlowTypes.instance("CryptoCurrency:EC2/BitcoinTool.B", Role.ACTOR, FlowTypes.HIGH)
            .texts(
                    "EC2 instance {host} is talking to an address of cryptocurrency mining.",
                    "EC2 instance {host} opened a connection to IP address {address}, port {port}, which list"
                            + " {list} knows for mining of cryptocurrency ({threat}).")
            .firesWhen("the instance opens a connection to an address listed as a mining pool or peer; on the"
                    + " web's ports 80 and 443 only if the entry names that port.")
            .doesNotSee("price feeds, wallets and block explorers, which share addresses with pools and use the"
                    + " web's ports; pools behind a proxy; records without ports.")
            .nextSteps("If mining is not what this instance is for, find the process and how it came there:"
                    + " mining is the usual first use of a stolen credential or an exposed service. If it is,"
                    + " suppress by the instance's tag.")
            .technique("T1496")
            .needs(CATEGORY)
            .build();

    static final FindingType ON_LAMBDA = FlowTypes.onLambda(TYPE);

    @Override
    public List<FindingType> types() {
        return List.of(TYPE, ON_LAMBDA);
    }

    @Override
    public void observe(Conversation conversation, Context context, Consumer<Signal> out) {
        if (!conversation.opensOutward()) {
            return;
        }
        boolean web = conversation.remotePort() == HTTP || conversation.remotePort() == HTTPS;
        List<Listed> listed = FlowTypes.of(conversation, CATEGORY).stream()
                .filter(entry -> !web || entry.port() == conversation.remotePort())
                .toList();
        if (!listed.isEmpty()) {
            out.accept(FlowSignal.of(TYPE, conversation, context)
                    .listed(listed)
                    .onLambda(ON_LAMBDA)
                    .build());
        }
    }
}
