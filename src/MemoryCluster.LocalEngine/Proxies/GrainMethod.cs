using System.Diagnostics;
using System.Reflection;
using Orleans;
using Orleans.Concurrency;

namespace MemoryCluster.LocalEngine.Proxies;

/// <summary>What the engine knows of one method of a grain interface.</summary>
internal sealed class GrainMethod
{
    // Below this a hop to another thread costs more than the work; above it a fan-out gains from running in parallel.
    private static readonly long HeavyTicks = Stopwatch.Frequency / 20_000;

    private long _meanTicks;
    private int _calls;

    public GrainMethod(MethodInfo definition)
    {
        Definition = definition;
        Name = definition.Name;
        InterfaceName = definition.DeclaringType!.Name;
        IsOneWay = definition.IsDefined(typeof(OneWayAttribute));
        IsReadOnly = definition.IsDefined(typeof(ReadOnlyAttribute));
        IsAlwaysInterleave = definition.IsDefined(typeof(AlwaysInterleaveAttribute));
        ResponseTimeout = definition.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        var parameters = definition.GetParameters();
        TakesToken = parameters.Length > 0 && parameters[^1].ParameterType == typeof(CancellationToken);
    }

    public MethodInfo Definition { get; }

    public string Name { get; }

    public string InterfaceName { get; }

    public bool IsOneWay { get; }

    public bool IsReadOnly { get; }

    public bool IsAlwaysInterleave { get; }

    public bool TakesToken { get; }

    public TimeSpan? ResponseTimeout { get; }

    /// <summary>Whether the method usually keeps its thread so long that its callers should not lend it theirs.</summary>
    public bool IsHeavy { get; private set; }

    // Counted without interlocking: a lost count only moves the sample.
    public bool IsSampled => (_calls++ & 15) == 0;

    public void OnRan(long startedAt)
    {
        // A moving mean over about four samples, none of which can tip it alone: a compilation or a collection is not the method's.
        var ticks = Math.Min(Stopwatch.GetTimestamp() - startedAt, 3 * HeavyTicks);
        _meanTicks += (ticks - _meanTicks) >> 2;
        IsHeavy = _meanTicks > HeavyTicks;
    }
}
