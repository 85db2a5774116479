using Microsoft.Extensions.Logging;

namespace MemoryCluster.LocalEngine.Runtime;

/// <summary>What the engine logs: names and identities, never arguments.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A turn of {Context} ended with an exception that nobody awaited.")]
    public static partial void LogTurnFailed(this ILogger logger, string context, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "One-way call {Method} to {Grain} failed.")]
    public static partial void LogOneWayFailed(this ILogger logger, string method, string grain, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deactivating {Grain}: another activation wrote its state.")]
    public static partial void LogInconsistentState(this ILogger logger, string grain, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Grain {Grain} failed to activate.")]
    public static partial void LogActivationFailed(this ILogger logger, string grain, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Grain {Grain} failed while it was being deactivated ({Reason}).")]
    public static partial void LogDeactivationFailed(this ILogger logger, string grain, string reason, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} {Name} of {Grain} failed.")]
    public static partial void LogTickFailed(this ILogger logger, string kind, string name, string grain, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "The local engine runs {SiloCount} silo(s) with {ClassCount} grain classes.")]
    public static partial void LogStarted(this ILogger logger, int siloCount, int classCount);

    [LoggerMessage(Level = LogLevel.Information, Message = "The local engine has stopped; {ActivationCount} activations were ended.")]
    public static partial void LogStopped(this ILogger logger, int activationCount);
}
