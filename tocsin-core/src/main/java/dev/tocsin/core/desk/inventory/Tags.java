package dev.tocsin.core.desk.inventory;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Tags of a resource: a list as describe answers give it, or single ones set and taken off. */
final class Tags {

    /** AWS's own limit of tags on a resource. */
    static final int MAX = 50;

    /** Member of a fact: all tags. */
    static final String ALL = "tags";

    /** Member of a fact: tags set beside those that were. */
    static final String SET = "tagsSet";

    /** Member of a fact: tags taken off. */
    static final String TAKEN_OFF = "tagsTakenOff";

    private Tags() {}

    /** {@code described} tags, of either spelling, in the words of findings. */
    static List<Doc> of(List<Doc> described) {
        return described.stream()
                .limit(MAX)
                .map(tag -> new Doc()
                        .with("key", Evidence.cut(Shape.text(tag, "Key")))
                        .with("value", Evidence.cut(Objects.requireNonNullElse(Shape.text(tag, "Value"), ""))))
                .toList();
    }

    /** Lays the members of {@code over} on {@code below}, single tags one by one. */
    static void lay(Doc below, Doc over) {
        for (Map.Entry<String, Object> member : over.members().entrySet()) {
            switch (member.getKey()) {
                case SET -> change(below, Shape.list(over, SET), true);
                case TAKEN_OFF -> change(below, Shape.list(over, TAKEN_OFF), false);
                default -> below.with(member.getKey(), member.getValue());
            }
        }
    }

    private static void change(Doc below, List<Doc> tags, boolean set) {
        List<Doc> now = new ArrayList<>(Shape.list(below, ALL));
        for (Doc tag : tags) {
            now.removeIf(old -> Objects.equals(old.text("key"), tag.text("key")));
            if (set && now.size() < MAX) {
                now.add(tag);
            }
        }
        below.with(ALL, now);
    }
}
