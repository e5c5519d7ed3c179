package dev.tocsin.server.api.own;

import dev.tocsin.core.engine.AccountFunction;
import dev.tocsin.core.engine.IdentityProfiles;
import dev.tocsin.core.engine.ProfileChange;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Role;
import dev.tocsin.server.api.operation.AccountsSeen;
import dev.tocsin.server.api.operation.ProfileChanges;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code /tocsin/v1/profiles}: what identities usually do; an administrator may have a profile forgotten, or what led to a
 * finding accepted as usual. Changes wait in the store for the engine, which makes them at its next checkpoint.
 */
final class ProfilesApi {

    private static final int PAGE = 100;
    private static final int MOST_VALUES = 64;
    private static final Set<Role> ADMINISTRATORS = EnumSet.of(Role.ADMINISTRATOR);
    private static final List<String> PARAMETERS = List.of("account", "principal", "after");
    private static final String ACCOUNT = "account";
    private static final String PRINCIPAL = "principal";

    private final Store store;
    private final AccountsSeen seen;
    private final WatchedWrites writes;
    private final ProfileChanges changes;

    ProfilesApi(Store store, AccountsSeen seen, WatchedWrites writes, ProfileChanges changes) {
        this.store = store;
        this.seen = seen;
        this.writes = writes;
        this.changes = changes;
    }

    void addTo(OwnApi api) {
        api.on("GET profiles", OwnApi.READERS, this::show)
                .on("DELETE profiles", ADMINISTRATORS, this::forget)
                .on("POST profiles/accept", ADMINISTRATORS, this::accept);
    }

    private ApiAnswer show(Call.Caller caller, ApiRequest request) throws StoreException {
        Map<String, String> asked = OwnAnswers.parameters(request, PARAMETERS);
        String account = account(caller, asked.get(ACCOUNT));
        String principal = asked.get(PRINCIPAL);
        StoredKey key = new StoredKey(store.state(), AccountFunction.NAME, account);
        return principal == null
                ? list(account, asked.getOrDefault("after", ""), key)
                : OwnAnswers.json(
                        200,
                        found(IdentityProfiles.shown(principal, key), principal).with("accountId", account));
    }

    private static ApiAnswer list(String account, String after, StoredKey key) throws StoreException {
        List<String> page = key.names(IdentityProfiles.KIND).stream()
                .filter(name -> name.compareTo(after) > 0)
                .sorted()
                .limit(PAGE)
                .toList();
        return OwnAnswers.json(
                200,
                new Doc()
                        .with("accountId", account)
                        .with(
                                "profiles",
                                page.stream()
                                        .map(name -> IdentityProfiles.summary(name, key))
                                        .filter(Objects::nonNull)
                                        .toList())
                        .with("after", page.size() == PAGE ? page.getLast() : null));
    }

    private static Doc found(@Nullable Doc profile, String principal) {
        if (profile == null) {
            throw ApiException.notFound("There is no profile of " + principal + ".");
        }
        return profile;
    }

    private ApiAnswer forget(Call.Caller caller, ApiRequest request) throws StoreException {
        Map<String, String> asked = OwnAnswers.parameters(request, PARAMETERS);
        return change(
                caller,
                request,
                "ForgetProfile",
                new ProfileChange(
                        account(caller, asked.get(ACCOUNT)),
                        required(asked.get(PRINCIPAL)),
                        ProfileChange.Action.FORGET,
                        List.of()));
    }

    private ApiAnswer accept(Call.Caller caller, ApiRequest request) throws StoreException {
        Doc body = OwnAnswers.body(request);
        ProfileChange change = new ProfileChange(
                account(caller, body.text(ACCOUNT)),
                required(body.text(PRINCIPAL)),
                ProfileChange.Action.ACCEPT,
                values(body));
        return change(caller, request, "AcceptAsUsual", change);
    }

    private static List<ProfileChange.Value> values(Doc body) {
        Object values = body.get("values");
        if (values == null) {
            return List.of();
        }
        if (!(values instanceof List<?> list) || list.isEmpty() || list.size() > MOST_VALUES) {
            throw ApiException.invalid("values", "Expected a list of 1 to " + MOST_VALUES + " values.");
        }
        return list.stream().map(ProfilesApi::value).toList();
    }

    private static ProfileChange.Value value(@Nullable Object value) {
        if (value instanceof Doc doc) {
            String feature = doc.text("feature");
            String text = doc.text("text");
            if (feature != null && text != null) {
                return new ProfileChange.Value(feature, text);
            }
        }
        throw ApiException.invalid("values", "Expected feature and text of each, as GET profiles shows them.");
    }

    /** Writes the change down for the engine, which is known to have the profile. */
    private ApiAnswer change(Call.Caller caller, ApiRequest request, String name, ProfileChange change)
            throws StoreException {
        Call call = new Call(name, caller, change.toDoc());
        Doc answer = writes.run(call, request.peer(), asked -> {
            StoredKey key = new StoredKey(store.state(), AccountFunction.NAME, change.account());
            Doc profile = found(IdentityProfiles.summary(change.principal(), key), change.principal());
            changes.add(change);
            return profile.with("accountId", change.account());
        });
        return OwnAnswers.json(202, answer);
    }

    private String account(Call.Caller caller, @Nullable String asked) throws StoreException {
        String account = asked == null ? caller.account() : asked;
        if (!seen.by(caller.account()).test(account)) {
            throw ApiException.accessDenied("Account " + account + " is none of " + caller.account() + "'s.");
        }
        return account;
    }

    private static String required(@Nullable String principal) {
        if (principal == null || principal.isEmpty()) {
            throw ApiException.invalid(PRINCIPAL, "Expected what GET profiles lists.");
        }
        return principal;
    }
}
