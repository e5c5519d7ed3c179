package dev.tocsin.server.store;

/**
 * What was deleted.
 *
 * @param findings findings
 * @param entries entries of state: profiles, memories, inventory
 * @param objects ledger rows of objects read
 * @param settings what the API made and names it
 */
public record Forgotten(long findings, long entries, long objects, long settings) {}
