package dev.tocsin.server.deliver.form;

import dev.tocsin.core.finding.Doc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A finding for people: title, what happened, one link. What comes from logs is {@link ChatText}; the link is ours. */
public final class TextForm {

    private TextForm() {}

    /**
     * The lines.
     *
     * @param head severity, title
     * @param facts what, where, when
     * @param link where the finding is seen
     */
    record Lines(String head, List<String> facts, String link) {}

    /** Lines of text, the last with the link. */
    public static String text(Doc finding, String link) {
        Lines lines = lines(finding, link);
        return lines.head() + "\n" + String.join("\n", lines.facts()) + "\n" + lines.link();
    }

    /** The same for an incoming webhook of Slack, in blocks of plain text beside the link. */
    public static Doc slack(Doc finding, String link) {
        Lines lines = lines(finding, link);
        List<Doc> blocks = new ArrayList<>();
        blocks.add(block(lines.head()));
        blocks.add(block(String.join("\n", lines.facts())));
        blocks.add(new Doc()
                .with("type", "section")
                .with(
                        "text",
                        new Doc().with("type", "mrkdwn").with("text", "<" + link + "|Open the finding in Tocsin>")));
        return new Doc()
                .with("text", lines.head().replace("&", "&amp;"))
                .with("unfurl_links", false)
                .with("unfurl_media", false)
                .with("blocks", blocks);
    }

    private static Doc block(String text) {
        return new Doc()
                .with("type", "section")
                .with(
                        "text",
                        new Doc().with("type", "plain_text").with("text", text).with("emoji", false));
    }

    /** The same for a workflow of Microsoft Teams: a message with an Adaptive Card. */
    public static Doc teams(Doc finding, String link) {
        Lines lines = lines(finding, link);
        List<Doc> body = new ArrayList<>();
        body.add(line(lines.head()).with("weight", "Bolder"));
        lines.facts().forEach(one -> body.add(line(one)));
        Doc card = new Doc()
                .with("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .with("type", "AdaptiveCard")
                .with("version", "1.4")
                .with("body", body)
                .with(
                        "actions",
                        List.of(new Doc()
                                .with("type", "Action.OpenUrl")
                                .with("title", "Open the finding in Tocsin")
                                .with("url", link)));
        return new Doc()
                .with("type", "message")
                .with(
                        "attachments",
                        List.of(new Doc()
                                .with("contentType", "application/vnd.microsoft.card.adaptive")
                                .with("content", card)));
    }

    private static Doc line(String text) {
        return new Doc().with("type", "TextBlock").with("wrap", true).with("text", text);
    }

    private static Lines lines(Doc finding, String link) {
        Facts facts = new Facts(finding);
        List<String> lines = new ArrayList<>();
        lines.add(ChatText.of(facts.text("description")));
        lines.add("Type: " + type(facts.text("type")));
        String affected = affected(facts);
        lines.add("Where: " + (affected.isEmpty() ? "" : ChatText.of(affected) + ", ") + "account "
                + ChatText.of(facts.text("accountId")) + ", " + ChatText.of(facts.text("region")));
        lines.add("When: " + seen(facts));
        Doc priority = finding.part("tocsin").part("priority");
        if (priority.text("level") != null) {
            lines.add("Look: " + ChatText.of(Facts.orEmpty(priority.text("level"))));
        }
        String head = "[" + facts.label() + "] " + ChatText.of(facts.text("title"));
        return new Lines(head, lines, link);
    }

    /** A type is ours, but rules may be named by anybody: its letters stay, all else is neutralised. */
    private static String type(String type) {
        return type.matches("[A-Za-z]+:[A-Za-z0-9]+/[A-Za-z0-9&.!-]+") ? type : ChatText.of(type);
    }

    private static String affected(Facts facts) {
        return facts.affected().stream()
                .collect(Collectors.toMap(
                        Facts.Affected::name, Facts.Affected::type, (one, other) -> one, java.util.LinkedHashMap::new))
                .entrySet()
                .stream()
                .map(TextForm::named)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String named(Map.Entry<String, String> one) {
        String kind = switch (one.getValue()) {
            case "AwsEc2Instance" -> "instance ";
            case "AwsS3Bucket" -> "bucket ";
            case "AwsLambdaFunction" -> "function ";
            case "AwsIamAccessKey" -> "identity ";
            default -> "";
        };
        return kind.isEmpty() ? "" : kind + one.getKey();
    }

    private static String seen(Facts facts) {
        Doc service = facts.service();
        long count = service.number("count", 1);
        String first = time(service.text("eventFirstSeen"));
        String last = time(service.text("eventLastSeen"));
        return count == 1 || first.equals(last) ? first : count + " times, " + first + " to " + last;
    }

    /** An ISO time without its fraction; whatever is no time is text from logs. */
    private static String time(@org.jspecify.annotations.Nullable String time) {
        String text = Facts.orEmpty(time);
        return Facts.millis(text) > 0 ? text.replaceAll("\\.\\d+Z$", "Z") : ChatText.of(text);
    }
}
