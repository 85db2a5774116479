using MemoryCluster.Gateway.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Gateway.Http;

/// <summary>
/// What is refused before any route is asked: foreign hosts and origins, overlong or doubly encoded targets, contradictory framing,
/// unknown routes and methods. It awaits nothing, so that a request which passes costs a few comparisons.
/// </summary>
internal sealed class FrontDoor(RequestDelegate next, IOptions<GatewayOptions> options)
{
    private readonly HostRule _hosts = new(options.Value.Hosts);

    public Task InvokeAsync(HttpContext context)
    {
        if (Refuse(context) is { } problem)
        {
            ProblemWriter.Write(context, problem);
            return Task.CompletedTask;
        }

        var endpoint = context.GetEndpoint();
        // the router's own answer to a known path with another method: it has no pattern, and sets Allow
        return endpoint is RouteEndpoint ? next(context) : AnswerUnmatchedAsync(context, endpoint);
    }

    private Problem? Refuse(HttpContext context)
    {
        var request = context.Request;
        if (!_hosts.Allows(request.Host.Host) && !HostRule.IsProbe(request.Path))
        {
            return ProblemFactory.Of(
                Refusals.HostNotAllowed, "Call the gateway by localhost, or by a name that its operator has listed among the allowed hosts.", "Host");
        }

        if (request.Headers.Origin.Count > 0 && !_hosts.AllowsOrigin(request.Headers.Origin))
        {
            return ProblemFactory.Of(Refusals.OriginNotAllowed, "Pages of this origin may not call the gateway; list its host among the allowed ones.", "Origin");
        }

        return TargetRule.Check(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget) ?? FramingRule.Check(request);
    }

    private static async Task AnswerUnmatchedAsync(HttpContext context, Endpoint? endpoint)
    {
        if (endpoint?.RequestDelegate is { } answer)
        {
            await answer(context);
        }

        ProblemWriter.Write(context, context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed
            ? ProblemFactory.Of(Refusals.MethodNotAllowed, "Use one of the methods that the Allow header names.")
            : ProblemFactory.Of(Refusals.RouteUnknown, "There is no such route; /openapi/v1.json lists them."));
    }
}
