package dev.tocsin.server.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.contract.Contract;
import dev.tocsin.server.api.contract.Member;
import dev.tocsin.server.api.contract.Shape;
import dev.tocsin.server.api.contract.ShapeCheck;
import dev.tocsin.server.api.contract.Type;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts path, query and body of a request into one object of the operation's shape, and checks it. */
final class Binder {

    /** Deepest body read; the contract's own shapes are 6 levels deep. */
    private static final int MOST_DEPTH = 64;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MOST_DEPTH).build())
            .build();

    private final Contract contract;

    Binder(Contract contract) {
        this.contract = contract;
    }

    /**
     * The request by wire names.
     *
     * @throws ApiException if it does not hold to the contract; the message names the member
     */
    Doc bind(Routes.Route route, ApiRequest request) {
        Shape shape = route.operation().input();
        Doc bound = body(request);
        Map<String, List<String>> query = query(request.rawQuery());
        for (Member member : shape.members()) {
            switch (member.place()) {
                case PATH -> bound.with(member.wire(), route.members().get(member.wire()));
                case QUERY -> bound.with(member.wire(), fromQuery(member, query.get(member.wire())));
                case BODY -> {}
            }
        }
        for (ShapeCheck.Problem problem : ShapeCheck.problems(contract, bound, shape, false)) {
            refuse(problem);
        }
        return bound;
    }

    private static void refuse(ShapeCheck.Problem problem) {
        String name = spoken(problem.member());
        throw switch (problem.kind()) {
            case MISSING ->
                ApiException.badRequest("The request is rejected because the parameter " + name + " is missing.");
            case WRONG_TYPE, OUT_OF_LIMITS, UNKNOWN ->
                ApiException.invalid(name, "Expected " + problem.expected() + ".");
        };
    }

    /** A member in a path has a capital in the model, and GuardDuty's texts have none. */
    private static String spoken(String member) {
        return member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1);
    }

    private static Doc body(ApiRequest request) {
        if (request.body().length == 0) {
            return new Doc();
        }
        try (JsonParser parser = JSON.createParser(request.body())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw ApiException.badRequest("The body of the request is no JSON object.");
            }
            Doc body = Doc.read(parser);
            if (parser.nextToken() != null) {
                throw ApiException.badRequest("The body of the request goes on behind its JSON object.");
            }
            return body;
        } catch (IOException e) {
            throw ApiException.badRequest("The body of the request is no well-formed JSON.");
        }
    }

    private static Map<String, List<String>> query(String raw) {
        Map<String, List<String>> query = new HashMap<>();
        for (String pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = unescape(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : unescape(pair.substring(equals + 1));
                query.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
            }
        }
        return query;
    }

    private static String unescape(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("The query has a damaged escape.");
        }
    }

    private static @Nullable Object fromQuery(Member member, @Nullable List<String> values) {
        if (values == null) {
            return null;
        }
        if (member.type() instanceof Type.ListOf) {
            return values;
        }
        String value = values.getFirst();
        if (member.type() == Type.Simple.INTEGER) {
            try {
                return Long.valueOf(value);
            } catch (NumberFormatException e) {
                throw ApiException.invalid(member.wire(), "Expected a whole number.");
            }
        }
        return member.type() == Type.Simple.BOOLEAN ? (Object) Boolean.valueOf(value) : value;
    }
}
