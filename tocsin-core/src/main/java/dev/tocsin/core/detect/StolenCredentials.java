package dev.tocsin.core.detect;

import dev.tocsin.core.credential.Holder;
import dev.tocsin.core.credential.Place;
import dev.tocsin.core.credential.Stolen;
import dev.tocsin.core.credential.Theft;
import dev.tocsin.core.event.Caller;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * {@code UnauthorizedAccess:IAMUser/…} with {@code InstanceCredentialExfiltration} and {@code ResourceCredentialExfiltration},
 * {@code .OutsideAWS} and {@code .InsideAWS}: credentials that AWS issued to an instance, task or function, used elsewhere.
 */
public final class StolenCredentials implements CredentialDetector {

    /** The fact that names the public address they are used from; absent where it is an endpoint's private one. */
    public static final String ADDRESS = "remoteAddress";

    /** The fact that names the instance they were issued to. */
    public static final String INSTANCE = "instance";

    /** The fact that names a role which only the session's name says to be an instance's: the desk asks the inventory. */
    public static final String ROLE_IN_QUESTION = "roleInQuestion";

    static final FindingType INSTANCE_OUTSIDE = type("Instance", "an EC2 instance", true);
    static final FindingType INSTANCE_INSIDE = type("Instance", "an EC2 instance", false);
    static final FindingType RESOURCE_OUTSIDE = type("Resource", "a Lambda function or an ECS task", true);
    static final FindingType RESOURCE_INSIDE = type("Resource", "an ECS task", false);

    /** Severity where the other account is the operator's, or unknown (finding-types; issue: at most Medium). */
    private static final double MEDIUM = 5;

    private static final Set<FindingType> TYPES =
            Set.of(INSTANCE_OUTSIDE, INSTANCE_INSIDE, RESOURCE_OUTSIDE, RESOURCE_INSIDE);

    private static FindingType type(String family, String of, boolean outside) {
        String where = outside ? "a host outside of AWS" : "another AWS account or an unknown host in AWS";
        return FindingType.named("UnauthorizedAccess:IAMUser/" + family + "CredentialExfiltration."
                        + (outside ? "OutsideAWS" : "InsideAWS"))
                .severity(8)
                .texts(
                        "Credentials of {holder} were used from {where}.",
                        "Credentials that AWS issued to {holder} for role {user} were used to call {api} from {address}: {why}.")
                .firesWhen(
                        "credentials that AWS issued to " + of + " are used from " + where
                                + (outside
                                        ? ": a public address that neither AWS's published ranges nor Amazon's networks hold, from"
                                                + " which the role does not call habitually."
                                        : ": through a VPC endpoint of an account that is none of the operator's, from an address"
                                                + " that another account's principals used before, or from an unknown address"
                                                + " of AWS while credentials as old as these are used at the resource's usual one."))
                .doesNotSee(
                        "calls that AWS services make; private addresses and endpoints of the account; the operator's own"
                                + " networks (--own-network) and addresses of the inventory; "
                                + (outside
                                        ? "addresses of which neither the ASN table nor AWS's ranges know anything; an address that is"
                                                + " the only one of three holders or more (the way out of a network); a place from"
                                                + " which the role called on seven days."
                                        : "the first address that a resource ever used; addresses that others of the account used on"
                                                + " earlier days, or three within two hours; the account's first week; functions,"
                                                + " whose addresses change with each environment; thieves behind the same NAT"
                                                + " gateway."))
                .nextSteps(
                        "Ask who works with the resource's credentials from there: a way out of your own network is named"
                                + " with --own-network. If nobody does, end the role's sessions, look at all they did since, and find"
                                + " out how the credentials left the resource (metadata requests, environment, a shell).")
                .technique("T1552.005")
                .threshold("Theft.LEARNED_DAYS", Theft.LEARNED_DAYS, "days")
                .threshold("Theft.SHARED", Theft.SHARED, "holders")
                .build();
    }

    /** Whether the desk must ask the inventory before signals of {@code type} are heard. */
    public static boolean decides(FindingType type) {
        return TYPES.contains(type);
    }

