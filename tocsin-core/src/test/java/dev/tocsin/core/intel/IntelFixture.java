package dev.tocsin.core.intel;

/** Snapshots for tests. */
final class IntelFixture {

    private IntelFixture() {}

    static Intelligence of(IndicatorList.Kind kind, long dated, Indicator... entries) {
        Intelligence.Builder builder = new Intelligence.Builder();
        add(builder, kind, dated, entries);
        return builder.build();
    }

    static void add(Intelligence.Builder builder, IndicatorList.Kind kind, long dated, Indicator... entries) {
        Section section = builder.begin();
        for (Indicator entry : entries) {
            section.add(entry);
        }
        section.commit(new IndicatorList(kind.wireName(), kind, dated, 0, "0"));
    }
}
