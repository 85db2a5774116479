using MemoryCluster.Shards;

namespace MemoryCluster.Recall;

/// <summary>
/// One bounded step of spreading activation from the first hits over the things that they name, as in HippoRAG (B. Gutiérrez et al.,
/// 2024, section 2.3) with the rarity of a thing for its node specificity; and the second hop of a question: what a linked memory says
/// about the words that the hit leaves open.
/// </summary>
internal readonly struct LinkSearch(ShardState state, Candidates found, RecallFilter filter)
{
    /// <summary>Hits that are followed.</summary>
    private const int Seeds = 8;

    /// <summary>What more memories name says little of any, and would cost time with the shard's size.</summary>
    private const int HoldersMax = 32;

    /// <summary>Rare things first: those of so few holders before the others.</summary>
    private const int HoldersFew = 8;

    private const int LinksPerSeed = 96;

    /// <summary>New candidates of one query.</summary>
    private const int NewMax = 160;

    // A hit leads on by its title, to a title that it names, or by what both name.
    private const float ByOwnTitle = 0.8f;
    private const float BySharedThing = 0.6f;

    // Words before meaning: the first hits' order, good enough to follow and fixed, so that the weights may be learned after it.
    private const float MeaningShare = 0.5f;

    public void Run()
    {
        Span<(int Ordinal, float Score)> seeds = stackalloc (int, float)[Seeds];
        seeds = seeds[..FirstHits(seeds)];
        var newLeft = NewMax;
        foreach (var (ordinal, score) in seeds)
        {
            newLeft -= Follow(ordinal, score, newLeft);
        }
    }

    // Ties by id and not by ordinal, which another history of the same memories would have given otherwise.
    private int FirstHits(Span<(int Ordinal, float Score)> seeds)
    {
        var count = 0;
        for (var number = 0; number < found.Ordinals.Length; number++)
        {
            var ordinal = found.Ordinals[number];
            var features = found.FeaturesOf(number);
            var score = features[(int)Feature.Words] + features[(int)Feature.Beside] + (MeaningShare * Math.Max(0, features[(int)Feature.Meaning]));
            var rank = count;
            while (rank > 0 && IsBetter(ordinal, score, seeds[rank - 1]))
            {
                rank--;
            }

            if (score > 0 && rank < Seeds)
            {
                seeds[rank..Math.Min(count, Seeds - 1)].CopyTo(seeds[(rank + 1)..]);
                seeds[rank] = (ordinal, score);
                count = Math.Min(count + 1, Seeds);
            }
        }

        return count;
    }

    private bool IsBetter(int ordinal, float score, (int Ordinal, float Score) other) => score.CompareTo(other.Score) switch
    {
        > 0 => true,
        < 0 => false,
        _ => state.At(ordinal)!.Record.Id < state.At(other.Ordinal)!.Record.Id,
    };

    // Returns how many candidates are new. A thing is followed to all of its holders or to none: they are in no order.
    private int Follow(int seed, float score, int newLeft)
    {
        var (links, known) = (LinksPerSeed, found.Ordinals.Length);
        foreach (var isRare in (ReadOnlySpan<bool>)[true, false])
        {
            foreach (var entity in state.Marks.Entities.EntitiesOf(seed))
            {
                var holders = state.Marks.Entities.HoldersOf(entity);
                if (holders.Length is >= 2 and <= HoldersMax && holders.Length <= HoldersFew == isRare
                    && holders.Length <= links && found.Ordinals.Length - known + holders.Length <= newLeft)
                {
                    links -= holders.Length;
                    Follow(seed, score, entity, holders);
                }
            }
        }

        return found.Ordinals.Length - known;
    }

    private void Follow(int seed, float score, int entity, ReadOnlySpan<int> holders)
    {
        foreach (var holder in holders)
        {
            if (holder != seed && (found.Find(holder) >= 0 || filter.Accepts(holder)))
            {
                Link(seed, score, entity, holders.Length, holder);
            }
        }
    }

    private void Link(int seed, float score, int entity, int holderCount, int ordinal)
    {
        var entities = state.Marks.Entities;
        var rarity = Math.Max(0, MathF.Log((float)state.Count / holderCount) / MathF.Log(Math.Max(2, state.Count)));
        var toTitle = entities.TitleOf(ordinal) == entity;
        var strength = toTitle ? 1 : entities.TitleOf(seed) == entity ? ByOwnTitle : BySharedThing * rarity;
        var features = found.FeaturesOf(found.Add(ordinal));
        Raise(ref features[(int)Feature.Linked], score * rarity);
        Raise(ref features[(int)Feature.LinkedByTitle], toTitle ? score : 0);
        Raise(ref features[(int)Feature.Bridged], score * strength * LeftOpen(seed, ordinal));
    }

    // What the second says of the words that the first does not.
    private float LeftOpen(int first, int second)
    {
        var rows = found.Rows;
        var sum = rows.WeighBeside(rows.RowOf(state.Lexical, filter, first), rows.RowOf(state.Lexical, filter, second));
        return sum == 0 ? 0 : sum / rows.Terms.WeightTotal;
    }

    private static void Raise(ref float feature, float value) => feature = Math.Max(feature, value);
}
