package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.detect.Context;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.identity.AccountDays;
import dev.tocsin.core.identity.Feature;
import dev.tocsin.core.identity.Profile;
import dev.tocsin.core.identity.Unusual;
import dev.tocsin.core.identity.Usual;
import dev.tocsin.core.identity.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * On which days an account's identities used what, and what it is called. A name is written once, when its value is new to
 * the account, and goes with it.
 */
final class AccountUse {

    private static final String ONLY = "";
    private static final long DAY = 86_400;

    private static final StateKind<AccountDays> DAYS = new StateKind<>("accountDays", 1, new StateKind.Codec<>() {
        @Override
        public void write(AccountDays days, JsonGenerator out) throws IOException {
            days.write(out);
        }

        @Override
        public AccountDays read(JsonParser in, int version) throws IOException {
            return AccountDays.read(in);
        }
    });

    /** By {@link AccountDays#name}: what the value is called. */
    private static final StateKind<String> NAME = new StateKind<>("valueName", 1, new StateKind.Codec<>() {
        @Override
        public void write(String name, JsonGenerator out) throws IOException {
            out.writeString(name);
        }

        @Override
        public String read(JsonParser in, int version) throws IOException {
            return String.valueOf(in.nextTextValue());
        }
    });

    private static final Pattern API = Pattern.compile("\\.amazonaws\\.com$");

    /** Longest name kept, in characters: user names have 64, names of APIs are shorter. */
    private static final int LONGEST_NAME = 128;

    private final CallerNetworks networks;

    AccountUse(CallerNetworks networks) {
        this.networks = networks;
    }

    /** Notes what {@code call} used on {@code day}, but for what is disputed in {@code profile}. */
    void note(ApiCall call, Values values, Profile profile, long day, KeyContext key, Context context) {
        AccountDays known = key.get(DAYS, ONLY);
        AccountDays days = known == null ? new AccountDays() : known;
        Noting noting = new Noting(days, day, key);
        for (Feature feature : Feature.OF_CALLS) {
            long value = values.of(feature);
            if (!profile.isDisputed(feature, value, day)) {
                noting.mark(feature, value, () -> text(feature, call, context));
            }
        }
        String name = call.identity().displayName();
        noting.mark(Feature.USER_NAME, name.hashCode(), () -> name);
        String type = String.valueOf(call.identity().type());
        noting.mark(Feature.USER_TYPE, type.hashCode(), () -> userType(type));
        if (noting.changed) {
            key.put(DAYS, ONLY, days);
        }
    }

    private static final class Noting {
        private final AccountDays days;
        private final long day;
        private final KeyContext key;
        private boolean changed;

        Noting(AccountDays days, long day, KeyContext key) {
            this.days = days;
            this.day = day;
            this.key = key;
        }

        void mark(Feature feature, long value, Supplier<String> text) {
            if (days.isMarked(feature, value, day)) {
                return;
            }
            changed = true;
            boolean fresh = days.mark(feature, value, day);
            days.takeGone().forEach(gone -> key.remove(NAME, gone));
            if (fresh) {
                String name = text.get();
                key.put(
                        NAME,
                        AccountDays.name(feature, value),
                        name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME));
            }
        }
    }

    private String text(Feature feature, ApiCall call, Context context) {
        return switch (feature) {
            case API -> API.matcher(call.service()).replaceFirst("") + ":" + call.action();
            case NETWORK -> networks.name(call, context);
            case AGENT -> Values.agent(call);
            case REGION -> call.region();
            case BUCKET, USER_TYPE, USER_NAME -> throw new IllegalArgumentException("no part of a call: " + feature);
        };
    }

    /** {@code ASSUMED_ROLE} of {@code AssumedRole}, as GuardDuty lists kinds of identities. */
    private static String userType(String type) {
        return type.replaceAll("(?<=[a-z]|IAM|AWS|SAML)(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }

    /** What is usual where {@code unusual} came. */
    Usual usual(Unusual unusual, Values values, Profile profile, KeyContext key, Context context) {
        AccountDays known = key.get(DAYS, ONLY);
        ApiCall call = unusual.call();
        String name = call.identity().displayName();
        String type = String.valueOf(call.identity().type());
        List<Usual.Came> apis = new ArrayList<>();
        apis.add(new Usual.Came(values.api(), call.action()));
        unusual.apis().forEach(api -> apis.add(new Usual.Came(Values.api(api.service(), api.action()), api.action())));
        Map<Feature, List<Usual.Came>> came = new EnumMap<>(Map.of(
                Feature.API, apis,
                Feature.NETWORK, one(values.network(), networks.name(call, context)),
                Feature.AGENT, one(values.agent(), unusual.agent()),
                Feature.REGION, one(values.region(), call.region()),
                Feature.USER_NAME, one(name.hashCode(), name),
                Feature.USER_TYPE, one(type.hashCode(), userType(type))));
        return Usual.of(
                profile,
                known == null ? new AccountDays() : known,
                came,
                Math.floorDiv(call.at(), DAY),
                kept -> name(kept, key));
    }

    /** What the value is called that has that {@link AccountDays#name}; null if it is forgotten. */
    static @Nullable String name(String name, KeyContext key) {
        return key.get(NAME, name);
    }

    private static List<Usual.Came> one(long value, String text) {
        return List.of(new Usual.Came(value, text));
    }
}
