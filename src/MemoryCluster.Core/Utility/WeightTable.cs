using System.Runtime.InteropServices;

namespace MemoryCluster.Utility;

/// <summary>
/// The weights of a shard's memories, side by side. Idleness is measured against the latest use in the shard and not against the clock:
/// equal queries on equal contents give equal pages, whenever they are asked.
/// </summary>
internal sealed class WeightTable
{
    private readonly List<FadingWeight> _weights = [];
    private uint _latestMinute;

    public UtilityPolicy Policy { get; set; } = new();

    public void Set(int ordinal, MemoryUtility utility)
    {
        if (ordinal >= _weights.Count)
        {
            CollectionsMarshal.SetCount(_weights, ordinal + 1);
        }

        var weight = FadingWeight.Of(utility);
        _weights[ordinal] = weight;
        _latestMinute = Math.Max(_latestMinute, weight.UsedMinute);
    }

    /// <summary>Whether an outcome has named it as used.</summary>
    public bool IsTried(int ordinal) => _weights[ordinal].Trials > 0;

    /// <summary>By what a memory's relevance is multiplied.</summary>
    public double Of(int ordinal) => _weights[ordinal].At(_latestMinute, Policy);
}
