package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.detect.HabitDetector;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.profile.DaySummary;
import dev.tocsin.core.profile.Days;
import dev.tocsin.core.profile.HostProfile;
import dev.tocsin.core.traffic.Contact;
import dev.tocsin.core.traffic.TrafficWindow;
import java.io.IOException;
import java.util.List;

/** The profile of an interface's host: each window is judged by it and teaches it; each day's end is told to the desk. */
final class Profiles {

    static final StateKind<HostProfile> KIND = new StateKind<>("profile", 1, new StateKind.Codec<>() {
        @Override
        public void write(HostProfile profile, JsonGenerator out) throws IOException {
            profile.write(out);
        }

        @Override
        public HostProfile read(JsonParser in, int version) throws IOException {
            return HostProfile.read(in);
        }
    });

    /** What tells whose the interface is: the last flow's account, Region, interface and instance. */
    private static final StateKind<DaySummary> WHOSE = new StateKind<>("profileOf", 1, new StateKind.Codec<>() {
        @Override
        public void write(DaySummary whose, JsonGenerator out) throws IOException {
            out.writeStartArray();
            out.writeString(whose.account());
            out.writeString(whose.region());
            out.writeString(whose.interfaceId());
            out.writeString(whose.instanceId());
            out.writeNumber(whose.at());
            out.writeEndArray();
        }

        @Override
        public DaySummary read(JsonParser in, int version) throws IOException {
            in.nextToken();
            String account = String.valueOf(in.nextTextValue());
            String region = String.valueOf(in.nextTextValue());
            String interfaceId = String.valueOf(in.nextTextValue());
            String instanceId = in.nextTextValue();
            return new DaySummary(account, region, interfaceId, instanceId, 0, in.nextLongValue(0), List.of(), 0);
        }
    });

    /** When a day's last window has been judged, in seconds after its end. */
    private static final long SETTLED = InterfaceFunction.PAIR_SECONDS;

    private final EngineServices services;
    private final List<HabitDetector> detectors;

    Profiles(EngineServices services, List<HabitDetector> detectors) {
        this.services = services;
        this.detectors = detectors;
    }

    boolean isIdle() {
        return detectors.isEmpty();
    }

    /** Judges {@code window} by the profile and teaches it. */
    void judge(TrafficWindow window, KeyContext context, Output out) {
        if (isIdle()) {
            return;
        }
        HostProfile profile = context.get(KIND, InterfaceFunction.ONLY);
        if (profile == null) {
            profile = new HostProfile();
        }
        if (profile.begin(window.start())) {
            context.timerAt((Days.of(window.start()) + 1) * Days.SECONDS + SETTLED);
        }
        DetectorContext detectorContext = new DetectorContext(services, context);
        for (HabitDetector detector : detectors) {
            detector.observe(window, profile, detectorContext, out::signal);
        }
        context.put(KIND, InterfaceFunction.ONLY, profile);
        noteWhose(window, context);
    }

    private static void noteWhose(TrafficWindow window, KeyContext context) {
        Contact contact = window.any();
        DaySummary known = context.get(WHOSE, InterfaceFunction.ONLY);
        if (contact == null || (known != null && Days.of(known.at()) == Days.of(window.start()))) {
            return;
        }
        Flow flow = contact.sample();
        context.put(
                WHOSE,
                InterfaceFunction.ONLY,
                new DaySummary(
                        flow.account(),
                        flow.region(),
                        flow.interfaceId(),
                        flow.instanceId(),
                        0,
                        window.start(),
                        List.of(),
                        0));
    }

    /** Tells the desk of the day whose last window has been judged at {@code at}, if one has. */
    void summarise(long at, KeyContext context, Output out) {
        if (Math.floorMod(at, Days.SECONDS) != SETTLED) {
            return;
        }
        HostProfile profile = context.get(KIND, InterfaceFunction.ONLY);
        DaySummary whose = context.get(WHOSE, InterfaceFunction.ONLY);
        HostProfile.Used used = profile == null ? null : profile.take(Days.of(at) - 1);
        if (profile != null && whose != null && used != null) {
            context.put(KIND, InterfaceFunction.ONLY, profile);
            out.summary(new DaySummary(
                    whose.account(),
                    whose.region(),
                    whose.interfaceId(),
                    whose.instanceId(),
                    used.day(),
                    whose.at(),
                    used.values(),
                    used.busiestHour()));
        }
    }

    /** Forgets the profile. */
    static void forget(KeyContext context) {
        context.remove(KIND, InterfaceFunction.ONLY);
        context.remove(WHOSE, InterfaceFunction.ONLY);
    }
}
