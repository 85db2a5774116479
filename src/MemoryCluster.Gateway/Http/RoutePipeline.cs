using MemoryCluster.Gateway.Access;
using Microsoft.AspNetCore.Http;

namespace MemoryCluster.Gateway.Http;

/// <summary>One route of the contract: authenticates, checks scope and parameters, calls the handler, and turns faults into problems.</summary>
internal sealed class RoutePipeline(GatewayServices services, RouteDescription description, Func<Call, Task> handler)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var started = services.Clock.GetTimestamp();
        services.Instruments.OnBegin();
        try
        {
            QueryRule.Check(context.Request, description.Parameters);
            var principal = description.Scope == KeyScopes.None
                ? Authenticator.Nobody
                : await services.Authenticator.AuthenticateAsync(context);
            Authenticator.RequireScope(principal, description.Scope);
            await handler(new Call(context, services, principal));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // nobody is left to answer; nginx's number for it, for the metrics
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
#pragma warning disable CA1031 // the one place where faults become answers
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var problem = ProblemWriter.Write(context, exception, description.Writes, services.Logger);
            services.Instruments.OnProblem(problem.Code);
        }
        finally
        {
            services.Instruments.OnRequest(description, context.Response.StatusCode, services.Clock.GetElapsedTime(started));
        }
    }
}