    @Override
    public List<FindingType> types() {
        return List.of(INSTANCE_OUTSIDE, INSTANCE_INSIDE, RESOURCE_OUTSIDE, RESOURCE_INSIDE);
    }

    @Override
    public void observe(Stolen stolen, Context context, Consumer<Signal> out) {
        Holder holder = stolen.holder();
        Place place = stolen.place();
        boolean instance = holder.kind() == Holder.Kind.INSTANCE;
        boolean outside = place.kind() == Place.Kind.OUTSIDE;
        FindingType type =
                instance ? outside ? INSTANCE_OUTSIDE : INSTANCE_INSIDE : outside ? RESOURCE_OUTSIDE : RESOURCE_INSIDE;
        ApiCallSignal signal = ApiCallSignal.of(type, stolen.call(), context)
                .aggregation(holder.name())
                .severity(isSure(stolen) ? type.severity() : MEDIUM)
                .fact("holder", named(holder))
                .fact("where", outside ? "outside of AWS" : "elsewhere in AWS")
                .fact("why", why(stolen))
                .additional("credentials", credentials(stolen))
                .additional("remote", remote(stolen));
        if (stolen.account() != null) {
            signal.remoteAccount(stolen.account(), stolen.affiliated());
        }
        if (instance) {
            signal.fact(INSTANCE, holder.name());
        }
        Caller caller = stolen.call().caller();
        if (place.kind() != Place.Kind.ENDPOINT && caller != null && caller.address() != null) {
            signal.fact(ADDRESS, caller.address().toString());
        }
        if (!stolen.proven()) {
            signal.fact(ROLE_IN_QUESTION, stolen.call().identity().issuerArn());
        }
        out.accept(signal.build());
    }

    private static boolean isSure(Stolen stolen) {
        return stolen.place().kind() == Place.Kind.OUTSIDE
                ? !stolen.place().unsure()
                : stolen.account() != null && !stolen.affiliated();
    }

    private static String named(Holder holder) {
        return switch (holder.kind()) {
            case INSTANCE -> "instance " + holder.name();
            case TASK -> "ECS task " + holder.name();
            case FUNCTION -> "Lambda function " + holder.name();
        };
    }

    private static String why(Stolen stolen) {
        if (stolen.place().kind() == Place.Kind.OUTSIDE) {
            return "an address " + stolen.place().told();
        }
        if (stolen.account() == null) {
            return "an address " + stolen.place().told()
                    + ", owner unknown, while the credentials are used at their usual place too";
        }
        return (stolen.place().kind() == Place.Kind.ENDPOINT ? stolen.place().told() : "an address") + " of "
                + (stolen.affiliated() ? "affiliated account " : "account ") + stolen.account();
    }

    private static Doc credentials(Stolen stolen) {
        Holder holder = stolen.holder();
        String told = switch (holder.proof()) {
            case DELIVERY -> "ec2RoleDelivery " + stolen.call().identity().ec2RoleDelivery();
            case SCOPE -> "inScopeOf";
            case NAME ->
                stolen.proven()
                        ? "session named like the instance, and EC2 took the role for an instance"
                        : "session named like the instance, and the role is in an instance profile";
        };
        return new Doc()
                .with("issuedTo", holder.name())
                .with("toldBy", told)
                .with("certainty", holder.proof() == Holder.Proof.NAME ? "likely" : "certain")
                .with("otherPlaces", stolen.others());
    }

    private static Doc remote(Stolen stolen) {
        Place place = stolen.place();
        return new Doc()
                .with("toldBy", place.told())
                .with("owner", place.kind() == Place.Kind.OUTSIDE ? null : owner(stolen))
                .with("awsRangesAgeDays", place.rangesAge() < 0 ? null : place.rangesAge())
                .with("confidence", place.unsure() ? "low: AWS's ranges are old or undated" : null);
    }

    private static String owner(Stolen stolen) {
        return stolen.account() == null ? "owner unknown" : stolen.account();
    }
}
