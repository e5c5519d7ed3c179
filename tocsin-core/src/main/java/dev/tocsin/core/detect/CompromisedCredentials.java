package dev.tocsin.core.detect;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Caller;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.intel.Category;
import dev.tocsin.core.intel.Hit;
import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.core.intel.Match;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** {@code CredentialAccess:IAMUser/CompromisedCredentials}: a key that is known to have leaked is used. */
final class CompromisedCredentials implements ApiCallDetector {

    static final FindingType TYPE = FindingType.named("CredentialAccess:IAMUser/CompromisedCredentials")
            .severity(8)
            .texts(
                    "Access key {key}, which is known to be compromised, was used.",
                    "Access key {key} of {user} is on a list of leaked keys and was used to call {api} from {address}.")
            .firesWhen("any call, successful or failed, is signed with an access key id that a list of leaked keys"
                    + " holds.")
            .doesNotSee(
                    "leaked keys that no list names; passwords; calls from the operator's own networks (--own-network).")
            .nextSteps("Disable the key now, unless it is a decoy of yours; then read every call it made and undo what"
                    + " was set up with it.")
            .technique("T1078.004")
            .needs("compromised-key")
            .build();

    @Override
    public List<FindingType> types() {
        return List.of(TYPE);
    }

    @Override
    public Set<String> actions() {
        return Set.of();
    }

    @Override
    public void observe(ApiCall call, Context context, Consumer<Signal> out) {
        String key = call.identity().accessKeyId();
        Match match = key == null ? null : context.intelligence().accessKey(key);
        if (match == null || !match.fires() || isFromOwnNetwork(call, context)) {
            return;
        }
        List<Hit> hits = match.hits().stream()
                .filter(hit -> hit.fires()
                        && (hit.indicator().category() == Category.COMPROMISED_KEY
                                || hit.list().kind() == IndicatorList.Kind.OPERATOR_THREAT))
                .toList();
        if (!hits.isEmpty()) {
            out.accept(ApiCallSignal.of(TYPE, call, context)
                    .fact("key", key)
                    .aggregation(String.valueOf(key))
                    .listed(hits)
                    .build());
        }
    }

    private static boolean isFromOwnNetwork(ApiCall call, Context context) {
        Caller caller = call.caller();
        Address address = caller == null ? null : caller.address();
        return address != null && context.isOwn(address);
    }
}
