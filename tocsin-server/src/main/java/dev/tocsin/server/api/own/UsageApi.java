package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.operation.AccountsSeen;
import dev.tocsin.server.store.Metered;
import dev.tocsin.server.store.Metered.By;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.usage.Usages;
import dev.tocsin.server.usage.Usages.Part;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code /tocsin/v1/usage}: what was analysed, and what GuardDuty's list price of it would have been. */
final class UsageApi {

    /** Days of which usage is told unless it is asked for others, and most that are priced as one month. */
    private static final int USUAL_DAYS = 30;

    private static final int MOST_PRICED_DAYS = 31;
    private static final int MOST_ROWS = 10_000;
    private static final int DECIMALS = 6;
    private static final long DAY = 24 * 60 * 60;

    private final Usages usages;
    private final AccountsSeen seen;
    private final InstantSource clock;

    UsageApi(Usages usages, AccountsSeen seen, InstantSource clock) {
        this.usages = usages;
        this.seen = seen;
        this.clock = clock;
    }

    void addTo(OwnApi api) {
        api.on("GET usage", OwnApi.READERS, this::usage);
    }

    private ApiAnswer usage(Call.Caller caller, ApiRequest request) throws StoreException {
        Map<String, String> asked = asked(request.rawQuery());
        long until = day("until", asked, clock.instant().getEpochSecond() / DAY);
        long since = day("since", asked, until - USUAL_DAYS + 1);
        if (since > until) {
            throw ApiException.invalid("since", "Expected a day that is not after until.");
        }
        Set<By> by = by(asked.get("by"));
        boolean priced = until - since < MOST_PRICED_DAYS;
        Predicate<@Nullable String> sees = seen.by(caller.account());
        List<Doc> rows = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        long leftOut = 0;
        for (Part part : usages.parts(since, until, by)) {
            if (sees.test(part.amount().account())) {
                sum = sum.add(part.usd());
                if (rows.size() < MOST_ROWS) {
                    rows.add(row(part, by, priced));
                } else {
                    leftOut++;
                }
            }
        }
        return OwnAnswers.json(
                200,
                new Doc()
                        .with("since", LocalDate.ofEpochDay(since).toString())
                        .with("until", LocalDate.ofEpochDay(until).toString())
                        .with("usage", rows)
                        .with("leftOut", leftOut == 0 ? null : leftOut)
                        .with("wouldHavePaidUsd", priced ? usd(sum) : null)
                        .with("prices", prices()));
    }

    private Doc prices() {
        return new Doc()
                .with("list", usages.prices().name())
                .with("date", usages.prices().date())
                .with(
                        "note",
                        "What GuardDuty's list price would have been, the span taken as one month; Tocsin bills nothing.");
    }

    private static Doc row(Part part, Set<By> by, boolean priced) {
        Metered amount = part.amount();
        return new Doc()
                .with(
                        "day",
                        by.contains(By.DAY) ? LocalDate.ofEpochDay(amount.day()).toString() : null)
                .with("accountId", amount.account())
                .with("region", amount.region())
                .with("source", amount.source().isEmpty() ? null : amount.source())
                .with("feature", amount.feature())
                .with("resource", amount.resource().isEmpty() ? null : amount.resource())
                .with("records", amount.records())
                .with("bytes", amount.bytes())
                .with("exemptBytes", amount.exempt())
                .with("vcpuMinutes", part.vcpuMinutes())
                .with("wouldHavePaidUsd", priced ? usd(part.usd()) : null);
    }

    private static String usd(BigDecimal amount) {
        return amount.setScale(DECIMALS, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static Set<By> by(@Nullable String text) {
        Set<By> by = EnumSet.noneOf(By.class);
        for (String name : text == null ? new String[] {"day", "source"} : text.split(",", -1)) {
            by.add(Stream.of(By.values())
                    .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(name))
                    .findAny()
                    .orElseThrow(() -> ApiException.invalid(
                            "by", "Expected some of day, account, region, source, feature, resource.")));
        }
        return by;
    }

    private static long day(String name, Map<String, String> asked, long otherwise) {
        String text = asked.get(name);
        try {
            return text == null ? otherwise : LocalDate.parse(text).toEpochDay();
        } catch (DateTimeException e) {
            throw ApiException.invalid(name, "Expected a day such as 2026-11-30.");
        }
    }

    private static Map<String, String> asked(String query) {
        Map<String, String> asked = new HashMap<>();
        for (String part : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            if (!List.of("since", "until", "by").contains(name)) {
                throw ApiException.invalid(name, "Expected since, until or by.");
            }
            asked.put(name, part.substring(equals + 1).replace("%2C", ","));
        }
        return asked;
    }
}
