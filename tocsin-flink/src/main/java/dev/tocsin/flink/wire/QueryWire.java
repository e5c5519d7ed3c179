package dev.tocsin.flink.wire;

import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.NameQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How a name query travels. */
final class QueryWire {

    private QueryWire() {}

    static void write(NameQuery query, Texts.Writer out) throws IOException {
        out.origin(query.origin());
        out.number(query.at());
        out.text(query.account());
        out.text(query.region());
        out.text(query.vpcId());
        out.text(query.name());
        out.text(query.type());
        out.text(query.responseCode());
        out.number(query.answers().size());
        for (NameQuery.Answer answer : query.answers()) {
            out.text(answer.type());
            out.text(answer.data());
        }
        out.text(query.sourceAddress());
        out.number(query.sourcePort());
        out.text(query.transport());
        out.text(query.instanceId());
        out.text(query.resolverEndpoint());
        out.text(query.resolverInterface());
        out.text(query.firewallAction());
        out.hash(query.contentHash());
    }

    static NameQuery read(LogObject object, Texts.Reader in) throws IOException {
        return new NameQuery(
                in.origin(object),
                in.number(),
                in.need(),
                in.need(),
                in.text(),
                in.need(),
                in.need(),
                in.text(),
                answers(in),
                in.text(),
                (int) in.number(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.hash());
    }

    private static List<NameQuery.Answer> answers(Texts.Reader in) throws IOException {
        int count = (int) in.number();
        List<NameQuery.Answer> answers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            answers.add(new NameQuery.Answer(in.need(), in.need()));
        }
        return answers;
    }
}
