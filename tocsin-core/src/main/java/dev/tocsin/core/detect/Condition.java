package dev.tocsin.core.detect;

/**
 * One condition of a finding type, for people who ask why it did not speak.
 *
 * @param met whether it held
 * @param text what was asked
 * @param found what there was
 */
public record Condition(boolean met, String text, String found) {}
