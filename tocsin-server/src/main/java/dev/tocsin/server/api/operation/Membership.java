package dev.tocsin.server.api.operation;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Times;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.store.StoreTransaction;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is a member of whom (F70 to F74), kept at both ends of the relation and written together: at the administrator's a
 * {@link #MEMBER} by the member's account, at the member's an {@link #ADMINISTRATOR} by the administrator's account.
 */
public final class Membership {

    /** The kind of a member, at its administrator's. */
    static final String MEMBER = "member";

    /** The kind of an administrator or an invitation, at the member's. */
    static final String ADMINISTRATOR = "administrator";

    /** In the document of both: how it stands between them, in GuardDuty's words (F71). */
    static final String STATUS = "relationshipStatus";

    /** In the document of both: whether the organization made it, which a member cannot leave by itself. */
    static final String ORGANIZATION = "organization";

    static final String CREATED = "Created";
    static final String INVITED = "Invited";
    static final String ENABLED = "Enabled";
    static final String DISABLED = "Disabled";
    static final String REMOVED = "Removed";
    static final String RESIGNED = "Resigned";

    private static final Set<String> JOINED = Set.of(ENABLED, DISABLED);
    private static final Set<String> ASSOCIATED = Set.of(INVITED, ENABLED, DISABLED);
    private static final Set<String> KNOWN_TO_MEMBER = Set.of(INVITED, ENABLED, DISABLED, RESIGNED);

    private final Store store;
    private final InstantSource clock;

    Membership(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Whose findings {@code detector} shows: its own account's, and its members' (F74). */
    public Set<String> shown(Resource detector) throws StoreException {
        Set<String> accounts = new LinkedHashSet<>();
        accounts.add(detector.account());
        members(detector).stream()
                .filter(Membership::isJoined)
                .map(Resource::id)
                .forEach(accounts::add);
        return accounts;
    }

    /** All members of {@code detector}'s account, associated or not, in the order of adding. */
    List<Resource> members(Resource detector) throws StoreException {
        return store.resources(detector.account(), detector.region(), MEMBER);
    }

    @Nullable
    Resource member(Resource detector, String account) throws StoreException {
        return store.resource(detector.account(), detector.region(), MEMBER, account);
    }

    /** The administrators that invited {@code account}, in the order of inviting. */
    List<Resource> invitations(String account, String region) throws StoreException {
        return store.resources(account, region, ADMINISTRATOR);
    }

    /** The administrator that {@code account} has joined, or null. */
    @Nullable
    Resource administrator(String account, String region) throws StoreException {
        return invitations(account, region).stream()
                .filter(Membership::isJoined)
                .findFirst()
                .orElse(null);
    }

    /** The member at the other end of {@code invitation}, or null. */
    @Nullable
    Resource otherEnd(Resource invitation) throws StoreException {
        return store.resource(invitation.id(), invitation.region(), MEMBER, invitation.account());
    }

    static String status(Resource end) {
        return String.valueOf(end.document().text(STATUS));
    }

    static boolean isJoined(Resource end) {
        return JOINED.contains(status(end));
    }

    /** Whether it is invited or has joined. */
    static boolean isAssociated(Resource end) {
        return ASSOCIATED.contains(status(end));
    }

    static boolean isOfOrganization(Resource end) {
        return Boolean.TRUE.equals(end.document().get(ORGANIZATION));
    }

    /** Sets how it stands between {@code member} and its administrator, at both ends. */
    void become(Resource member, String status) throws StoreException {
        Resource changed = member.with(
                new Doc().withAll(member.document()).with(STATUS, status).with("updatedAt", now()));
        store.write(transaction -> keep(transaction, changed));
    }

    /** Forgets {@code member} at both ends. */
    void remove(Resource member) throws StoreException {
        store.write(transaction -> {
            transaction.removeResource(member.account(), member.region(), MEMBER, member.id());
            transaction.removeResource(member.id(), member.region(), ADMINISTRATOR, member.account());
        });
    }

    /** Forgets {@code invitation} at the member's; its administrator sees that the member resigned. */
    void forget(Resource invitation) throws StoreException {
        Resource member = otherEnd(invitation);
        if (member != null && isAssociated(member)) {
            become(member, RESIGNED);
        }
        store.write(transaction ->
                transaction.removeResource(invitation.account(), invitation.region(), ADMINISTRATOR, invitation.id()));
    }

    private static void keep(StoreTransaction transaction, Resource member) throws IOException {
        transaction.resource(member);
        String status = status(member);
        if (KNOWN_TO_MEMBER.contains(status)) {
            Doc invitation = new Doc()
                    .with("invitationId", member.document().text("invitationId"))
                    .with("invitedAt", member.document().text("invitedAt"))
                    .with(ORGANIZATION, member.document().get(ORGANIZATION))
                    .with(STATUS, status);
            transaction.resource(
                    new Resource(member.id(), member.region(), ADMINISTRATOR, member.account(), invitation));
        } else {
            transaction.removeResource(member.id(), member.region(), ADMINISTRATOR, member.account());
        }
    }

    String now() {
        return Times.isoMillis(clock.millis());
    }
}
