package dev.tocsin.core.identity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Caller;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.event.Identity;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.Origin;
import dev.tocsin.core.traffic.SharedValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How the envelope of a call is written into state entries; what calls of an entry share stands there once. */
public final class CallCodec {

    private static final int TEXTS = 32;

    private CallCodec() {}

    /**
     * Writes {@code call}.
     *
     * @param longest characters kept of a field's value
     * @param room characters of fields that the entry may still take; a call whose fields take more is written without
     * @return the room that is left
     */
    public static int write(ApiCall call, Map<Object, Integer> written, int longest, int room, JsonGenerator out)
            throws IOException {
        SharedValues.object(call.origin().object(), written, out);
        for (String text : texts(call)) {
            SharedValues.text(text, written, out);
        }
        out.writeNumber(call.origin().position());
        out.writeNumber(call.at());
        out.writeNumber(call.contentHash());
        out.writeNumber(call.identity().sessionCreated());
        out.writeNumber(call.category() == ApiCall.Category.DATA ? 1 : 0);
        out.writeNumber(call.readOnly() == null ? -1 : call.readOnly() ? 1 : 0);
        return fields(call, written, longest, room, out);
    }

    private static int fields(ApiCall call, Map<Object, Integer> written, int longest, int room, JsonGenerator out)
            throws IOException {
        List<FieldPath> paths = call.plannedFields();
        List<@Nullable String> values = new ArrayList<>();
        int size = 0;
        for (FieldPath path : paths) {
            String value = call.field(path);
            values.add(value == null || value.length() <= longest ? value : value.substring(0, longest + 1));
            size += value == null ? 0 : Math.min(value.length(), longest);
        }
        boolean fits = size <= room;
        out.writeNumber(fits ? paths.size() : 0);
        for (int i = 0; fits && i < paths.size(); i++) {
            SharedValues.text(paths.get(i).text(), written, out);
            SharedValues.text(values.get(i), written, out);
        }
        return fits ? room - size : room;
    }

    private static @Nullable String[] texts(ApiCall call) {
        Identity who = call.identity();
        return new @Nullable String[] {
            call.account(),
            call.region(),
            call.eventId(),
            call.service(),
            call.action(),
            call.caller() == null ? null : call.caller().text(),
            call.userAgent(),
            call.errorCode(),
            call.eventType(),
            call.sharedEventId(),
            call.vpcEndpointId(),
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
            who.mfaAuthenticated(),
            who.assumedRoot(),
            who.sourceIdentity(),
            who.ec2RoleDelivery(),
            who.inScopeOf(),
            who.webIdentity(),
            call.vpcEndpointOwner(),
            null,
            null
        };
    }

    /** Reads what {@link #write} wrote; the parser stands at the object. */
    public static ApiCall read(List<Object> known, JsonParser in) throws IOException {
        LogObject object = (LogObject) Objects.requireNonNull(SharedValues.read(known, in), "a call's object");
        @Nullable String[] t = new String[TEXTS];
        for (int i = 0; i < TEXTS; i++) {
            in.nextToken();
            t[i] = (String) SharedValues.read(known, in);
        }
        ApiCall.Draft draft = new ApiCall.Draft();
        draft.origin = new Origin(object, in.nextLongValue(0));
        draft.at = in.nextLongValue(0);
        draft.contentHash = in.nextLongValue(0);
        long created = in.nextLongValue(0);
        draft.category = in.nextIntValue(0) == 1 ? ApiCall.Category.DATA : ApiCall.Category.MANAGEMENT;
        int readOnly = in.nextIntValue(-1);
        draft.readOnly = readOnly < 0 ? null : Boolean.valueOf(readOnly == 1);
        int fields = in.nextIntValue(0);
        List<FieldPath> plan = new ArrayList<>();
        draft.values = new String[fields];
        for (int i = 0; i < fields; i++) {
            in.nextToken();
            plan.add(FieldPath.of(String.valueOf(SharedValues.read(known, in))));
            in.nextToken();
            draft.values[i] = (String) SharedValues.read(known, in);
        }
        draft.plan = List.copyOf(plan);
        draft.account = String.valueOf(t[0]);
        draft.region = String.valueOf(t[1]);
        draft.eventId = String.valueOf(t[2]);
        draft.service = String.valueOf(t[3]);
        draft.action = String.valueOf(t[4]);
        draft.caller = t[5] == null ? null : Caller.of(t[5]);
        draft.userAgent = t[6];
        draft.errorCode = t[7];
        draft.eventType = t[8];
        draft.sharedEventId = t[9];
        draft.vpcEndpointId = t[10];
        draft.vpcEndpointOwner = t[29];
        draft.identity = new Identity(
                t[11], t[12], t[13], t[14], t[15], t[16], t[17], t[18], t[19], t[20], t[21], t[22], t[23], created,
                t[24], t[25], t[26], t[27], t[28]);
        return draft.build();
    }
}
