package dev.tocsin.core.credential;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Identity;
import org.jspecify.annotations.Nullable;

/**
 * The person behind a sign-in or a call.
 *
 * @param key who: a user's ARN, root, or the name that a federated person signs in with
 * @param user whether it is an IAM user or root; else somebody whom another directory vouches for
 * @param signIn whether the call is a sign-in that succeeded; else it only shows where the person is
 */
public record Person(String key, boolean user, boolean signIn) {

    private static final String SIGN_ON = ":role/aws-reserved/sso.amazonaws.com/";
    private static final String CONSOLE = "ConsoleLogin";
    private static final String SAML = "AssumeRoleWithSAML";
    private static final String PORTAL = "UserAuthentication";
    /** Who made {@code call}, or null for programs and whoever cannot be told; sign-ins that fail are not asked about. */
    public static @Nullable Person of(ApiCall call) {
        String type = call.identity().type();
        if (type == null) {
            return null;
        }
        return switch (type) {
            case "IAMUser", "Root" -> user(call);
            case "AssumedRole" -> session(call);
            case "SAMLUser" -> saml(call);
            case "IdentityCenterUser" -> portal(call);
            default -> null;
        };
    }

    /** A user's long-lived key is a program's as often as a person's; a session is what a sign-in gives. */
    private static @Nullable Person user(ApiCall call) {
        Identity who = call.identity();
        if (call.action().equals(CONSOLE)) {
            return new Person(who.actor(), true, true);
        }
        String key = who.accessKeyId();
        return key != null && key.startsWith("ASIA") ? new Person(who.actor(), true, false) : null;
    }

    private static @Nullable Person session(ApiCall call) {
        Identity who = call.identity();
        boolean signIn = call.action().equals(CONSOLE);
        boolean person = signIn || (who.issuerArn() != null && who.issuerArn().contains(SIGN_ON));
        String name = who.principalId();
        return person && name != null && name.indexOf(':') > 0
                ? new Person(federated(name.substring(name.indexOf(':') + 1)), false, signIn)
                : null;
    }

    private static @Nullable Person saml(ApiCall call) {
        String name = call.identity().userName();
        return name != null && call.action().equals(SAML) && !call.failed()
                ? new Person(federated(name), false, true)
                : null;
    }

    private static @Nullable Person portal(ApiCall call) {
        String id = call.identity().principalId();
        return id != null && call.action().equals(PORTAL) ? new Person("identity center " + id, false, true) : null;
    }

    private static String federated(String name) {
        return "federated " + name;
    }
}
