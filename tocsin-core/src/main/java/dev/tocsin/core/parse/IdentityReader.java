package dev.tocsin.core.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.event.Identity;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a userIdentity. */
final class IdentityReader {
    private @Nullable String type;
    private @Nullable String principalId;
    private @Nullable String arn;
    private @Nullable String accountId;
    private @Nullable String accessKeyId;
    private @Nullable String userName;
    private @Nullable String invokedBy;
    private @Nullable String issuerType;
    private @Nullable String issuerArn;
    private @Nullable String issuerPrincipalId;
    private @Nullable String issuerAccountId;
    private @Nullable String issuerUserName;
    private @Nullable String mfa;
    private long created;
    private @Nullable String assumedRoot;
    private @Nullable String sourceIdentity;
    private @Nullable String ec2RoleDelivery;
    private @Nullable String inScopeOf;
    private @Nullable String webIdentity;
    private @Nullable String behalfUser;

    /** Takes what a member says. */
    private interface Taker {
        void take(String name, JsonParser json) throws IOException;
    }

    private IdentityReader() {}

    /** The identity at the parser, which stands on its first token; anything but an object is nobody. */
    static Identity read(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return Identity.NONE;
        }
        IdentityReader reader = new IdentityReader();
        members(json, reader::identity);
        return reader.build();
    }

    private static void members(JsonParser json, Taker taker) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            taker.take(name, json);
        }
    }

    private void identity(String name, JsonParser json) throws IOException {
        switch (name) {
            case "type" -> type = Json.scalar(json);
            case "principalId" -> principalId = Json.scalar(json);
            case "arn" -> arn = Json.scalar(json);
            case "accountId" -> accountId = Accounts.normal(Json.scalar(json));
            case "accessKeyId" -> accessKeyId = Json.scalar(json);
            case "userName" -> userName = Json.scalar(json);
            case "invokedBy" -> invokedBy = Json.scalar(json);
            case "inScopeOf" -> inScopeOf = Json.text(json);
            case "sessionContext" -> members(json, this::session);
            case "onBehalfOf" -> members(json, this::behalf);
            default -> json.skipChildren();
        }
    }

    private void behalf(String name, JsonParser json) throws IOException {
        if (name.equals("userId")) {
            behalfUser = Json.scalar(json);
        } else {
            json.skipChildren();
        }
    }

    private void session(String name, JsonParser json) throws IOException {
        switch (name) {
            case "sessionIssuer" -> members(json, this::issuer);
            case "attributes" -> members(json, this::attributes);
            case "webIdFederationData" -> members(json, this::web);
            case "assumedRoot" -> assumedRoot = Json.scalar(json);
            case "sourceIdentity" -> sourceIdentity = Json.scalar(json);
            case "ec2RoleDelivery" -> ec2RoleDelivery = Json.scalar(json);
            default -> json.skipChildren();
        }
    }

    private void issuer(String name, JsonParser json) throws IOException {
        switch (name) {
            case "type" -> issuerType = Json.scalar(json);
            case "arn" -> issuerArn = Json.scalar(json);
            case "principalId" -> issuerPrincipalId = Json.scalar(json);
            case "accountId" -> issuerAccountId = Accounts.normal(Json.scalar(json));
            case "userName" -> issuerUserName = Json.scalar(json);
            default -> json.skipChildren();
        }
    }

    private void attributes(String name, JsonParser json) throws IOException {
        switch (name) {
            case "mfaAuthenticated" -> mfa = Json.scalar(json);
            case "creationDate" -> created = created(Json.scalar(json));
            default -> json.skipChildren();
        }
    }

    private void web(String name, JsonParser json) throws IOException {
        if (name.equals("federatedProvider")) {
            webIdentity = Json.scalar(json);
        } else {
            json.skipChildren();
        }
    }

    /** The creationDate {@code text} in epoch seconds, or 0. */
    static long created(@Nullable String text) {
        long at = text == null ? EventTime.NONE : EventTime.parse(text);
        return at == EventTime.NONE ? 0 : at;
    }

    private Identity build() {
        return new Identity(
                type,
                principalId == null ? behalfUser : principalId,
                arn,
                accountId,
                accessKeyId,
                userName,
                invokedBy,
                issuerType,
                issuerArn,
                issuerPrincipalId,
                issuerAccountId,
                issuerUserName,
                mfa,
                created,
                assumedRoot,
                sourceIdentity,
                ec2RoleDelivery,
                inScopeOf,
                webIdentity);
    }
}
