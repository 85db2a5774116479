using System.Globalization;
using MemoryCluster.Gateway.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MemoryCluster.Gateway.Http;

/// <summary>Answers with a problem document.</summary>
internal static partial class ProblemWriter
{
    public static Problem Write(HttpContext context, Exception exception, bool writes, ILogger logger)
    {
        var problem = ProblemFactory.Of(exception, writes);
        if (problem.Status >= 500)
        {
            LogFault(logger, exception, context.TraceIdentifier, problem.Code);
        }

        if (context.Response.HasStarted)
        {
            context.Abort();
            return problem;
        }

        context.Response.Clear();
        if (exception is not RefusalException && FaultMap.RetryAfterSeconds(FaultMap.Classify(exception, writes)) is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        Write(context, problem);
        return problem;
    }

    public static void Write(HttpContext context, Problem problem)
    {
        var headers = context.Response.Headers;
        headers["X-Request-Id"] = context.TraceIdentifier;
        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            headers.WWWAuthenticate = "Bearer";
        }

        ReplyBuffer.Write(context.Response, problem.Status, "application/problem+json", problem, ContractJson.Strict.Problem);
    }

    /// <summary>Logs a fault that is answered in place, within a body of status 200.</summary>
    public static void LogFaultOf(Exception exception, in Call call)
    {
        if (ProblemFactory.Of(exception, writes: true) is { Status: >= 500 } problem)
        {
            LogFault(call.Services.Logger, exception, call.Http.TraceIdentifier, problem.Code);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} ends with {Code}")]
    private static partial void LogFault(ILogger logger, Exception exception, string requestId, string code);
}
