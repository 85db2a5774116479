using System.Net;
using System.Text.Json;
using MemoryCluster.Contract;

namespace MemoryCluster.Client.Http;

/// <summary>Turns what came back instead of an answer into the one exception that callers see.</summary>
internal static class FaultReader
{
    private static readonly Dictionary<string, MemoryFault> FaultByCode = Enum.GetValues<MemoryFault>().ToDictionary(fault => fault.Code());

    public static async Task<MemoryClusterException> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var request = $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.AbsolutePath}";
        if (TryParse(body) is { } problem)
            return new MemoryClusterException(FaultOf(problem, response.StatusCode), $"{request}: {problem.Detail}", code: problem.Code, field: problem.Field);

        // Not our server's words: a proxy's, or another service at this address.
        return new MemoryClusterException(
            FaultOf(response.StatusCode), $"{request} was answered with status {(int)response.StatusCode} and no problem document.");
    }

    private static Problem? TryParse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ContractJson.Tolerant.Problem);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static MemoryFault FaultOf(Problem problem, HttpStatusCode status) =>
        FaultByCode.TryGetValue(problem.Code, out var fault) ? fault : FaultOf(status);

    private static MemoryFault FaultOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => MemoryFault.Unauthenticated,
        HttpStatusCode.Forbidden => MemoryFault.Forbidden,
        HttpStatusCode.NotFound => MemoryFault.NotFound,
        HttpStatusCode.Conflict => MemoryFault.Conflict,
        HttpStatusCode.PreconditionFailed => MemoryFault.StaleVersion,
        HttpStatusCode.PreconditionRequired => MemoryFault.VersionRequired,
        HttpStatusCode.TooManyRequests => MemoryFault.QuotaExceeded,
        HttpStatusCode.BadGateway => MemoryFault.OutcomeUnknown,
        HttpStatusCode.ServiceUnavailable => MemoryFault.Overloaded,
        HttpStatusCode.GatewayTimeout => MemoryFault.DeadlineExceeded,
        >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => MemoryFault.BadRequest,
        _ => MemoryFault.Unspecified,
    };
}
