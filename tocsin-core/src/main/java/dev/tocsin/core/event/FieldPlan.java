package dev.tocsin.core.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which fields below the envelope are taken from which API calls: the sum of what detectors declare. */
public final class FieldPlan {

    /** A plan that takes nothing. */
    public static final FieldPlan NONE = new FieldPlan(Map.of());

    private static final List<FieldPath> NOTHING = List.of();

    private final Map<String, List<FieldPath>> byAction;

    private FieldPlan(Map<String, List<FieldPath>> byAction) {
        this.byAction = byAction;
    }

    /** The fields to take from calls named {@code action} (API date suffix already off). */
    public List<FieldPath> fields(String action) {
        return byAction.getOrDefault(action, NOTHING);
    }

    /** A plan from several declarations, added up. */
    public static final class Builder {
        private final Map<String, List<FieldPath>> byAction = new HashMap<>();

        /** Takes {@code fields} from each call named in {@code actions}. */
        public Builder take(Collection<String> actions, Collection<FieldPath> fields) {
            for (String action : actions) {
                List<FieldPath> planned = byAction.computeIfAbsent(action, ignored -> new ArrayList<>());
                fields.stream().filter(field -> !planned.contains(field)).forEach(planned::add);
            }
            return this;
        }

        /** The finished plan. */
        public FieldPlan build() {
            Map<String, List<FieldPath>> copy = new HashMap<>();
            byAction.forEach((action, fields) -> copy.put(action, List.copyOf(fields)));
            return new FieldPlan(copy);
        }
    }
}
