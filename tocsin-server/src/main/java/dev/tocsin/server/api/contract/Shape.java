package dev.tocsin.server.api.contract;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A structure, or a union, of which exactly one member is set. */
public final class Shape {

    private final String name;
    private final boolean union;
    private final List<Member> members;
    private final Map<String, Member> byWire;

    Shape(String name, boolean union, List<Member> members) {
        this.name = name;
        this.union = union;
        this.members = List.copyOf(members);
        this.byWire = members.stream().collect(Collectors.toUnmodifiableMap(Member::wire, Function.identity()));
    }

    /** Its name in the model. */
    public String name() {
        return name;
    }

    /** Whether exactly one member is set. */
    public boolean isUnion() {
        return union;
    }

    /** In the model's order. */
    public List<Member> members() {
        return members;
    }

    /** The member that JSON calls {@code wire}, or null. */
    public @Nullable Member member(String wire) {
        return byWire.get(wire);
    }
}
