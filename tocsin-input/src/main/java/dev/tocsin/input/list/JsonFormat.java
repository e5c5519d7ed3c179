package dev.tocsin.input.list;

import java.io.IOException;

/** A JSON feed: hands objects to the feed's layout. */
final class JsonFormat implements ListFormat {

    private final JsonLayout layout;

    JsonFormat(JsonLayout layout) {
        this.layout = layout;
    }

    @Override
    public String name() {
        return layout.name();
    }

    @Override
    public boolean fits(Head head) {
        return head.json() && layout.fits(head);
    }

    @Override
    public void read(ListSource source, Collector out) throws IOException {
        layout.begin(source.head(), out);
        JsonObjects.read(source, out, row -> layout.object(row, out));
    }
}
