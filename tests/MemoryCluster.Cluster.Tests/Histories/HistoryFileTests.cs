using MemoryCluster.LoadTests.Checking;
using MemoryCluster.LoadTests.Histories;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Cluster.Tests.Histories;

public sealed class HistoryFileTests
{
    [Fact]
    public async Task HistoryThatWasWritten_IsReadAsItWas()
    {
        using var folder = new TemporaryFolder();
        const string tale = "1 0-10 create k a = 1@5; 1 20-30 patch k 1 b = ?; 2 40-50 list partial = k.2.b; 2 60-70 recall k @5 = k#x.1.a; 2 80-90 delete k = absent";
        var history = Tale.Of(tale) with { NotRecorded = 7 };
        var path = Path.Combine(folder.Path, "history.jsonl");

        await HistoryFile.WriteAsync(path, history, CancellationToken.None);
        var read = await HistoryFile.ReadAsync(path, CancellationToken.None);

        Assert.Equal(history.Operations, read.Operations);
        Assert.Equal(history.NotRecorded, read.NotRecorded);
        Assert.Equal(history.Looks.Select(WithoutSeen), read.Looks.Select(WithoutSeen));
        Assert.Equal(history.Looks.SelectMany(look => look.Seen), read.Looks.SelectMany(look => look.Seen));
        Assert.Equal(HistoryChecker.Check(history).Violations, HistoryChecker.Check(read).Violations);
    }

    private static Look WithoutSeen(Look look) => look with { Seen = [] };

    [Fact]
    public void Recorder_KeepsToItsLimit_AndSaysWhatFoundNoPlace()
    {
        var recorder = new HistoryRecorder(entriesMax: 3);
        var (first, second) = (recorder.NewProcess(), recorder.NewProcess());
        var entries = Tale.Of("1 0-10 create k a = 1; 1 20-30 read k = 1 a; 1 40-50 read k = 1 a; 1 60-70 list = k.1.a");

        first.Add(entries.Operations[0]);
        second.Add(entries.Operations[1]);
        first.Add(entries.Looks[0]);
        first.Add(entries.Operations[2]);

        var history = recorder.Take();
        Assert.Equal((2, 1, 1L), (history.Operations.Count, history.Looks.Count, history.NotRecorded));
        Assert.Equal((0, 1), (first.Process, second.Process));
    }
}
