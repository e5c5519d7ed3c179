package dev.tocsin.core.desk;

import dev.tocsin.core.desk.inventory.Inventory;
import dev.tocsin.core.detect.StolenCredentials;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.finding.Subject;
import org.jspecify.annotations.Nullable;

/**
 * What the inventory says to a signal of stolen credentials: whether the address is the account's own, and whether the role
 * is an instance's. The signal comes once no earlier record is awaited, so the inventory knows what it can know.
 */
final class CredentialPlaces {

    private final Inventory inventory;

    CredentialPlaces(Inventory inventory) {
        this.inventory = inventory;
    }

    /** {@code signal} with what is known of the instance, or null if it is no theft. */
    @Nullable
    Signal answer(Signal signal) {
        String address = signal.facts().get(StolenCredentials.ADDRESS);
        String instance = signal.facts().get(StolenCredentials.INSTANCE);
        if (address != null && isOurs(address, instance, signal.last())) {
            return null;
        }
        String role = signal.facts().get(StolenCredentials.ROLE_IN_QUESTION);
        if (role != null && !inventory.isInstanceRole(role, String.valueOf(instance), signal.last())) {
            return null;
        }
        if (instance == null || !(signal.subject() instanceof Subject.Known known)) {
            return signal;
        }
        Doc resource = new Doc()
                .withAll(known.resource())
                .with("instanceDetails", inventory.instance(instance, signal.last()));
        return signal.withSubject(new Subject.Known(known.key(), resource));
    }

    private boolean isOurs(String address, @Nullable String instance, long at) {
        return inventory.isOurs(address, at) || (instance != null && inventory.hasAddress(instance, address, at));
    }
}
