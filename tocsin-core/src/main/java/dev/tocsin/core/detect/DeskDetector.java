package dev.tocsin.core.detect;

/** Types that only the desk of an account can tell, from what other detectors say. */
public non-sealed interface DeskDetector extends Detector {}
