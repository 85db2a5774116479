using System.Globalization;

namespace MemoryCluster.LocalEngine.Simulation;

/// <summary>Everything that was chosen in a run, folded into one number: equal runs have equal numbers.</summary>
internal sealed class Trace(SimulatedTimeProvider clock, Action<string>? write)
{
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public ulong Hash { get; private set; } = OffsetBasis;

    public void Add(TraceKind kind, int from, int to, string? what = null)
    {
        Mix((ulong)kind);
        Mix((ulong)from);
        Mix((ulong)to);
        Mix((ulong)clock.GetTimestamp());
        write?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalMilliseconds,12:F3} ms {kind,-8} {from,4} -> {to,-4} {what}"));
    }

    // FNV-1a over 64-bit words.
    private void Mix(ulong word) => Hash = (Hash ^ word) * Prime;
}
