package dev.tocsin.core.credential;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.event.Identity;
import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The resource that AWS issued credentials to.
 *
 * @param kind what it is
 * @param name an instance's id, a task's or function's ARN, or a task's session
 * @param proof how it is known
 */
public record Holder(Kind kind, String name, Proof proof) {

    /** What credentials are issued to. */
    public enum Kind {
        /** An EC2 instance. */
        INSTANCE,
        /** A container task of ECS. */
        TASK,
        /** A Lambda function. */
        FUNCTION
    }

    /** What tells that the credentials are a resource's. */
    public enum Proof {
        /** The record says how the instance's metadata service delivered them (ec2RoleDelivery). */
        DELIVERY,
        /** The record names the resource that they were issued to (inScopeOf). */
        SCOPE,
        /** The session is named like an instance, which anybody who assumes a role can do. */
        NAME
    }

    private static final JsonFactory JSON = new JsonFactory();

    /** Ids of instances, old and new; those of servers that Systems Manager registers begin otherwise. */
    private static final Pattern INSTANCE = Pattern.compile("i-[0-9A-Fa-f]{8}(?:[0-9A-Fa-f]{9})?");

    /** The resource whose credentials {@code who} is, or null if it is nobody's or an unknown kind's. */
    public static @Nullable Holder of(Identity who) {
        if (!"AssumedRole".equals(who.type()) || who.principalId() == null) {
            return null;
        }
        String session = who.principalId().substring(who.principalId().indexOf(':') + 1);
        if (who.inScopeOf() != null) {
            return scoped(who.inScopeOf(), session);
        }
        if (!INSTANCE.matcher(session).matches()) {
            return null;
        }
        return new Holder(Kind.INSTANCE, session, who.ec2RoleDelivery() == null ? Proof.NAME : Proof.DELIVERY);
    }

    private static @Nullable Holder scoped(String text, String session) {
        Doc scope = scope(text);
        String issuer = scope.text("issuerType");
        String arn = scope.text("credentialsIssuedTo");
        if (issuer == null) {
            return null;
        }
        if (issuer.equals("AWS::EC2::Instance")) {
            String id = arn == null ? session : arn.substring(arn.lastIndexOf('/') + 1);
            return INSTANCE.matcher(id).matches() ? new Holder(Kind.INSTANCE, id, Proof.SCOPE) : null;
        }
        String name = arn == null ? session : arn;
        if (issuer.startsWith("AWS::ECS::")) {
            return new Holder(Kind.TASK, name, Proof.SCOPE);
        }
        return issuer.startsWith("AWS::Lambda::") ? new Holder(Kind.FUNCTION, name, Proof.SCOPE) : null;
    }

    private static Doc scope(String text) {
        try (JsonParser json = JSON.createParser(text)) {
            return json.nextToken() == JsonToken.START_OBJECT ? Doc.read(json) : new Doc();
        } catch (IOException e) {
            return new Doc();
        }
    }
}
