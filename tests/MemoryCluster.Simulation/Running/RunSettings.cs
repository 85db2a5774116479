using System.Globalization;
using MemoryCluster.Simulations.Stores;

namespace MemoryCluster.Simulations.Running;

/// <summary>What every seed of a session has in common.</summary>
internal sealed record RunSettings(int Silos = 5, SeededBug Bug = SeededBug.None)
{
    /// <summary>The word of a bug on the command line.</summary>
    public static string NameOf(SeededBug bug) => bug switch
    {
        SeededBug.None => "none",
        SeededBug.AckBeforeAppend => "ack-before-append",
        SeededBug.NoEpochCheck => "no-epoch-check",
        SeededBug.NoTombstone => "no-tombstone",
        _ => throw new ArgumentOutOfRangeException(nameof(bug), bug, "A new bug needs a name."),
    };

    public string ReplayCommand(int seed) => string.Create(
        CultureInfo.InvariantCulture,
        $"dotnet run -c Release --project tests/MemoryCluster.Simulation -- --seed {seed} --trace --silos {Silos}{(Bug == SeededBug.None ? "" : $" --bug {NameOf(Bug)}")}");
}
