using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace MemoryCluster.Gateway.Problems;

/// <summary>Makes the problem document of whatever went wrong.</summary>
internal static class ProblemFactory
{
    public static Problem Of(Exception exception, bool writes) => exception switch
    {
        RefusalException refusal => Of(refusal.Kind, refusal.Message, refusal.Field),
        BadHttpRequestException bad => OfKestrel(bad),
        _ => OfFault(FaultMap.Classify(exception, writes), exception as MemoryClusterException),
    };

    public static Problem Of(ProblemKind kind, string detail, string? field = null) => Of(kind.Status, kind.Code, detail, field);

    /// <summary>The problem of a fault without a cause of its own.</summary>
    public static Problem Of(MemoryFault fault) => OfFault(fault, exception: null);

    /// <summary>The problem of one item of a batch.</summary>
    public static Problem Of(RememberOutcome outcome) =>
        Of(FaultMap.Status(outcome.Fault), outcome.Code ?? outcome.Fault.Code(), FaultMap.PublicDetail(outcome.Fault) ?? outcome.Message ?? "", null);

    private static Problem OfFault(MemoryFault fault, MemoryClusterException? exception) => Of(
        FaultMap.Status(fault),
        exception?.Code ?? fault.Code(),
        FaultMap.PublicDetail(fault) ?? exception?.Message ?? "",
        exception?.Field);

    private static Problem OfKestrel(BadHttpRequestException exception) => exception.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => Of(Refusals.BodyTooLarge, "Send a smaller body: 1 MB at most, 32 MB for a batch."),
        StatusCodes.Status408RequestTimeout => Of(Refusals.BodyTooSlow, "The body came slower than 1 KB/s. Send it faster."),
        _ => Of(Refusals.RequestInvalid, "The request breaks HTTP: its body ended early or its framing is contradictory. Send it anew on a new connection."),
    };

    private static Problem Of(int status, string code, string detail, string? field) => new()
    {
        Type = "urn:memorycluster:problem:" + code,
        Title = ReasonPhrases.GetReasonPhrase(status),
        Status = status,
        Code = code,
        Detail = detail,
        Field = field,
    };
}
