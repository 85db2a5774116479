using System.Reflection;

namespace MemoryCluster.Gateway.Problems;

/// <summary>Every refusal that the gateway itself speaks; faults of the cluster are in <see cref="FaultMap"/>. docs/errors.md explains each.</summary>
internal static class Refusals
{
    public static readonly ProblemKind RequestInvalid = new(400, "request_invalid");
    public static readonly ProblemKind PathEncoding = new(400, "path_encoding");
    public static readonly ProblemKind UrlTooLong = new(414, "url_too_long");
    public static readonly ProblemKind RouteUnknown = new(404, "route_unknown");
    public static readonly ProblemKind MethodNotAllowed = new(405, "method_not_allowed");
    public static readonly ProblemKind HeadersTooLarge = new(431, "headers_too_large");
    public static readonly ProblemKind HostNotAllowed = new(403, "host_not_allowed");
    public static readonly ProblemKind OriginNotAllowed = new(403, "origin_not_allowed");
    public static readonly ProblemKind MediaTypeUnsupported = new(415, "media_type_unsupported");
    public static readonly ProblemKind ContentEncodingUnsupported = new(415, "content_encoding_unsupported");
    public static readonly ProblemKind BodyTooLarge = new(413, "body_too_large");
    public static readonly ProblemKind BodyTooSlow = new(408, "body_too_slow");

    public static readonly ProblemKind AmbiguousCredentials = new(400, "ambiguous_credentials");
    public static readonly ProblemKind ScopeMissing = new(403, "scope_missing");
    public static readonly ProblemKind PrincipalMismatch = new(403, "principal_mismatch");

    public static readonly ProblemKind JsonInvalid = new(400, "json_invalid");
    public static readonly ProblemKind JsonTooDeep = new(400, "json_too_deep");
    public static readonly ProblemKind MemberUnknown = new(400, "member_unknown");
    public static readonly ProblemKind MemberMissing = new(400, "member_missing");
    public static readonly ProblemKind MemberDuplicate = new(400, "member_duplicate");
    public static readonly ProblemKind TypeMismatch = new(400, "type_mismatch");
    public static readonly ProblemKind ValueUnknown = new(400, "value_unknown");
    public static readonly ProblemKind ValueOutOfRange = new(400, "value_out_of_range");
    public static readonly ProblemKind RangeContradictory = new(400, "range_contradictory");
    public static readonly ProblemKind TooManyItems = new(400, "too_many_items");

    public static readonly ProblemKind ParameterUnknown = new(400, "parameter_unknown");
    public static readonly ProblemKind ParameterDuplicate = new(400, "parameter_duplicate");
    public static readonly ProblemKind ParameterInvalid = new(400, "parameter_invalid");
    public static readonly ProblemKind CursorInvalid = new(400, "cursor_invalid");
    public static readonly ProblemKind IdempotencyKeyInvalid = new(400, "idempotency_key_invalid");
    public static readonly ProblemKind IfMatchInvalid = new(400, "if_match_invalid");

    public static readonly ProblemKind IdInvalid = new(400, "id_invalid");
    public static readonly ProblemKind IdReserved = new(400, "id_reserved");
    public static readonly ProblemKind TextEmpty = new(400, "text_empty");
    public static readonly ProblemKind TextTooLong = new(400, "text_too_long");
    public static readonly ProblemKind TextForbidden = new(400, "text_forbidden");
    public static readonly ProblemKind MetadataInvalid = new(400, "metadata_invalid");
    public static readonly ProblemKind MetadataTooLarge = new(400, "metadata_too_large");
    public static readonly ProblemKind TimestampInvalid = new(400, "timestamp_invalid");
    public static readonly ProblemKind TimestampOutOfRange = new(400, "timestamp_out_of_range");
    public static readonly ProblemKind UserRequired = new(400, "user_required");
    public static readonly ProblemKind EmbeddingNotAllowed = new(403, "embedding_not_allowed");
    public static readonly ProblemKind EmbeddingInvalid = new(400, "embedding_invalid");
    public static readonly ProblemKind EmbedderDimensions = new(400, "embedder_dimensions");
    public static readonly ProblemKind PatchEmpty = new(400, "patch_empty");
    public static readonly ProblemKind BatchEmpty = new(400, "batch_empty");
    public static readonly ProblemKind BatchTooLarge = new(400, "batch_too_large");
    public static readonly ProblemKind ForgetScopeEmpty = new(400, "forget_scope_empty");
    public static readonly ProblemKind StepsEmpty = new(400, "steps_empty");
    public static readonly ProblemKind ReplayerUnknown = new(400, "replayer_unknown");
    public static readonly ProblemKind ChatNotConfigured = new(400, "chat_not_configured");
    public static readonly ProblemKind UrlInvalid = new(400, "url_invalid");
    public static readonly ProblemKind SecretInvalid = new(400, "secret_invalid");
    public static readonly ProblemKind NotReady = new(503, "not_ready");

    /// <summary>All of them, for the test that looks each up in the documentation.</summary>
    public static IEnumerable<ProblemKind> All { get; } =
        [.. typeof(Refusals).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<ProblemKind>()];
}
