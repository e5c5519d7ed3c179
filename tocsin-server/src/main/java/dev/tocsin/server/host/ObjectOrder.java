package dev.tocsin.server.host;

import dev.tocsin.input.container.ObjectKey;
import dev.tocsin.server.source.SourceObject;
import java.util.Comparator;
import java.util.List;

/** The order in which objects are processed: the time that AWS writes into their names, else their last change. */
final class ObjectOrder {

    /**
     * An object in its place.
     *
     * @param object the object
     * @param key what its name says
     * @param time delivery time from the name, else its last change, epoch seconds
     */
    record Placed(SourceObject object, ObjectKey key, long time) {}

    private ObjectOrder() {}

    static List<Placed> sort(List<SourceObject> objects) {
        return objects.stream()
                .map(ObjectOrder::place)
                .sorted(Comparator.comparingLong(Placed::time).thenComparing(placed -> fileName(placed.object())))
                .toList();
    }

    private static Placed place(SourceObject object) {
        ObjectKey key = ObjectKey.parse(object.name());
        return new Placed(object, key, key.deliveredAt() == Long.MAX_VALUE ? object.modifiedAt() : key.deliveredAt());
    }

    private static String fileName(SourceObject object) {
        return object.name().substring(object.name().lastIndexOf('/') + 1);
    }
}
