using System.Globalization;

namespace MemoryCluster.LocalEngine.Simulation;

public sealed partial class SimulatedCluster
{
    private long _steps;

    internal SimulationResult Run(Func<SimulatedCluster, Task> main)
    {
        var ending = Client("main").RunAsync(_ => main(this));
        while (!ending.IsCompleted)
        {
            Step();
        }

        return ending.Exception?.InnerException is { } failure
            ? throw Failed(failure.Message, failure)
            : new SimulationResult(Seed, Trace.Hash, _steps, Clock.Elapsed);
    }

    // Ready turns first: while there are any, time stands still.
    private void Step()
    {
        if (!_scheduler.TryStep())
        {
            if (!Clock.HasForegroundEvents)
            {
                throw Failed("the run is stuck: no turn is ready and no timer is set, but the test has not ended. It awaits something that nobody will complete, "
                    + "or work left the simulation's thread" + (Home.Escape is { } where ? $": {where}" : "."));
            }

            Clock.TryStep();
        }

        if (Home.Escape is { } escape)
        {
            throw Failed(escape);
        }

        if (_logger.FirstError is var (message, exception))
        {
            throw Failed(exception is null ? message : $"{message} {exception.Message}", exception);
        }

        if (++_steps > _options.StepsMax || Clock.Elapsed > _options.VirtualTimeMax)
        {
            throw Failed(string.Create(CultureInfo.InvariantCulture, $"the run did not end within {_options.StepsMax} steps and {_options.VirtualTimeMax} of virtual time."));
        }
    }

    private SimulationFailedException Failed(string what, Exception? cause = null) => new(Seed, what, _options.ReplayCommand?.Invoke(Seed), cause);
}
