package dev.tocsin.core.detect;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.DataSource;
import dev.tocsin.core.finding.FindingType.Feature;
import dev.tocsin.core.finding.FindingType.ResourceKind;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.intel.Hit;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The S3 Protection types of listed callers: data events on buckets from listed addresses; one list match, one file. */
final class ListedS3Caller implements ApiCallDetector {

    private static final String BAD = "a known malicious IP address";
    private static final String OWN = "an IP address on a threat list of your own";
    private static final String TOR = "a Tor exit node";

    static final FindingType DISCOVERY = type("Discovery:S3/MaliciousIPCaller", 8, "list or look at it", BAD);
    static final FindingType DISCOVERY_CUSTOM =
            type("Discovery:S3/MaliciousIPCaller.Custom", 8, "list or look at it", OWN);
    static final FindingType DISCOVERY_TOR = type("Discovery:S3/TorIPCaller", 5, "list or look at it", TOR);
    static final FindingType EXFILTRATION = type("Exfiltration:S3/MaliciousIPCaller", 8, "read its objects", BAD);
    static final FindingType IMPACT = type("Impact:S3/MaliciousIPCaller", 8, "write or delete in it", BAD);
    static final FindingType ACCESS_CUSTOM =
            type("UnauthorizedAccess:S3/MaliciousIPCaller.Custom", 8, "read, write or delete in it", OWN);
    static final FindingType ACCESS_TOR =
            type("UnauthorizedAccess:S3/TorIPCaller", 8, "read, write or delete in it", TOR);

    private static final FieldPath BUCKET = FieldPath.of("requestParameters.bucketName");

    private static FindingType type(String name, double severity, String what, String from) {
        return FindingType.named(name)
                .feature(Feature.S3_DATA_EVENTS)
                .about(DataSource.S3_DATA, ResourceKind.S3_BUCKET, Role.TARGET)
                .severity(severity)
                .texts(
                        "API {api} was invoked from " + from + ".",
                        "API {api} was used on bucket {bucket} from IP address {address}, " + from + ", listed in"
                                + " {list}.")
                .firesWhen("an S3 data event, successful or not, by which one can " + what + " comes from " + from
                        + ", valid at the call's time.")
                .doesNotSee(
                        "calls that AWS services make; private addresses; entries that are old or without a date; Tor"
                                + " relays that are no exits; buckets whose data events are not logged.")
                .nextSteps(
                        "Find out whose credentials these are and whether the owner uses a VPN or Tor. If not, disable"
                                + " them, and see which objects of the bucket were read or changed.")
                .technique("T1530")
                .needs(needs(from))
                .build();
    }

    private static String[] needs(String from) {
        return switch (from) {
            case OWN -> new String[] {"custom"};
            case TOR -> new String[] {"tor-exit"};
            default -> ListedCaller.attackingCategories();
        };
    }

    @Override
    public List<FindingType> types() {
        return List.of(DISCOVERY, DISCOVERY_CUSTOM, DISCOVERY_TOR, EXFILTRATION, IMPACT, ACCESS_CUSTOM, ACCESS_TOR);
    }

    @Override
    public Set<String> actions() {
        return Set.of();
    }

    @Override
    public Set<String> fieldActions() {
        return S3DataCalls.NAMES;
    }

    @Override
    public List<FieldPath> fields() {
        return List.of(BUCKET);
    }

    @Override
    public void observe(ApiCall call, Context context, Consumer<Signal> out) {
        if (!call.isS3Data()) {
            return;
        }
        CallerLists lists = CallerLists.of(call, context);
        if (lists.isEmpty()) {
            return;
        }
        boolean takes = ApiStyle.takesObject(call.action());
        boolean looks = !takes && ApiStyle.looks(call.action());
        signal(looks ? DISCOVERY : takes ? EXFILTRATION : IMPACT, lists.malicious(), call, context, out);
        signal(looks ? DISCOVERY_CUSTOM : ACCESS_CUSTOM, lists.custom(), call, context, out);
        signal(looks ? DISCOVERY_TOR : ACCESS_TOR, lists.torExit(), call, context, out);
    }

    private static void signal(FindingType type, List<Hit> hits, ApiCall call, Context context, Consumer<Signal> out) {
        if (!hits.isEmpty()) {
            out.accept(S3DataCalls.signal(type, call, context).listed(hits).build());
        }
    }
}
