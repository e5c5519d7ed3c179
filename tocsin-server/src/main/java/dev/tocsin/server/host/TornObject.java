package dev.tocsin.server.host;

import dev.tocsin.server.source.SourceDown;

/**
 * A source went down within an object of which records are in the state already. Only the last checkpoint holds whole
 * objects: the analysis is to go on from there.
 */
public final class TornObject extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TornObject(SourceDown down) {
        super(down.getMessage(), down);
    }
}
