package dev.tocsin.core.detect;

import dev.tocsin.core.credential.SignIn;
import dev.tocsin.core.credential.Where;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.function.Consumer;

/**
 * {@code UnauthorizedAccess:IAMUser/ConsoleLoginSuccess.B}, and our {@code …/FederatedLoginSuccess} for people whom another
 * directory vouches for: successful sign-ins from places of the world that are too far apart for their time.
 */
final class DistantSignIns implements SignInDetector {

    static final FindingType CONSOLE = type(
            "ConsoleLoginSuccess.B",
            "Console logins of user {user} came from several places of the world at about the same time.",
            FindingType.Feature.FOUNDATIONAL,
            "an IAM user or the root user signs in to the console");

    static final FindingType FEDERATED = type(
            "FederatedLoginSuccess",
            "Sign-ins of {user} came from several places of the world at about the same time.",
            FindingType.Feature.TOCSIN,
            "somebody signs in by the portal of IAM Identity Center, by SAML, or to the console in a federated session");

    private static FindingType type(String name, String title, FindingType.Feature feature, String who) {
        return FindingType.named("UnauthorizedAccess:IAMUser/" + name)
                .feature(feature)
                .severity(5)
                .texts(
                        title,
                        "{user} signed in by {api} from {address} and was at a place too far away for the time between, {apart}.")
                .firesWhen(who
                        + " from a network and country that are new to the person, while within the hours around they are"
                        + " at one that they used on three days or more: by distance over time (500 km and more, faster than"
                        + " 1,000 km an hour) where a file of cities is loaded, else in another country and network within half"
                        + " an hour.")
                .doesNotSee(
                        "people who are not elsewhere at that time (InitialAccess:IAMUser/AnomalousBehavior tells of their new"
                                + " networks), or only at an address that three people or more share, as of an office or VPN; places in the same country or network; networks that three people or more of the"
                                + " account use; the operator's own networks (--own-network); sign-ins that failed; web"
                                + " identities, which programs use.")
                .nextSteps(
                        "Ask the person on another channel whether both were them, and whether they use a VPN or a hosted"
                                + " desktop. If not, end their sessions, renew the password and MFA, and read all they did since.")
                .technique("T1078.004")
                .threshold("Where.FAR_KILOMETRES", Where.FAR_KILOMETRES, "km")
                .threshold("Where.SPEED", Where.SPEED, "km an hour")
                .threshold("Where.APART_SECONDS", Where.APART_SECONDS, "seconds")
                .build();
    }

    @Override
    public List<FindingType> types() {
        return List.of(CONSOLE, FEDERATED);
    }

    @Override
    public void observe(SignIn signIn, Context context, Consumer<Signal> out) {
        String name = name(signIn);
        String apart = signIn.kilometres() < 0
                ? "in another country and network (AS " + signIn.elsewhere() + ")"
                : signIn.kilometres() + " km away (AS " + signIn.elsewhere() + ")";
        out.accept(ApiCallSignal.of(signIn.person().user() ? CONSOLE : FEDERATED, signIn.call(), context)
                .subject(signIn.person().key())
                .fact("user", name)
                .fact("apart", apart + " within " + signIn.secondsApart() / 60 + " minutes")
                .additional("unusual", new Doc().with("userNames", List.of(name)))
                .additional(
                        "elsewhere",
                        new Doc()
                                .with("asn", Long.toString(signIn.elsewhere()))
                                .with("minutesApart", signIn.secondsApart() / 60)
                                .with("kilometres", signIn.kilometres() < 0 ? null : signIn.kilometres()))
                .build());
    }

    private static String name(SignIn signIn) {
        String key = signIn.person().key();
        return signIn.person().user()
                ? signIn.call().identity().displayName()
                : key.substring(key.lastIndexOf(' ') + 1);
    }
}
