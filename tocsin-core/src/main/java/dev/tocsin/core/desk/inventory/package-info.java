/**
 * What the account has and had: instances, interfaces, functions and addresses over time, as describe answers and API
 * calls tell it.
 *
 * <p>Start reading at {@link dev.tocsin.core.desk.inventory.Inventory} and {@link
 * dev.tocsin.core.desk.inventory.InventoryFact}.
 */
@NullMarked
package dev.tocsin.core.desk.inventory;

import org.jspecify.annotations.NullMarked;
