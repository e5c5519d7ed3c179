package dev.tocsin.server.api.operation;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Operations;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an administrator does with its members, which are accounts of this installation (F70 to F74). */
public final class Members {

    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final String NO_MEMBER =
            "The request is rejected because the account is not a member of the current account.";

    private final Detectors detectors;
    private final Membership membership;
    private final Organization organization;
    private final Ids ids;

    /** Members of {@code detectors}' accounts. */
    public Members(Detectors detectors, Organization organization, Ids ids) {
        this.detectors = detectors;
        this.membership = detectors.membership();
        this.organization = organization;
        this.ids = ids;
    }

    /** Adds the operations on members. */
    public void register(Operations operations) {
        operations
                .on("CreateMembers", this::create)
                .on("InviteMembers", this::invite)
                .on("GetMembers", this::get)
                .on("ListMembers", this::list)
                .on("DisassociateMembers", this::disassociate)
                .on("DeleteMembers", this::delete)
                .on("StartMonitoringMembers", call -> monitor(call, true))
                .on("StopMonitoringMembers", call -> monitor(call, false))
                .on("GetMemberDetectors", this::getDetectors)
                .on("UpdateMemberDetectors", this::updateDetectors);
    }

    private Doc create(Call call) throws StoreException {
        Map<String, String> emails = new LinkedHashMap<>();
        Features.docs(call.input(), "accountDetails")
                .forEach(detail -> emails.put(String.valueOf(detail.text("accountId")), detail.text("email")));
        Resource detector = administering(call);
        return Batch.over(List.copyOf(emails.keySet()), account -> create(detector, account, emails.get(account)));
    }

    private @Nullable String create(Resource detector, String account, @Nullable String email) throws StoreException {
        if (!ACCOUNT.matcher(account).matches()) {
            return "The request is rejected because the account ID is no account's.";
        }
        if (account.equals(detector.account())) {
            return "The request is rejected because the account is the administrator itself.";
        }
        Resource old = membership.member(detector, account);
        if (old != null && Membership.isAssociated(old)) {
            return "The request is rejected because the account is already an associated member of the current account.";
        }
        Doc document = new Doc().with("email", email);
        Resource member = new Resource(detector.account(), detector.region(), Membership.MEMBER, account, document);
        if (organization.has(detector, account)) {
            return organization.join(detector, member)
                    ? null
                    : "The request is rejected because the account is a member of another account.";
        }
        membership.become(member, Membership.CREATED);
        return null;
    }

    private Doc invite(Call call) throws StoreException {
        Resource detector = administering(call);
        return Batch.over(call.texts("accountIds"), account -> {
            Resource member = membership.member(detector, account);
            if (member == null) {
                return NO_MEMBER;
            }
            if (Membership.isJoined(member)) {
                return "The request is rejected because the account is already an associated member.";
            }
            Doc document = new Doc()
                    .withAll(member.document())
                    .with("invitationId", ids.next())
                    .with("invitedAt", membership.now());
            membership.become(member.with(document), Membership.INVITED);
            return null;
        });
    }

    private Doc get(Call call) throws StoreException {
        Resource detector = detectors.required(call);
        List<Doc> members = new ArrayList<>();
        Doc answer = onMembers(detector, call, member -> {
            members.add(shown(member));
            return null;
        });
        return new Doc().with("members", members).withAll(answer);
    }

    private Doc list(Call call) throws StoreException {
        String only = call.text("onlyAssociated");
        if (!List.of("", "true", "false").contains(only)) {
            throw ApiException.invalid("onlyAssociated", "Expected true or false.");
        }
        List<Resource> members = membership.members(detectors.required(call)).stream()
                .filter(member -> only.equals("false") || Membership.isAssociated(member))
                .toList();
        Doc page = Pages.page(call, "members", members, Resource::id, Resource::id);
        List<Doc> shown = new ArrayList<>();
        for (Resource member : members) {
            if (page.get("members") instanceof List<?> listed && listed.contains(member.id())) {
                shown.add(shown(member));
            }
        }
        return page.with("members", shown);
    }

    private Doc shown(Resource member) throws StoreException {
        Doc document = member.document();
        Resource detector = Membership.isJoined(member) ? detectors.of(member.id(), member.region()) : null;
        return new Doc()
                .with("accountId", member.id())
                .with("detectorId", detector == null ? null : detector.id())
                .with("masterId", member.account())
                .with("administratorId", member.account())
                .with("email", document.text("email"))
                .with(Membership.STATUS, Membership.status(member))
                .with("invitedAt", document.text("invitedAt"))
                .with("updatedAt", document.text("updatedAt"));
    }

    private Doc disassociate(Call call) throws StoreException {
        Resource detector = detectors.required(call);
        organization.refuseUnderAll(detector);
        return onMembers(detector, call, member -> {
            if (!Membership.isAssociated(member)) {
                return "The request is rejected because the account is not associated with the current account.";
            }
            membership.become(member, Membership.REMOVED);
            return null;
        });
    }

    private Doc delete(Call call) throws StoreException {
        Resource detector = detectors.required(call);
        organization.refuseUnderAll(detector);
        return onMembers(detector, call, member -> {
            membership.remove(member);
            return null;
        });
    }

    private Doc monitor(Call call, boolean on) throws StoreException {
        Resource detector = detectors.required(call);
        if (!on) {
            organization.refuseUnderAll(detector);
        }
        return onMembers(detector, call, member -> {
            Resource theirs = Membership.isJoined(member) ? detectors.of(member.id(), member.region()) : null;
            if (theirs == null) {
                return "The request is rejected because the account has not joined, or has no detector here.";
            }
            detectors.change(theirs, new Doc().with("enable", on));
            membership.become(member, on ? Membership.ENABLED : Membership.DISABLED);
            return null;
        });
    }

    private Doc getDetectors(Call call) throws StoreException {
        Resource detector = detectors.required(call);
        List<Doc> members = new ArrayList<>();
        Doc answer = onDetectors(detector, call, theirs -> {
            Features features = Features.of(theirs.document());
            members.add(new Doc()
                    .with("accountId", theirs.account())
                    .with("dataSources", features.dataSources())
                    .with("features", features.optionalDocs()));
            return null;
        });
        return new Doc().with("members", members).withAll(answer);
    }

    private Doc updateDetectors(Call call) throws StoreException {
        Doc input = call.input();
        Doc change = new Doc().with("dataSources", input.at("dataSources")).with("features", input.get("features"));
        Features.atFirst().changed(change, 0); // wrong features are a fault of the call, not of an account
        return onDetectors(detectors.required(call), call, theirs -> {
            detectors.change(theirs, change);
            return null;
        });
    }

    private interface With {
        @Nullable
        String with(Resource resource) throws StoreException;
    }

    private Doc onMembers(Resource detector, Call call, With with) throws StoreException {
        return Batch.over(call.texts("accountIds"), account -> {
            Resource member = membership.member(detector, account);
            return member == null ? NO_MEMBER : with.with(member);
        });
    }

    private Doc onDetectors(Resource detector, Call call, With with) throws StoreException {
        return onMembers(detector, call, member -> {
            Resource theirs = Membership.isJoined(member) ? detectors.of(member.id(), member.region()) : null;
            return theirs == null
                    ? "The request is rejected because the account has not joined, or has no detector here."
                    : with.with(theirs);
        });
    }

    private Resource administering(Call call) throws StoreException {
        Resource detector = detectors.required(call);
        if (membership.administrator(detector.account(), detector.region()) != null) {
            throw ApiException.badRequest(
                    "The request is rejected because the current account is itself a member of an administrator.");
        }
        return detector;
    }
}
