package dev.tocsin.server.api.operation;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Operations;
import dev.tocsin.server.store.StoreException;
import java.util.List;

/** Investigations by a language model of AWS: there are none here, and none can be started. */
public final class Investigations {

    private final Detectors detectors;

    /** None of {@code detectors}'. */
    public Investigations(Detectors detectors) {
        this.detectors = detectors;
    }

    /** Adds the operations on investigations. */
    public void register(Operations operations) {
        operations
                .on("CreateInvestigation", this::create)
                .on("GetInvestigation", this::get)
                .on("ListInvestigationRecords", this::get)
                .on("ListInvestigations", this::list);
    }

    private Doc create(Call call) throws StoreException {
        detectors.required(call);
        throw ApiException.badRequest("The request is rejected because this service makes no investigations;"
                + " 'tocsin explain FINDING-ID' shows what a finding rests on.");
    }

    private Doc get(Call call) throws StoreException {
        detectors.required(call);
        throw ApiException.notFound("The request is rejected because there is no such investigation.");
    }

    private Doc list(Call call) throws StoreException {
        detectors.required(call);
        return Pages.page(call, "investigations", List.<String>of(), name -> name, name -> name);
    }
}
