/**
 * Named rules over single API calls: GuardDuty's library of custom detection rules and our own, each a small declarative
 * value of names, texts and a condition. Anything that is a {@link dev.tocsin.core.rule.Rule} can be run, wherever it was
 * written.
 *
 * <p>Start reading at {@link dev.tocsin.core.rule.Rule}; {@link dev.tocsin.core.rule.Rules} lists all.
 */
@NullMarked
package dev.tocsin.core.rule;

import org.jspecify.annotations.NullMarked;
