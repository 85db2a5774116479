using Microsoft.Extensions.Logging;

namespace MemoryCluster.LocalEngine.Simulation;

/// <summary>Keeps the first error that the engine logs: a turn that failed with nobody to tell fails the run.</summary>
internal sealed class SimulationLogger : ILogger
{
    public (string Message, Exception? Exception)? FirstError { get; private set; }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            FirstError ??= (formatter(state, exception), exception);
        }
    }
}
