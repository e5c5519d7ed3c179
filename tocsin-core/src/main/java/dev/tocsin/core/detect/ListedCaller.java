package dev.tocsin.core.detect;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.intel.Hit;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * {@code Recon:IAMUser/…} and {@code UnauthorizedAccess:IAMUser/…} with {@code MaliciousIPCaller}, {@code
 * MaliciousIPCaller.Custom} and {@code TorIPCaller}: management calls from listed addresses; one list match, one file.
 */
final class ListedCaller implements ApiCallDetector {

    static final FindingType RECON =
            type(true, "MaliciousIPCaller", "a known malicious address", attackingCategories());
    static final FindingType RECON_CUSTOM =
            type(true, "MaliciousIPCaller.Custom", "an address on a threat list of your own", "custom");
    static final FindingType RECON_TOR = type(true, "TorIPCaller", "a Tor exit node", "tor-exit");
    static final FindingType ACCESS =
            type(false, "MaliciousIPCaller", "a known malicious address", attackingCategories());
    static final FindingType ACCESS_CUSTOM =
            type(false, "MaliciousIPCaller.Custom", "an address on a threat list of your own", "custom");
    static final FindingType ACCESS_TOR = type(false, "TorIPCaller", "a Tor exit node", "tor-exit");

    private static final FieldPath SIGN_IN = FieldPath.of("responseElements.ConsoleLogin");

    private static FindingType type(boolean looks, String name, String from, String... categories) {
        return FindingType.named((looks ? "Recon" : "UnauthorizedAccess") + ":IAMUser/" + name)
                .severity(5)
                .texts(
                        "API {api} was invoked from " + from + ".",
                        "API {api} was invoked by {user} from IP address {address}, " + from + ", listed in {list}. "
                                + (looks
                                        ? "Somebody may be looking around with stolen credentials."
                                        : "Somebody may be using stolen credentials."))
                .firesWhen(
                        "a management call that " + (looks ? "lists or describes" : "does more than list or describe")
                                + ", successful or not, comes from " + from + ", valid at the call's time.")
                .doesNotSee(
                        "calls that AWS services make; console sign-ins that failed, which anybody can cause; private"
                                + " addresses; entries that are old or without a date; Tor relays that are no exits.")
                .nextSteps("Ask the owner of the credentials whether they use a VPN or Tor. If not, disable the key or"
                        + " revoke the sessions, and read all calls from this address.")
                .technique(looks ? "T1580" : "T1078.004")
                .needs(categories)
                .build();
    }

    /** The categories of most entries that make a caller malicious. */
    static String[] attackingCategories() {
        return new String[] {"scanner", "c2", "malware", "suspicious"};
    }

    @Override
    public List<FindingType> types() {
        return List.of(RECON, RECON_CUSTOM, RECON_TOR, ACCESS, ACCESS_CUSTOM, ACCESS_TOR);
    }

    @Override
    public Set<String> actions() {
        return Set.of();
    }

    @Override
    public Set<String> fieldActions() {
        return Set.of("ConsoleLogin");
    }

    @Override
    public List<FieldPath> fields() {
        return List.of(SIGN_IN);
    }

    @Override
    public void observe(ApiCall call, Context context, Consumer<Signal> out) {
        if (call.category() != ApiCall.Category.MANAGEMENT || isFailedSignIn(call)) {
            return;
        }
        CallerLists lists = CallerLists.of(call, context);
        if (lists.isEmpty()) {
            return;
        }
        boolean looks = ApiStyle.looks(call.action());
        signal(looks ? RECON : ACCESS, lists.malicious(), call, context, out);
        signal(looks ? RECON_CUSTOM : ACCESS_CUSTOM, lists.custom(), call, context, out);
        signal(looks ? RECON_TOR : ACCESS_TOR, lists.torExit(), call, context, out);
    }

    /** Not authenticated: guessers on the internet cause these all day. */
    private static boolean isFailedSignIn(ApiCall call) {
        return call.action().equals("ConsoleLogin") && (call.failed() || !"Success".equals(call.field(SIGN_IN)));
    }

    private static void signal(FindingType type, List<Hit> hits, ApiCall call, Context context, Consumer<Signal> out) {
        if (!hits.isEmpty()) {
            out.accept(ApiCallSignal.of(type, call, context).listed(hits).build());
        }
    }
}
