using MemoryCluster.Shards;
using MemoryCluster.Timelines;

namespace MemoryCluster.Core.Tests.Timelines;

public sealed class TimeTreeTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 1)]
    [InlineData(4, 3)]
    public void KeptUp_IsTheSameAsBuiltAnew(int seed, int reach)
    {
        var random = new Random(seed);
        var tree = new TimeTree(Guid.Empty, reach);
        var there = new List<ShardEntry>();
        for (var step = 0; step < 600; step++)
        {
            if (there.Count > 0 && random.Next(100) < (step < 400 ? 25 : 75))
            {
                var gone = random.Next(there.Count);
                tree.Remove(there[gone].Record);
                there.RemoveAt(gone);
            }
            else
            {
                there.Add(Entry(random));
                tree.Put(there[^1]);
            }

            Assert.True(Told(TimeTree.Of(Guid.Empty, reach, there)) == Told(tree), $"seed {seed}, step {step}");
            AssertSound(tree, reach, there.Count);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Change_DirtiesThePathToTheRootAndNothingElse(int reach)
    {
        var random = new Random(5);
        var there = Enumerable.Range(0, 2_000).Select(_ => Entry(random)).ToList();
        var tree = TimeTree.Of(Guid.Empty, reach, there);
        for (var round = 0; round < 50; round++)
        {
            MarkAll(tree);
            var changed = there[random.Next(there.Count)];
            changed.Record = changed.Record with { Version = changed.Record.Version + 1 };
            tree.Put(changed);

            Assert.Equal(tree.Top, DirtyIn(tree));
        }
    }

    // A memory more may divide a node, or two become one, on every level.
    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 5)]
    public void ComingAndGoing_DirtiesAFewNodesOfEachLevel(int reach, int most)
    {
        var random = new Random(8);
        var there = Enumerable.Range(0, 2_000).Select(_ => Entry(random)).ToList();
        var tree = TimeTree.Of(Guid.Empty, reach, there);
        for (var round = 0; round < 200; round++)
        {
            MarkAll(tree);
            if (round % 2 == 0)
            {
                there.Add(Entry(random));
                tree.Put(there[^1]);
            }
            else
            {
                var gone = random.Next(there.Count);
                tree.Remove(there[gone].Record);
                there.RemoveAt(gone);
            }

            Assert.InRange(DirtyIn(tree), tree.Top, most * tree.Top);
        }
    }

    [Fact]
    public void Node_BeginsAfterALongPause()
    {
        var random = new Random(6);
        var tree = TimeTree.Of(Guid.Empty, 1, Enumerable.Range(0, 12).Select(i => Entry(random, Begin.AddDays(i / 4).AddMinutes(i))));

        Assert.Equal([Begin, Begin.AddDays(1).AddMinutes(4), Begin.AddDays(2).AddMinutes(8)], tree.At(tree.Top - 1).ToArray().Select(node => node.Place.At));
    }

    // Each pause twice as long as the one before: no node may grow without end.
    [Fact]
    public void EverLongerPauses_MakeNoNodeOfManyChildren()
    {
        var random = new Random(7);
        var tree = TimeTree.Of(Guid.Empty, 3, Enumerable.Range(0, 1_000).Select(i => Entry(random, Begin.AddTicks((long)Math.Pow(1.03, i)))));

        for (var level = 1; level <= tree.Top; level++)
        {
            foreach (var node in tree.At(level))
            {
                Assert.InRange(tree.ChildrenOf(node).Length, 4, 256);
            }
        }
    }

    private static void AssertSound(TimeTree tree, int reach, int count)
    {
        Assert.Equal(count, tree.Root?.Count ?? 0);
        var most = count <= 1 ? 0 : 1 + Math.Log(count / 2.0, reach + 1) + 1e-9;
        Assert.True(tree.Top <= most, $"{count} memories, {tree.Top} levels");
    }

    private static void MarkAll(TimeTree tree)
    {
        for (var level = 1; level <= tree.Top; level++)
        {
            foreach (var node in tree.At(level))
            {
                node.Summary = "";
            }
        }
    }

    private static int DirtyIn(TimeTree tree) => Enumerable.Range(1, tree.Top).Sum(level => tree.At(level).ToArray().Count(node => node.Summary is null));

    private static string Told(TimeTree tree) => string.Join(
        '\n', Enumerable.Range(0, tree.Top + 1).Select(level => string.Join(' ', tree.At(level).ToArray().Select(node => Told(tree, node)))));

    private static string Told(TimeTree tree, TreeNode node)
    {
        var agents = string.Join(',', node.Label.Agents.Select(agent => agent.Value).Order(StringComparer.Ordinal));
        return $"{tree.IdOf(node)} {node.Count} {node.To:O} {node.Content} {agents} {node.ExpiresAt:O}";
    }

    private static ShardEntry Entry(Random random, DateTimeOffset? at = null)
    {
        var id = MemoryId.New(Begin, (ulong)random.NextInt64(), 7);
        var occurred = at ?? Begin.AddMinutes(random.Next(400) * random.Next(1, 40));
        var record = new MemoryRecord
        {
            Id = id, Version = 1, Seq = 1, Team = new TeamId("red"), Kind = MemoryKind.Event, Visibility = Visibility.Team, State = MemoryState.Active, Text = "",
            Provenance = new Provenance { Agents = [new AgentId($"a{random.Next(3)}")] },
            Times = new MemoryTimes
            {
                CreatedAt = Begin, UpdatedAt = Begin, OccurredAt = occurred,
                ExpiresAt = random.Next(5) == 0 ? Begin.AddDays(random.Next(1, 90)) : null,
            },
        };
        return new ShardEntry(record, 0, 0, default, 0);
    }
}
