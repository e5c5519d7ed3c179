package dev.tocsin.core.detect;

import dev.tocsin.core.event.Flow;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.traffic.Contact;
import dev.tocsin.core.traffic.TrafficWindow;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** {@code Backdoor:EC2/Spambot}: a host that never sent mail begins to speak to public mail servers on port 25. */
final class Spambot implements TrafficDetector {

    /** Days a host must have been seen before. Ours: GuardDuty says that it learns, not for how long. */
    static final int LEARN_DAYS = 3;

    /** Sessions within the day in which it begins. Ours: a check that a mail server is there makes fewer. */
    static final int SESSIONS = 10;

    private static final int SMTP = 25;
    private static final String HOST = "host";
    private static final String MAIL = "mail";
    private static final String SINCE = "since";
    private static final long DAY_SECONDS = 86_400;

    static final FindingType TYPE = FlowTypes.instance("Backdoor:EC2/Spambot", Role.ACTOR, FlowTypes.MEDIUM)
            .texts(
                    "EC2 instance {host} is exhibiting unusual communication on port 25.",
                    "EC2 instance {host} never spoke to a mail server before and now does, {sessions} times within a day on"
                            + " port 25, last to {address}. It may be sending spam.")
            .firesWhen("an instance known for at least " + LEARN_DAYS + " days opens " + SESSIONS + " connections or"
                    + " more to port 25 of public addresses within a day of the first and opened none before.")
            .doesNotSee("mail over ports 465 and 587, which ask for a password; hosts younger than the learning time;"
                    + " mail through a service of AWS.")
            .nextSteps("Ask who set up mail on this host. If nobody did, isolate it: AWS and others will block its"
                    + " address for spam.")
            .technique("T1566")
            .threshold("Spambot.LEARN_DAYS", LEARN_DAYS, "days")
            .threshold("Spambot.SESSIONS", SESSIONS, "connections a day")
            .build();

    @Override
    public List<FindingType> types() {
        return List.of(TYPE);
    }

    @Override
    public void observe(TrafficWindow window, Context context, Consumer<Signal> out) {
        long at = window.start();
        Doc known = context.recall(this, HOST);
        DaysSeen host = DaysSeen.in(known, HOST).with(at);
        if (known == null || DaysSeen.in(known, HOST).last() < host.last()) {
            context.remember(this, HOST, new Doc().with(HOST, host));
        }
        List<Contact> mails = window.outward().stream()
                .filter(contact -> contact.port() == SMTP
                        && contact.protocol() == Flow.TCP
                        && contact.isOpenedByHost()
                        && contact.remote().isPublic())
                .toList();
        if (mails.isEmpty()) {
            return;
        }
        Doc mailed = context.recall(this, MAIL);
        DaysSeen mail = DaysSeen.in(mailed, MAIL).with(at);
        boolean begins = mailed == null || (mail.before(at) == 0 && at - mailed.number(SINCE, 0) >= DAY_SECONDS);
        long since = mailed == null || begins ? at : mailed.number(SINCE, 0);
        long before = mailed == null || begins ? 0 : mailed.number("sessions", 0);
        long sessions = before + mails.stream().mapToInt(Contact::sessions).sum();
        context.remember(
                this, MAIL, new Doc().with(MAIL, mail).with(SINCE, since).with("sessions", sessions));
        if (sessions >= SESSIONS && at - since < DAY_SECONDS && host.age(at) >= learnDays(context)) {
            Contact last =
                    mails.stream().max(Comparator.comparingLong(Contact::last)).orElseThrow();
            out.accept(FlowSignal.of(TYPE, last, context)
                    .window("spambot/" + at)
                    .evidence(
                            mails.stream().limit(SESSIONS).map(Contact::sample).toList())
                    .fact(FlowSignal.ACTIVITY, FlowSignal.OUTWARD + SMTP)
                    .fact("sessions", sessions)
                    .counted(
                            "connections to port 25",
                            sessions - before,
                            new Doc().with("days", host.age(at)).with("highest", 0L))
                    .additional("sessionsWithinADay", sessions)
                    .build());
        }
    }

    private static int learnDays(Context context) {
        Integer asked = context.learnDays();
        return asked == null ? LEARN_DAYS : asked;
    }
}
