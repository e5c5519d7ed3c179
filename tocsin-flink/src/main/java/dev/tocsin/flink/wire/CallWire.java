package dev.tocsin.flink.wire;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Caller;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.event.Identity;
import dev.tocsin.core.event.LogObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an API call travels: whole, with its planned fields at their full length. */
final class CallWire {

    private CallWire() {}

    static void write(ApiCall call, Texts.Writer out) throws IOException {
        out.origin(call.origin());
        out.number(call.at());
        out.hash(call.contentHash());
        out.text(call.account());
        out.text(call.region());
        out.text(call.eventId());
        out.text(call.service());
        out.text(call.action());
        Caller caller = call.caller();
        out.text(caller == null ? null : caller.text());
        out.text(call.userAgent());
        out.text(call.errorCode());
        out.text(call.eventType());
        out.number(call.category() == ApiCall.Category.DATA ? 1 : 0);
        Boolean readOnly = call.readOnly();
        out.number(readOnly == null ? -1 : readOnly ? 1 : 0);
        out.text(call.sharedEventId());
        out.text(call.vpcEndpointId());
        out.text(call.vpcEndpointOwner());
        identity(call.identity(), out);
        List<FieldPath> plan = call.plannedFields();
        out.number(plan.size());
        for (FieldPath path : plan) {
            out.text(path.text());
            out.text(call.field(path));
        }
    }

    private static void identity(Identity who, Texts.Writer out) throws IOException {
        for (String text : new @Nullable String[] {
            who.type(),
            who.principalId(),
            who.arn(),
            who.accountId(),
            who.accessKeyId(),
            who.userName(),
            who.invokedBy(),
            who.issuerType(),
            who.issuerArn(),
            who.issuerPrincipalId(),
            who.issuerAccountId(),
            who.issuerUserName(),
            who.mfaAuthenticated()
        }) {
            out.text(text);
        }
        out.number(who.sessionCreated());
        out.text(who.assumedRoot());
        out.text(who.sourceIdentity());
        out.text(who.ec2RoleDelivery());
        out.text(who.inScopeOf());
        out.text(who.webIdentity());
    }

    static Event read(LogObject object, Texts.Reader in) throws IOException {
        ApiCall.Draft draft = new ApiCall.Draft();
        draft.origin = in.origin(object);
        draft.at = in.number();
        draft.contentHash = in.hash();
        draft.account = in.need();
        draft.region = in.need();
        draft.eventId = in.need();
        draft.service = in.need();
        draft.action = in.need();
        String caller = in.text();
        draft.caller = caller == null ? null : Caller.of(caller);
        draft.userAgent = in.text();
        draft.errorCode = in.text();
        draft.eventType = in.text();
        draft.category = in.number() == 1 ? ApiCall.Category.DATA : ApiCall.Category.MANAGEMENT;
        long readOnly = in.number();
        draft.readOnly = readOnly < 0 ? null : Boolean.valueOf(readOnly == 1);
        draft.sharedEventId = in.text();
        draft.vpcEndpointId = in.text();
        draft.vpcEndpointOwner = in.text();
        draft.identity = identity(in);
        int fields = (int) in.number();
        List<FieldPath> plan = new ArrayList<>(fields);
        draft.values = new String[fields];
        for (int i = 0; i < fields; i++) {
            plan.add(FieldPath.of(in.need()));
            draft.values[i] = in.text();
        }
        draft.plan = plan;
        return draft.build();
    }

    private static Identity identity(Texts.Reader in) throws IOException {
        return new Identity(
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.number(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text());
    }
}
