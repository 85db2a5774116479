using MemoryCluster.LoadTests.Checking;

namespace MemoryCluster.Cluster.Tests.Checking;

/// <summary>The search against what was made correct, and against the definition where that can be tried.</summary>
public sealed class LinearizabilityPropertyTests
{
    private const int Histories = 400;

    [Theory]
    [InlineData(6, 2)]
    [InlineData(12, 4)]
    [InlineData(60, 8)]
    public void HistoryOfACorrectRegister_Passes(int count, int spread)
    {
        for (var seed = 0; seed < Histories; seed++)
        {
            var operations = new RandomHistory(new Random(seed)).Of(count, spread, unknownShare: 0.2);

            Assert.True(new LinearizabilityChecker().Check(operations) == Linearizable.Yes, $"seed {seed}:\n{string.Join('\n', operations.AsEnumerable())}");
        }
    }

    [Fact]
    public void MutatedHistory_IsFlagged_WhereNoOrderExists()
    {
        var (broken, whole) = (0, 0);
        for (var seed = 0; seed < 5 * Histories; seed++)
        {
            var random = new RandomHistory(new Random(seed));
            var operations = random.Of(7, spread: 3, unknownShare: 0.25);
            for (var mutation = 0; mutation < 3; mutation++)
            {
                operations = random.Mutated(operations);
                var expected = BruteForce.IsLinearizable(operations) ? Linearizable.Yes : Linearizable.No;

                var found = new LinearizabilityChecker().Check(operations);
                Assert.True(found == expected, $"seed {seed}, expected {expected}:\n{string.Join('\n', operations.AsEnumerable())}");
                _ = expected == Linearizable.Yes ? whole++ : broken++;
            }
        }

        // both answers were asked for often enough to mean something
        Assert.True(broken > 500 && whole > 500, $"{broken} broken, {whole} whole");
    }
}
