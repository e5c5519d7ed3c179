package dev.tocsin.core.detect;

import dev.tocsin.core.finding.FindingType;
import java.util.List;

/** What all detectors have in common: the types they speak. Detectors are final, stateless and one file each. */
public sealed interface Detector
        permits ApiCallDetector,
                BucketDetector,
                CredentialDetector,
                DeskDetector,
                FlowDetector,
                HabitDetector,
                HostDetector,
                LookupDetector,
                NameQueryDetector,
                SessionDetector,
                SignInDetector,
                TrafficDetector {

    /** The finding types it can signal. */
    List<FindingType> types();
}
