package dev.tocsin.server.api.operation;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Operations;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.StoreException;
import org.jspecify.annotations.Nullable;

/** What a member does with invitations and with its administrator, which older calls name master (F70, F73). */
public final class Invitations {

    private static final String NONE =
            "The request is rejected because there is no invitation from that account, or it is no longer open.";

    private final Detectors detectors;
    private final Membership membership;

    /** Invitations to {@code detectors}' accounts. */
    public Invitations(Detectors detectors) {
        this.detectors = detectors;
        this.membership = detectors.membership();
    }

    /** Adds the operations of members. */
    public void register(Operations operations) {
        operations
                .on("ListInvitations", this::list)
                .on("GetInvitationsCount", this::count)
                .on("AcceptAdministratorInvitation", call -> accept(call, "administratorId"))
                .on("AcceptInvitation", call -> accept(call, "masterId"))
                .on("DeclineInvitations", this::decline)
                .on("DeleteInvitations", this::delete)
                .on("GetAdministratorAccount", call -> administrator(call, "administrator"))
                .on("GetMasterAccount", call -> administrator(call, "master"))
                .on("DisassociateFromAdministratorAccount", this::leave)
                .on("DisassociateFromMasterAccount", this::leave);
    }

    private Doc list(Call call) throws StoreException {
        Call.Caller caller = call.caller();
        return Pages.page(
                call,
                "invitations",
                membership.invitations(caller.account(), caller.region()),
                Resource::id,
                Invitations::shown);
    }

    private Doc count(Call call) throws StoreException {
        Call.Caller caller = call.caller();
        return new Doc()
                .with(
                        "invitationsCount",
                        membership.invitations(caller.account(), caller.region()).stream()
                                .filter(Invitations::isOpen)
                                .count());
    }

    private Doc accept(Call call, String from) throws StoreException {
        Resource detector = detectors.required(call);
        if (membership.administrator(detector.account(), detector.region()) != null) {
            throw ApiException.badRequest(
                    "The request is rejected because the current account is already a member of an administrator.");
        }
        if (membership.members(detector).stream().anyMatch(Membership::isAssociated)) {
            throw ApiException.badRequest("The request is rejected because the current account has members itself.");
        }
        Resource invitation = invitation(call, call.text(from));
        Resource member = invitation == null ? null : membership.otherEnd(invitation);
        if (invitation == null
                || member == null
                || !isOpen(invitation)
                || !call.text("invitationId").equals(invitation.document().text("invitationId"))) {
            throw ApiException.badRequest(NONE);
        }
        membership.become(member, Membership.ENABLED);
        return new Doc();
    }

    private Doc decline(Call call) throws StoreException {
        return Batch.over(call.texts("accountIds"), account -> {
            Resource invitation = invitation(call, account);
            Resource member = invitation == null || !isOpen(invitation) ? null : membership.otherEnd(invitation);
            if (member == null) {
                return NONE;
            }
            membership.become(member, Membership.RESIGNED);
            return null;
        });
    }

    private Doc delete(Call call) throws StoreException {
        return Batch.over(call.texts("accountIds"), account -> {
            Resource invitation = invitation(call, account);
            if (invitation == null || Membership.isJoined(invitation)) {
                return NONE;
            }
            membership.forget(invitation);
            return null;
        });
    }

    /** An empty object where there is none, although the schema calls it required: clients rely on it. */
    private Doc administrator(Call call, String member) throws StoreException {
        Resource detector = detectors.required(call);
        Resource administrator = membership.administrator(detector.account(), detector.region());
        return administrator == null ? new Doc() : new Doc().with(member, shown(administrator));
    }

    private Doc leave(Call call) throws StoreException {
        Resource detector = detectors.required(call);
        Resource administrator = membership.administrator(detector.account(), detector.region());
        Resource member = administrator == null ? null : membership.otherEnd(administrator);
        if (member == null) {
            throw ApiException.badRequest(ApiException.NOT_OWNED);
        }
        if (Membership.isOfOrganization(member)) {
            throw ApiException.badRequest(
                    "The request is rejected because a member of an organization cannot leave by itself.");
        }
        membership.become(member, Membership.RESIGNED);
        return new Doc();
    }

    private @Nullable Resource invitation(Call call, String from) throws StoreException {
        Call.Caller caller = call.caller();
        return membership.invitations(caller.account(), caller.region()).stream()
                .filter(invitation -> invitation.id().equals(from))
                .findFirst()
                .orElse(null);
    }

    private static boolean isOpen(Resource invitation) {
        return Membership.INVITED.equals(Membership.status(invitation));
    }

    private static Doc shown(Resource invitation) {
        return new Doc()
                .with("accountId", invitation.id())
                .with("invitationId", invitation.document().text("invitationId"))
                .with(Membership.STATUS, Membership.status(invitation))
                .with("invitedAt", invitation.document().text("invitedAt"));
    }
}
