package dev.tocsin.server.api;

/** A refusal in GuardDuty's words: its class decides what a client raises, its text what a person reads. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The input names a detector that is not the caller's; Terraform and others compare this text. */
    public static final String NOT_OWNED =
            "The request is rejected because the input detectorId is not owned by the current account.";

    /** A filter that is not there; Terraform compares this text. */
    public static final String NO_SUCH_RESOURCE = "The request is rejected since no such resource found.";

    /** A destination that is not there; Terraform compares this text. */
    public static final String INVALID_VALUES =
            "The request is rejected because the one or more input parameters have invalid values.";

    private final int status;
    private final String errorClass;
    private final String type;

    private ApiException(int status, String errorClass, String type, String message) {
        super(message, null, false, false);
        this.status = status;
        this.errorClass = errorClass;
        this.type = type;
    }

    /** The request is wrong. */
    public static ApiException badRequest(String message) {
        return new ApiException(400, "BadRequestException", "InvalidInputException", message);
    }

    /** The member {@code name} has a value that is not allowed; {@code detail}, a sentence, says what is, or is empty. */
    public static ApiException invalid(String name, String detail) {
        String text = "The request is rejected because the parameter " + name + " has an invalid value.";
        return badRequest(detail.isEmpty() ? text : text + " " + detail);
    }

    /** The caller may not do this. */
    public static ApiException accessDenied(String message) {
        return new ApiException(403, "AccessDeniedException", "AccessDeniedException", message);
    }

    /** For the operations that know this class; the others say {@link #badRequest}. */
    public static ApiException notFound(String message) {
        return new ApiException(404, "ResourceNotFoundException", "ResourceNotFoundException", message);
    }

    /** It is there already, or is being changed. */
    public static ApiException conflict(String message) {
        return new ApiException(409, "ConflictException", "ConflictException", message);
    }

    /** The signature is missing or wrong: {@code errorClass} is one of AWS's common errors. */
    public static ApiException unsigned(String errorClass, String message) {
        return new ApiException(403, errorClass, errorClass, message);
    }

    /** The fault is ours; no detail leaves the server. */
    public static ApiException internal(String requestId) {
        return new ApiException(
                500,
                "InternalServerErrorException",
                "InternalException",
                "The service failed; its log has the details under request " + requestId + ".");
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** Name of the error class, as clients raise it. */
    public String errorClass() {
        return errorClass;
    }

    /** What stands in {@code __type}. */
    public String type() {
        return type;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
