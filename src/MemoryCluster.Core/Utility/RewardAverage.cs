namespace MemoryCluster.Utility;

/// <summary>
/// The mean reward of all uses in a shard: what an outcome is measured against, so that in a team whose tasks mostly fail, failing is not
/// the memories' fault. Derived from the records, in whole billionths: the same in whatever order they are read.
/// </summary>
internal sealed class RewardAverage
{
    private const double Unit = 1e9;

    // As many uses at 0.5 as make the first real outcomes move it by a tenth or less.
    private const double PriorUses = 10;
    private const double PriorReward = 0.5;

    private long _rewards;
    private long _uses;

    public double Value => ((PriorReward * PriorUses) + (_rewards / Unit)) / (PriorUses + _uses);

    public void Add(MemoryUtility utility)
    {
        _rewards += InUnits(utility);
        _uses += utility.Uses;
    }

    public void Remove(MemoryUtility utility)
    {
        _rewards -= InUnits(utility);
        _uses -= utility.Uses;
    }

    private static long InUnits(MemoryUtility utility) => (long)Math.Round(utility.RewardSum * Unit);
}
