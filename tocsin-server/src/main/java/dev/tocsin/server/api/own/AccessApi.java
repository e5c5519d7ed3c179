package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Times;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Handler;
import dev.tocsin.server.api.Role;
import dev.tocsin.server.api.operation.Organization;
import dev.tocsin.server.security.AccessKeys;
import dev.tocsin.server.security.Users;
import dev.tocsin.server.store.StoreException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code /tocsin/v1/keys} and {@code …/users}: who may come in, as {@code tocsin keys} and {@code tocsin users} have it. The
 * management account has all, another account its own. Nobody can end the key or user that the request itself comes with.
 */
final class AccessApi {

    private static final Set<Role> ADMINISTRATORS = EnumSet.of(Role.ADMINISTRATOR);
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final String USER = "user/";

    private final AccessKeys keys;
    private final Users users;
    private final Organization.Accounts accounts;
    private final WatchedWrites writes;

    AccessApi(AccessKeys keys, Users users, Organization.Accounts accounts, WatchedWrites writes) {
        this.keys = keys;
        this.users = users;
        this.accounts = accounts;
        this.writes = writes;
    }

    void addTo(OwnApi api) {
        api.on("GET keys", ADMINISTRATORS, (caller, request) -> keys(caller))
                .on("POST keys", ADMINISTRATORS, this::createKey)
                .on("POST keys/*/disable", ADMINISTRATORS, this::disableKey)
                .on("GET users", ADMINISTRATORS, (caller, request) -> users(caller))
                .on("POST users", ADMINISTRATORS, this::createUser)
                .on("POST users/*/password", ADMINISTRATORS, this::password)
                .on("POST users/*/disable", ADMINISTRATORS, this::disableUser);
    }

    private boolean has(Call.Caller caller, String account) throws StoreException {
        return account.equals(caller.account()) || caller.account().equals(accounts.management());
    }

    private ApiAnswer keys(Call.Caller caller) throws StoreException {
        List<Doc> shown = new ArrayList<>();
        for (AccessKeys.Listed key : keys.list()) {
            if (has(caller, key.account())) {
                shown.add(shown("id", key.id(), key.account(), key.role(), key.enabled(), key.createdAt()));
            }
        }
        return OwnAnswers.json(200, new Doc().with("keys", shown));
    }

    private ApiAnswer users(Call.Caller caller) throws StoreException {
        List<Doc> shown = new ArrayList<>();
        for (Users.Listed user : users.list()) {
            if (has(caller, user.account())) {
                shown.add(shown("name", user.name(), user.account(), user.role(), user.enabled(), user.createdAt()));
            }
        }
        return OwnAnswers.json(200, new Doc().with("users", shown));
    }

    private static Doc shown(String named, String name, String account, Role role, boolean enabled, long createdAt) {
        return new Doc()
                .with(named, name)
                .with("accountId", account)
                .with("role", role.text())
                .with("enabled", enabled)
                .with("createdAt", Times.iso(createdAt));
    }

    private ApiAnswer createKey(Call.Caller caller, ApiRequest request) throws StoreException {
        Doc body = OwnAnswers.body(request, "accountId", "role");
        String account = account(caller, body);
        Role role = role(body);
        Doc asked = new Doc().with("accountId", account).with("role", role.text());
        return OwnAnswers.json(201, write("CreateKey", caller, request, asked, call -> {
            AccessKeys.Fresh fresh = keys.create(account, role);
            return new Doc()
                    .with("id", fresh.id())
                    .with("secretAccessKey", fresh.secret())
                    .with("accountId", account)
                    .with("role", role.text());
        }));
    }

    private ApiAnswer disableKey(Call.Caller caller, ApiRequest request) throws StoreException {
        String id = name(request);
        AccessKeys.Listed key = keys.find(id);
        require(key != null && has(caller, key.account()), "There is no enabled key " + id + ".");
        notOneself(caller, id);
        write("DisableKey", caller, request, new Doc().with("name", id), call -> {
            keys.disable(id);
            return new Doc();
        });
        return keys(caller);
    }

    private ApiAnswer createUser(Call.Caller caller, ApiRequest request) throws StoreException {
        Doc body = OwnAnswers.body(request, "name", "accountId", "role", "password");
        String account = account(caller, body);
        Role role = role(body);
        String name = text(body, "name");
        String password = text(body, "password");
        Doc asked = new Doc().with("name", name).with("accountId", account).with("role", role.text());
        write("CreateUser", caller, request, asked, call -> {
            try {
                users.create(name, account, role, password);
            } catch (IllegalArgumentException e) {
                throw ApiException.badRequest("The user cannot be made: " + e.getMessage() + ".");
            }
            return new Doc();
        });
        return users(caller);
    }

    private ApiAnswer password(Call.Caller caller, ApiRequest request) throws StoreException {
        String name = name(request);
        requireUser(caller, name);
        String password = text(OwnAnswers.body(request), "password");
        write("ChangePassword", caller, request, new Doc().with("name", name), call -> {
            try {
                users.password(name, password);
            } catch (IllegalArgumentException e) {
                throw ApiException.badRequest("The password will not do: " + e.getMessage() + ".");
            }
            return new Doc();
        });
        return users(caller);
    }

    private ApiAnswer disableUser(Call.Caller caller, ApiRequest request) throws StoreException {
        String name = name(request);
        requireUser(caller, name);
        notOneself(caller, USER + name);
        write("DisableUser", caller, request, new Doc().with("name", name), call -> {
            users.disable(name);
            return new Doc();
        });
        return users(caller);
    }

    private void requireUser(Call.Caller caller, String name) throws StoreException {
        Users.Listed user = users.find(name);
        require(user != null && has(caller, user.account()), "There is no enabled user " + name + ".");
    }

    private static void require(boolean there, String otherwise) {
        if (!there) {
            throw ApiException.notFound(otherwise);
        }
    }

    private static void notOneself(Call.Caller caller, String principal) {
        if (caller.principal().equals(principal)) {
            throw ApiException.conflict("This request comes with " + principal + ": another administrator can end it.");
        }
    }

    private String account(Call.Caller caller, Doc body) throws StoreException {
        String account = body.text("accountId") == null ? caller.account() : text(body, "accountId");
        if (!ACCOUNT.matcher(account).matches()) {
            throw ApiException.invalid("accountId", "Expected 12 digits.");
        }
        if (!has(caller, account)) {
            throw ApiException.accessDenied("Only the management account makes keys and users of other accounts.");
        }
        return account;
    }

    private static Role role(Doc body) {
        try {
            return Role.of(text(body, "role"));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("role", "Expected administrator, reader or, of a key, ingest.");
        }
    }

    private static String text(Doc body, String member) {
        @Nullable String text = body.text(member);
        if (text == null || text.isEmpty()) {
            throw ApiException.invalid(member, "Expected a text.");
        }
        return text;
    }

    private static String name(ApiRequest request) {
        String[] parts = request.rawPath().split("/", -1);
        return URLDecoder.decode(parts[parts.length - 2].replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private Doc write(String action, Call.Caller caller, ApiRequest request, Doc asked, Handler handler)
            throws StoreException {
        return writes.run(new Call(action, caller, asked), request.peer(), handler);
    }
}
