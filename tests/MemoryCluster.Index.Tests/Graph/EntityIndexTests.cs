using MemoryCluster.Index.Graph;

namespace MemoryCluster.Index.Tests.Graph;

public sealed class EntityIndexTests
{
    [Fact]
    public void Holders_AreTheTextsThatNameIt()
    {
        var index = new EntityIndex();
        index.Add(0, "", "then Oslo, then Bergen");
        index.Add(5, "Oslo (city)", " is a city");

        var shared = Assert.Single(index.EntitiesOf(0).ToArray().Intersect(index.EntitiesOf(5).ToArray()));

        Assert.Equal([0, 5], index.HoldersOf(shared).ToArray().Order());
        Assert.Equal(2, index.HolderCount(shared));
        Assert.Equal(shared, index.TitleOf(5));
        Assert.Equal(-1, index.TitleOf(0));
        Assert.Empty(index.EntitiesOf(3).ToArray());
        Assert.Empty(index.EntitiesOf(99).ToArray());
    }

    [Fact]
    public void LongText_NamesNoMoreThanTheBound()
    {
        var index = new EntityIndex();
        index.Add(0, "", string.Join(' ', Enumerable.Range(100, 500).Select(number => $"{number},")));

        Assert.Equal(EntityIndex.EntitiesMax, index.EntitiesOf(0).Length);
    }

    [Fact]
    public void RandomAddsAndRemovals_LeaveWhatADictionaryHolds()
    {
        const int seed = 11;
        var random = new Random(seed);
        var index = new EntityIndex();
        var model = new Dictionary<int, HashSet<int>>();
        for (var step = 0; step < 20_000; step++)
        {
            var ordinal = random.Next(60);
            if (model.Remove(ordinal))
            {
                index.Remove(ordinal);
                continue;
            }

            var names = Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(10, 40)).ToHashSet();
            model.Add(ordinal, names);
            index.Add(ordinal, "", string.Join(", ", names));
        }

        Assert.Equal(model.Values.SelectMany(names => names).Distinct().Count(), index.Count);
        foreach (var (ordinal, names) in model)
        {
            Assert.Equal(names.Count, index.EntitiesOf(ordinal).Length);
            var expected = names.Select(name => model.Where(other => other.Value.Contains(name)).Select(other => other.Key).Order()).Select(holders => string.Join(' ', holders));
            var actual = index.EntitiesOf(ordinal).ToArray().Select(entity => string.Join(' ', index.HoldersOf(entity).ToArray().Order()));
            Assert.Equal(expected.Order(), actual.Order());
        }
    }
}
