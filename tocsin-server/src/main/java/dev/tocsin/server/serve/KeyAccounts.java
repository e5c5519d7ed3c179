package dev.tocsin.server.serve;

import dev.tocsin.server.api.operation.Detectors;
import dev.tocsin.server.api.operation.Organization;
import dev.tocsin.server.security.AccessKeys;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The accounts of this installation: those with an access key or a detector. The management account is that of the first
 * administrator key, which the first start made.
 */
record KeyAccounts(AccessKeys keys, Store store) implements Organization.Accounts {

    @Override
    public String management() throws StoreException {
        List<AccessKeys.Listed> all = keys.list();
        return all.isEmpty() ? "" : all.getFirst().account();
    }

    @Override
    public Set<String> all() throws StoreException {
        Set<String> accounts = new TreeSet<>();
        keys.list().forEach(key -> accounts.add(key.account()));
        store.resources(Detectors.KIND).stream().map(Resource::account).forEach(accounts::add);
        return accounts;
    }
}
