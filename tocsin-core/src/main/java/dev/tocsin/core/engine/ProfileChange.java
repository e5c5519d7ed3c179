package dev.tocsin.core.engine;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.identity.Profile;
import dev.tocsin.core.identity.ProfileView;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants changed in the profile of an identity.
 *
 * @param account whose identity it is
 * @param principal what the profile is kept under
 * @param action what is to become of it
 * @param values of {@link Action#ACCEPT}: which disputed values; empty for all
 */
public record ProfileChange(String account, String principal, Action action, List<Value> values) {

    /** What is to become of a profile. */
    public enum Action {
        /** It is deleted: the identity begins anew. */
        FORGET,
        /** Its disputed values are habit from now on. */
        ACCEPT
    }

    /** A value, as {@link IdentityProfiles#shown} names it. */
    public record Value(String feature, String text) {}

    /** Changes the state of the account, which is {@code key}. */
    public void applyTo(KeyContext key) {
        switch (action) {
            case FORGET -> key.remove(IdentityProfiles.KIND, principal);
            case ACCEPT -> {
                Profile profile = key.get(IdentityProfiles.KIND, principal);
                if (profile != null) {
                    profile.accept(names(profile, key));
                    key.put(IdentityProfiles.KIND, principal, profile);
                }
            }
        }
    }

    private Set<String> names(Profile profile, KeyContext key) {
        return ProfileView.of(profile).disputed().stream()
                .filter(one -> values.isEmpty()
                        || values.contains(
                                new Value(one.feature().plural(), String.valueOf(AccountUse.name(one.name(), key)))))
                .map(ProfileView.Disputed::name)
                .collect(Collectors.toSet());
    }

    /** It as a document. */
    public Doc toDoc() {
        return new Doc()
                .with("account", account)
                .with("principal", principal)
                .with("action", action.name())
                .with(
                        "values",
                        values.stream()
                                .map(value -> new Doc()
                                        .with("feature", value.feature())
                                        .with("text", value.text()))
                                .toList());
    }

    /** The change that {@link #toDoc} wrote. */
    public static ProfileChange of(Doc doc) {
        return new ProfileChange(
                String.valueOf(doc.text("account")),
                String.valueOf(doc.text("principal")),
                Action.valueOf(String.valueOf(doc.text("action"))),
                values(doc.get("values")));
    }

    private static List<Value> values(@Nullable Object list) {
        return list instanceof List<?> values
                ? values.stream()
                        .map(value -> (Doc) value)
                        .map(value ->
                                new Value(String.valueOf(value.text("feature")), String.valueOf(value.text("text"))))
                        .toList()
                : List.of();
    }
}
