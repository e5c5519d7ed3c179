package dev.tocsin.core.identity;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Identity;
import org.jspecify.annotations.Nullable;

/**
 * Whose habits a call belongs to (design: Decisions): the user; the role and not its session; root; of roles that people
 * share through AWS's single sign-on, the person.
 *
 * @param key what its profile is kept under
 * @param peers whom it is compared with
 * @param serviceLinked whether AWS acts by it for itself
 */
public record Actor(String key, Peers peers, boolean serviceLinked) {

    /** Actors of one kind, who are alike more than others are. */
    public enum Peers {
        /** People: root, federated users, sign-ins through AWS's single sign-on. */
        PEOPLE(0),
        /** IAM users, of people or programs. */
        USERS(1),
        /** Roles, mostly of programs. */
        ROLES(2);

        private final int number;

        Peers(int number) {
            this.number = number;
        }

        /** Its number in state entries, which never changes; 0 to 2. */
        int number() {
            return number;
        }
    }

    private static final String SIGN_ON = ":role/aws-reserved/sso.amazonaws.com/";
    private static final String SERVICE_LINKED = ":role/aws-service-role/";

    /** Who made {@code call}; null for AWS's services and for callers of other accounts, who have no profile here. */
    public static @Nullable Actor of(ApiCall call) {
        Identity identity = call.identity();
        String type = identity.type();
        if (type == null || "AWSService".equals(type) || "AWSAccount".equals(type)) {
            return null;
        }
        String issuer = identity.issuerArn();
        if (issuer != null && "AssumedRole".equals(type)) {
            return issuer.contains(SIGN_ON)
                    ? new Actor(issuer + "/" + session(identity), Peers.PEOPLE, false)
                    : new Actor(issuer, Peers.ROLES, issuer.contains(SERVICE_LINKED));
        }
        return new Actor(identity.actor(), "IAMUser".equals(type) ? Peers.USERS : Peers.PEOPLE, false);
    }

    private static String session(Identity identity) {
        String arn = String.valueOf(identity.arn());
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}
