package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.detect.Context;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.identity.AccountDays;
import dev.tocsin.core.identity.BucketUse;
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

    private static final StateKind<AccountDays> DAYS = days("accountDays");
    private static final StateKind<String> NAMES = names("valueName");
    private static final StateKind<AccountDays> BUCKET_DAYS = days("bucketAccountDays");
    private static final StateKind<String> BUCKET_NAMES = names("bucketValueName");

    private static final FieldPath BUCKET = FieldPath.of("requestParameters.bucketName");

    private static final Pattern API = Pattern.compile("\\.amazonaws\\.com$");

    /** Longest name kept, in characters: user names have 64, names of APIs are shorter. */
    private static final int LONGEST_NAME = 128;

    private final StateKind<AccountDays> days;

    /** By {@link AccountDays#name}: what the value is called. */
    private final StateKind<String> names;

    private final CallerNetworks networks;

    private AccountUse(StateKind<AccountDays> days, StateKind<String> names, CallerNetworks networks) {
        this.days = days;
        this.names = names;
        this.networks = networks;
    }

    /** What all calls of identities use. */
    static AccountUse ofCalls(CallerNetworks networks) {
        return new AccountUse(DAYS, NAMES, networks);
    }

    /** What calls about buckets use. */
    static AccountUse ofBuckets(CallerNetworks networks) {
        return new AccountUse(BUCKET_DAYS, BUCKET_NAMES, networks);
    }

    private static StateKind<AccountDays> days(String name) {
        return new StateKind<>(name, 1, new StateKind.Codec<>() {
            @Override
            public void write(AccountDays days, JsonGenerator out) throws IOException {
                days.write(out);
            }

            @Override
            public AccountDays read(JsonParser in, int version) throws IOException {
                return AccountDays.read(in);
            }
        });
    }

    private static StateKind<String> names(String name) {
        return new StateKind<>(name, 1, new StateKind.Codec<>() {
            @Override
            public void write(String text, JsonGenerator out) throws IOException {
                out.writeString(text);
            }

            @Override
            public String read(JsonParser in, int version) throws IOException {
                return String.valueOf(in.nextTextValue());
            }
        });
    }

    /** Notes what {@code call} used on {@code day}, but for what is disputed in {@code profile}. */
    void note(ApiCall call, Values values, Profile profile, long day, KeyContext key, Context context) {
        AccountDays known = key.get(days, ONLY);
        AccountDays used = known == null ? new AccountDays() : known;
        Noting noting = new Noting(used, day, key);
        for (Feature feature : values.features()) {
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
            key.put(days, ONLY, used);
        }
    }

    private final class Noting {
        private final AccountDays used;
        private final long day;
        private final KeyContext key;
        private boolean changed;

        Noting(AccountDays used, long day, KeyContext key) {
            this.used = used;
            this.day = day;
            this.key = key;
        }

        void mark(Feature feature, long value, Supplier<String> text) {
            if (used.isMarked(feature, value, day)) {
                return;
            }
            changed = true;
            boolean fresh = used.mark(feature, value, day);
            used.takeGone().forEach(gone -> key.remove(names, gone));
            if (fresh) {
                String name = text.get();
                key.put(
                        names,
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
            case BUCKET -> String.valueOf(call.field(BUCKET));
            case USER_TYPE, USER_NAME -> throw new IllegalArgumentException("no part of a call: " + feature);
        };
    }

    /** {@code ASSUMED_ROLE} of {@code AssumedRole}, as GuardDuty lists kinds of identities. */
    private static String userType(String type) {
        return type.replaceAll("(?<=[a-z]|IAM|AWS|SAML)(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }

    /**
     * What is usual where {@code call} came.
     *
     * @param apis unusual ones that came with it
     * @param bucket what is known of the bucket that it is about, or null
     */
    Usual usual(
            ApiCall call,
            Values values,
            List<Unusual.Api> apis,
            Profile profile,
            @Nullable BucketUse bucket,
            KeyContext key,
            Context context) {
        AccountDays known = key.get(days, ONLY);
        String name = call.identity().displayName();
        String type = String.valueOf(call.identity().type());
        List<Usual.Came> asked = new ArrayList<>();
        asked.add(new Usual.Came(values.api(), call.action()));
        apis.forEach(api -> asked.add(new Usual.Came(Values.api(api.service(), api.action()), api.action())));
        Map<Feature, List<Usual.Came>> came = new EnumMap<>(Feature.class);
        for (Feature feature : values.features()) {
            String text = feature == Feature.API ? "" : text(feature, call, context);
            came.put(feature, feature == Feature.API ? asked : one(values.of(feature), text));
        }
        came.put(Feature.USER_NAME, one(name.hashCode(), name));
        came.put(Feature.USER_TYPE, one(type.hashCode(), userType(type)));
        return Usual.of(
                profile,
                known == null ? new AccountDays() : known,
                bucket,
                came,
                Math.floorDiv(call.at(), DAY),
                kept -> key.get(names, kept));
    }

    /** What the value is called that has that {@link AccountDays#name}; null if it is forgotten. */
    static @Nullable String name(String name, KeyContext key) {
        return key.get(NAMES, name);
    }

    private static List<Usual.Came> one(long value, String text) {
        return List.of(new Usual.Came(value, text));
    }
}
