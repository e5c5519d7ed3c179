package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Times;
import dev.tocsin.core.identity.Feature;
import dev.tocsin.core.identity.Label;
import dev.tocsin.core.identity.Profile;
import dev.tocsin.core.identity.ProfileView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The profiles of an account's identities, for those who look at them and change them beside the engine. */
public final class IdentityProfiles {

    /** By {@link dev.tocsin.core.identity.Actor#key}. */
    public static final StateKind<Profile> KIND = new StateKind<>("profile", 1, new StateKind.Codec<>() {
        @Override
        public void write(Profile profile, JsonGenerator out) throws IOException {
            profile.write(out);
        }

        @Override
        public Profile read(JsonParser in, int version) throws IOException {
            return Profile.read(in);
        }
    });

    private static final long DAY = 86_400;

    private IdentityProfiles() {}

    /** How old and how wide the profile of {@code principal} is; null if there is none. */
    public static @Nullable Doc summary(String principal, KeyContext key) {
        Profile profile = key.get(KIND, principal);
        return profile == null ? null : summary(principal, ProfileView.of(profile));
    }

    private static Doc summary(String principal, ProfileView view) {
        return new Doc()
                .with("principal", principal)
                .with("activeDays", view.activeDays())
                .with("lastDay", date(view.day()))
                .with("usualValues", view.used().size())
                .with("disputedValues", view.disputed().size());
    }

    /** All of the profile of {@code principal}, its last day included; null if there is none. */
    public static @Nullable Doc shown(String principal, KeyContext key) {
        Profile profile = key.get(KIND, principal);
        if (profile == null) {
            return null;
        }
        ProfileView view = ProfileView.of(profile);
        List<Doc> usual = new ArrayList<>();
        for (ProfileView.Used one : view.used()) {
            usual.add(value(one.feature(), one.name(), key)
                    .with("days", one.days())
                    .with("label", Label.of(one.days()).name()));
        }
        List<Doc> disputed = new ArrayList<>();
        for (ProfileView.Disputed one : view.disputed()) {
            disputed.add(value(one.feature(), one.name(), key).with("until", date(one.until())));
        }
        return summary(principal, view).with("usual", usual).with("disputed", disputed);
    }

    private static Doc value(Feature feature, String name, KeyContext key) {
        return new Doc().with("feature", feature.plural()).with("text", AccountUse.name(name, key));
    }

    private static String date(long day) {
        return Times.iso(day * DAY).substring(0, 10);
    }
}
