using MemoryCluster.Core.Tests.Recall;
using MemoryCluster.Utility;

namespace MemoryCluster.Core.Tests.Utility;

public sealed class CoUseLogTests
{
    private static readonly MemoryId[] Ids = [.. Enumerable.Range(1, 80).Select(number => Memories.Numbered(number).Id)];

    [Fact]
    public void PartsOfWhatIsUsed_AreFound_WithTheirMeanReward()
    {
        var log = new CoUseLog();
        log.Add([Ids[1], Ids[0]], 1);
        log.Add([Ids[0], Ids[1]], 0.5);
        log.Add([Ids[2]], 0.25);
        log.Add([Ids[2], Ids[3]], 1);
        log.Add([Ids[0], Ids[1], Ids[2]], 1);

        Assert.Equal([new Coalition(0b101, 2, 0.75), new Coalition(0b010, 1, 0.25)], Collect(log, Ids[0], Ids[2], Ids[1]));
        Assert.Empty(Collect(log, Ids[0], Ids[1]));
    }

    [Fact]
    public void OldOutcomes_AreForgotten()
    {
        var log = new CoUseLog();
        log.Add([Ids[0]], 1);
        for (var i = 0; i < 4_096; i++)
        {
            log.Add([Ids[1]], 0.5);
        }

        Assert.Equal([new Coalition(0b10, 4_096, 0.5)], Collect(log, Ids[0], Ids[1]));
    }

    [Fact]
    public void SetsTooLarge_AreLeftOut()
    {
        var log = new CoUseLog();
        log.Add([.. Ids.Take(CoUseLog.MembersMax + 1)], 1);
        log.Add([Ids[0]], 1);

        Assert.Equal([new Coalition(1, 1, 1)], Collect(log, Ids[..20]));
        Assert.Empty(Collect(log, Ids));
    }

    private static List<Coalition> Collect(CoUseLog log, params MemoryId[] used)
    {
        var found = new List<Coalition>();
        log.Collect(used, found);
        return found;
    }
}
