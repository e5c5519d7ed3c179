package dev.tocsin.server.deliver;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingDocument;
import dev.tocsin.server.deliver.form.AsffForm;
import dev.tocsin.server.deliver.form.OcsfForm;
import dev.tocsin.server.deliver.form.TextForm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Writes findings as messages.
 *
 * @param console where people look findings up, without a slash at the end
 */
record Rendering(AtomicReference<String> console) {

    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";

    /**
     * {@code finding} as a message.
     *
     * @param finding in the export form, with {@code tocsin}
     * @param id the message's
     */
    Message message(Format format, String id, Doc finding) {
        return new Message(
                id,
                text(finding, "id"),
                text(finding, "type"),
                text(finding, "title"),
                severity(finding),
                format == Format.TEXT ? TEXT : JSON,
                body(format, id, finding));
    }

    private String body(Format format, String id, Doc finding) {
        Doc plain = new Doc().withAll(finding).without("tocsin");
        return switch (format) {
            case GUARDDUTY -> plain.toJson();
            case GUARDDUTY_API -> FindingDocument.getFindings(plain).toJson();
            case EVENTBRIDGE -> event(id, plain).toJson();
            case OCSF -> OcsfForm.of(finding, id, link(finding)).toJson();
            case ASFF -> AsffForm.of(finding, link(finding)).toJson();
            case TEXT -> TextForm.text(finding, link(finding));
            case SLACK -> TextForm.slack(finding, link(finding)).toJson();
            case TEAMS -> TextForm.teams(finding, link(finding)).toJson();
        };
    }

    /** An event as EventBridge carries findings of GuardDuty (F40). */
    private static Doc event(String id, Doc finding) {
        String updated = text(finding, "updatedAt");
        int fraction = updated.indexOf('.');
        return new Doc()
                .with("version", "0")
                .with("id", uuid(id))
                .with("detail-type", "GuardDuty Finding")
                .with("source", "aws.guardduty")
                .with("account", finding.text("accountId"))
                .with("time", fraction < 0 ? updated : updated.substring(0, fraction) + "Z")
                .with("region", finding.text("region"))
                .with("resources", List.of())
                .with("detail", finding);
    }

    /** The same for the same message. */
    static String uuid(String id) {
        return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Where a person sees {@code finding}; of what is none of the store's, where all are. */
    String link(Doc finding) {
        String type = text(finding, "type");
        if (type.equals(Samples.TEST) || type.equals(Samples.DIGEST)) {
            return console.get() + "/#/findings";
        }
        return console.get() + "/#/findings/" + text(finding, "id");
    }

    static String text(Doc doc, String member) {
        String text = doc.text(member);
        return text == null ? "" : text;
    }

    static double severity(Doc finding) {
        return finding.get("severity") instanceof Number number ? number.doubleValue() : 0;
    }
}
