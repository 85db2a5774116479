using MemoryCluster.Core.Tests.Shards;
using MemoryCluster.Index.Lexical;
using MemoryCluster.Recall;

namespace MemoryCluster.Core.Tests.Recall;

/// <summary>Eight terms at a time give what one after the other gives.</summary>
public sealed class TermRowsTests
{
    private const int Texts = 60;
    private const int Words = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(32)]
    [InlineData(40)]
    public void Weights_AreThoseOfTheFormula(int words)
    {
        var random = new Random(words);
        var state = new MemoryCluster.Shards.ShardState(ShardHarness.Model);
        for (var i = 0; i < Texts; i++)
        {
            // Each tenth text is withheld: nobody finds it.
            var text = string.Join(' ', Enumerable.Range(0, random.Next(1, 40)).Select(_ => $"word{random.Next(Words)}x"));
            state.Put(Memories.Numbered(i, text) with { State = i % 10 == 9 ? MemoryState.Quarantined : MemoryState.Active }, null);
        }

        var query = string.Join(' ', Enumerable.Range(0, words).Select(i => $"word{i}x"));
        var rows = new TermRows();
        state.Lexical.Read(query, rows.Terms);
        var filter = new RecallFilter(state, Query, ShardHarness.Everything, DateTimeOffset.UnixEpoch);
        int[] numbers = [.. Enumerable.Range(0, Texts).Select(i => rows.RowOf(state.Lexical, filter, state.Find(Memories.Numbered(i).Id)!.Ordinal))];
        var counted = new byte[TermQuery.TermsMax];
        for (var i = 0; i < Texts; i++)
        {
            var length = state.Lexical.CountTerms(rows.Terms, state.Find(Memories.Numbered(i).Id)!.Ordinal, counted);
            var isHidden = i % 10 == 9;
            var (score, rarest) = rows.Weigh(numbers[i]);

            Assert.Equal(isHidden ? -1 : length, rows.LengthOf(numbers[i]));
            Assert.Equal(isHidden ? 0 : Bm25(rows.Terms, counted, length, _ => true), score, 1e-4);
            Assert.Equal(isHidden ? 0 : rows.Terms.Weights.ToArray().Where((_, t) => counted[t] > 0).DefaultIfEmpty(0).Max(), rarest);
            var first = rows.FrequenciesOf(numbers[0]).ToArray();
            Assert.Equal(isHidden ? 0 : Bm25(rows.Terms, counted, length, t => first[t] == 0), rows.WeighBeside(numbers[0], numbers[i]), 1e-4);
        }
    }

    private static RecallQuery Query => new() { Team = ShardHarness.Team, Caller = ShardHarness.Everything.Caller, Text = "", K = 10 };

    // Robertson and Zaragoza 2009, formula 3.15, without the factor k1 + 1.
    private static double Bm25(TermQuery terms, byte[] frequencies, int length, Predicate<int> counts)
    {
        var norm = Bm25Index.DefaultSaturation
            * (1 - Bm25Index.DefaultLengthNormalization + (Bm25Index.DefaultLengthNormalization * length / (double)terms.MeanLength));
        return Enumerable.Range(0, terms.Count).Where(t => counts(t)).Sum(t => (double)terms.Weights[t] * frequencies[t] / (frequencies[t] + norm));
    }
}
