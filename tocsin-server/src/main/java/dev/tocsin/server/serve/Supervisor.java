package dev.tocsin.server.serve;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Tells systemd how the service fares where a unit of {@code Type=notify} started it; elsewhere does nothing. By systemd's
 * own library: the JDK has no datagrams between processes of one machine.
 */
@SuppressWarnings("restricted") // native access is what this class is for; the launcher allows it
public final class Supervisor {

    private static final System.Logger LOG = System.getLogger(Supervisor.class.getName());
    private static final String LIBRARY = "libsystemd.so.0";
    private static final String SOCKET = "NOTIFY_SOCKET";

    private final boolean asked;

    /** The supervisor that {@code environment} names, if any. */
    public Supervisor(Map<String, String> environment) {
        this.asked = !environment.getOrDefault(SOCKET, "").isEmpty();
    }

    /** The service listens at {@code place}. */
    public void ready(String place) {
        say("READY=1\nSTATUS=listening on " + place);
    }

    /** The service has been asked to end. */
    public void stopping() {
        say("STOPPING=1");
    }

    private void say(String state) {
        if (!asked) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle notify = Linker.nativeLinker()
                    .downcallHandle(
                            SymbolLookup.libraryLookup(LIBRARY, arena).findOrThrow("sd_notify"),
                            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
            MemorySegment text = arena.allocateFrom(state);
            int answer = (int) notify.invokeExact(0, text);
            if (answer < 0) {
                LOG.log(System.Logger.Level.WARNING, "systemd cannot be told: error " + -answer);
            }
        } catch (IllegalArgumentException | NoSuchElementException | IllegalCallerException e) {
            LOG.log(System.Logger.Level.WARNING, LIBRARY + " cannot be used; use Type=exec: " + e.getMessage());
        } catch (Throwable e) {
            if (e instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e);
        }
    }
}
