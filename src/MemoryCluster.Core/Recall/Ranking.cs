using MemoryCluster.Shards;
using MemoryCluster.Utility;

namespace MemoryCluster.Recall;

/// <summary>
/// The best of what is offered, best first, equal scores by id. Ranked by what stands in tables: of some three hundred candidates only
/// the winners' records are read, unless the question names a stage.
/// </summary>
internal sealed class Ranking(ShardState state, int countMax, string? stage)
{
    // Only what stands for others can be offered twice: by its own words, and by theirs.
    private readonly bool _mayRepeat = state.CountOf(MemoryState.Merged) > 0;
    private readonly Ranked[] _best = new Ranked[countMax];
    private int _count;

    public void Offer(int ordinal, ChannelScores shares)
    {
        var weight = state.Weights.Of(ordinal) * (stage is null ? 1 : UtilityRules.StageFactor(state.At(ordinal)!.Record.Utility, stage));
        var score = RankingModel.Score(weight, shares);
        if (_count == countMax && score < _best[^1].Score)
        {
            return;
        }

        var candidate = new Ranked(ordinal, shares with { Utility = (float)weight }, score);
        if (_count == countMax && !IsBetter(candidate, _best[^1]))
        {
            return;
        }

        if (_mayRepeat && state.At(ordinal)!.Record.Standing is not null && IndexOf(ordinal) is >= 0 and var known)
        {
            if (!IsBetter(candidate, _best[known]))
            {
                return;
            }

            _count--;
            Array.Copy(_best, known + 1, _best, known, _count - known);
        }

        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = IsBetter(candidate, _best[middle]) ? (low, middle) : (middle + 1, high);
        }

        _count = Math.Min(_count + 1, countMax);
        Array.Copy(_best, low, _best, low + 1, _count - low - 1);
        _best[low] = candidate;
    }

    public ImmutableArray<RecallHit> ToHits() => [.. _best.Take(_count).Select(hit => ToHit(state.At(hit.Ordinal)!.Record, hit))];

    private static RecallHit ToHit(MemoryRecord memory, Ranked hit) =>
        new(memory.Revisions.IsEmpty ? memory : memory with { Revisions = [] }, hit.Score, hit.Scores);

    private int IndexOf(int ordinal)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_best[i].Ordinal == ordinal)
            {
                return i;
            }
        }

        return -1;
    }

    private bool IsBetter(in Ranked one, in Ranked other) => one.Score.CompareTo(other.Score) switch
    {
        > 0 => true,
        < 0 => false,
        _ => state.At(one.Ordinal)!.Record.Id < state.At(other.Ordinal)!.Record.Id,
    };

    private readonly record struct Ranked(int Ordinal, ChannelScores Scores, double Score);
}
