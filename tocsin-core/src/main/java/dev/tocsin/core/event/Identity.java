package dev.tocsin.core.event;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who called an API: the userIdentity of a CloudTrail record, as far as detection needs it. Equal identities of a log are one
 * object.
 *
 * @param type Root, IAMUser, AssumedRole, FederatedUser, AWSAccount, AWSService, IdentityCenterUser, ...; null if absent
 * @param principalId as it stands in the record; without one the user on whose behalf the call is made (onBehalfOf.userId)
 * @param arn of the user or the assumed-role session
 * @param accountId the account of the identity
 * @param accessKeyId the key the call was signed with
 * @param userName of the record
 * @param invokedBy the service that made the call for the identity
 * @param issuerType sessionContext.sessionIssuer.type
 * @param issuerArn sessionContext.sessionIssuer.arn
 * @param issuerPrincipalId sessionContext.sessionIssuer.principalId
 * @param issuerAccountId sessionContext.sessionIssuer.accountId
 * @param issuerUserName sessionContext.sessionIssuer.userName
 * @param mfaAuthenticated sessionContext.attributes.mfaAuthenticated, as text
 * @param sessionCreated sessionContext.attributes.creationDate in epoch seconds, or 0
 * @param assumedRoot sessionContext.assumedRoot, as text: a short-term root session made by sts:AssumeRoot
 * @param sourceIdentity sessionContext.sourceIdentity
 * @param ec2RoleDelivery sessionContext.ec2RoleDelivery: the metadata version that gave the credentials
 * @param inScopeOf inScopeOf as JSON text: the resource that the credentials were issued to
 * @param webIdentity sessionContext.webIdFederationData.federatedProvider
 */
public record Identity(
        @Nullable String type,
        @Nullable String principalId,
        @Nullable String arn,
        @Nullable String accountId,
        @Nullable String accessKeyId,
        @Nullable String userName,
        @Nullable String invokedBy,
        @Nullable String issuerType,
        @Nullable String issuerArn,
        @Nullable String issuerPrincipalId,
        @Nullable String issuerAccountId,
        @Nullable String issuerUserName,
        @Nullable String mfaAuthenticated,
        long sessionCreated,
        @Nullable String assumedRoot,
        @Nullable String sourceIdentity,
        @Nullable String ec2RoleDelivery,
        @Nullable String inScopeOf,
        @Nullable String webIdentity) {

    /** By hand, as it is asked for each record: equal identities of a log are mostly one object. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Identity that
                        && sessionCreated == that.sessionCreated
                        && Objects.equals(principalId, that.principalId)
                        && Objects.equals(accessKeyId, that.accessKeyId)
                        && Objects.equals(arn, that.arn)
                        && Objects.equals(type, that.type)
                        && Objects.equals(accountId, that.accountId)
                        && Objects.equals(userName, that.userName)
                        && Objects.equals(invokedBy, that.invokedBy)
                        && Objects.equals(mfaAuthenticated, that.mfaAuthenticated)
                        && Objects.equals(assumedRoot, that.assumedRoot)
                        && Objects.equals(sourceIdentity, that.sourceIdentity)
                        && Objects.equals(ec2RoleDelivery, that.ec2RoleDelivery)
                        && Objects.equals(inScopeOf, that.inScopeOf)
                        && Objects.equals(webIdentity, that.webIdentity)
                        && isSameIssuer(that));
    }

    private boolean isSameIssuer(Identity that) {
        return Objects.equals(issuerArn, that.issuerArn)
                && Objects.equals(issuerType, that.issuerType)
                && Objects.equals(issuerPrincipalId, that.issuerPrincipalId)
                && Objects.equals(issuerAccountId, that.issuerAccountId)
                && Objects.equals(issuerUserName, that.issuerUserName);
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hashCode(principalId) + Objects.hashCode(accessKeyId);
    }

    /** An identity of which nothing is known. */
    public static final Identity NONE = new Identity(
            null, null, null, null, null, null, null, null, null, null, null, null, null, 0, null, null, null, null,
            null);

    /** Whether the account's root user acts, by password, key or a short-term session. */
    public boolean isRoot() {
        return "Root".equals(type);
    }

    /**
     * The name that GuardDuty shows: the user's own, of a role session the role's, of root {@code Root}; else the
     * session's or nothing.
     */
    public String displayName() {
        if (userName != null) {
            return userName;
        }
        if (isRoot()) {
            return "Root";
        }
        if (issuerUserName != null) {
            return issuerUserName;
        }
        return arn == null ? "" : arn.substring(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1);
    }

    /** What makes two calls the same actor's: user ARN, role ARN (not the session), root, else principal or account. */
    public String actor() {
        if (issuerArn != null && "AssumedRole".equals(type)) {
            return issuerArn;
        }
        if (isRoot()) {
            return "root:" + accountId;
        }
        if (arn != null) {
            return arn;
        }
        return principalId != null ? principalId : String.valueOf(accountId);
    }
}
