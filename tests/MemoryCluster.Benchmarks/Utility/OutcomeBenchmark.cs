using System.Collections.Immutable;
using System.Globalization;
using MemoryCluster.Embedders;
using MemoryCluster.Records;
using MemoryCluster.Shards;
using MemoryCluster.Shards.Writing;
using MemoryCluster.Utility;

namespace MemoryCluster.Benchmarks.Utility;

/// <summary>
/// What an outcome costs a shard before its sync: the split among the memories used with a full log of earlier outcomes, the counters, and,
/// apart, the records made ready for the store.
/// </summary>
internal static class OutcomeBenchmark
{
    private const int Rounds = 7;
    private const int MemoriesMax = 10_000;
    private const int Logged = 4_096;

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync()
    {
        var embedder = new StaticEmbedder();
        var state = new ShardState(embedder.Model);
        var policy = new TeamPolicy();
        var vectors = await embedder.EmbedManyAsync([.. Enumerable.Range(0, MemoriesMax).Select(TextOf)], default);
        var ids = new MemoryId[MemoriesMax];
        for (var i = 0; i < MemoriesMax; i++)
        {
            var record = Record(i);
            ids[i] = record.Id;
            state.Put(record, vectors[i]);
        }

        var cases = new List<(string, int, Func<int, Task>)>();
        foreach (var used in new[] { 1, 2, 5, 10 })
        {
            var work = new OutcomeWork(state, new OperationLedger(TimeProvider.System));
            var random = new Random(used);
            // Sets among few memories, so that what is split finds its parts in the log.
            for (var i = 0; i < Logged; i++)
            {
                work.Load(new StoredOperation { Body = Guid.Empty, Outcome = new StoredOutcome([.. Draw(random, ids, random.Next(1, used + 1))], random.NextDouble()) });
            }

            var questions = Enumerable.Range(0, 256).Select(i => Question(random, ids, used, i)).ToArray();
            cases.Add(($"{used} used: split and counters", 20_000, count =>
            {
                for (var i = 0; i < count; i++)
                {
                    var (note, outcome) = questions[i % questions.Length];
                    foreach (var credit in work.Split(note, outcome, policy.Utility))
                    {
                        UtilityRules.Credited(state.Find(credit.Id)!.Record.Utility, credit, Now, policy.Utility);
                    }
                }

                return Task.CompletedTask;
            }));
            cases.Add(($"{used} used: whole step", 20_000, count =>
            {
                for (var i = 0; i < count; i++)
                {
                    var (note, outcome) = questions[i % questions.Length];
                    work.Settle(note, outcome, policy, new PendingBatch(1, Now));
                }

                return Task.CompletedTask;
            }));
            cases.Add(($"{used} used: whole step and what follows the sync", 20_000, count =>
            {
                var writing = new OutcomeWork(state, new OperationLedger(TimeProvider.System));
                for (var i = 0; i < count; i++)
                {
                    var (note, outcome) = questions[i % questions.Length];
                    var fresh = note with { Recall = RecallId.New(Now, (ulong)i, 7) };
                    ((Step<(bool, ImmutableArray<MemoryCredit>)>.Write)writing.Settle(fresh, outcome, policy, new PendingBatch(1, Now))).Apply();
                }

                return Task.CompletedTask;
            }));
            cases.Add(($"{used} used: records encoded whole instead", 5_000, count =>
            {
                for (var i = 0; i < count; i++)
                {
                    foreach (var id in questions[i % questions.Length].Note.Hits)
                    {
                        var entry = state.Find(id)!;
                        RecordCodec.Encode(entry.Record, state.EmbeddingOf(entry));
                    }
                }

                return Task.CompletedTask;
            }));
        }

        await Measurement.RunAsync(Rounds, [.. cases]);
    }

    private static (RecallNote Note, RecallOutcome Outcome) Question(Random random, MemoryId[] ids, int used, int number)
    {
        ImmutableArray<MemoryId> hits = [.. Draw(random, ids, used)];
        var note = new RecallNote(RecallId.New(Now, (ulong)number, 7), default, hits);
        return (note, new RecallOutcome { Recall = note.Recall, Reward = random.NextDouble(), Used = hits });
    }

    private static IEnumerable<MemoryId> Draw(Random random, MemoryId[] ids, int count) =>
        Enumerable.Range(0, 12).OrderBy(_ => random.Next()).Take(count).Select(i => ids[i]);

    private static string TextOf(int i) => string.Create(
        CultureInfo.InvariantCulture, $"The booking of order {i} is refunded where the agent cancels before day {i % 31}, and the fee of {i % 97} dollars stays.");

    private static MemoryRecord Record(int i) => new()
    {
        Id = new MemoryId(new Guid(i + 1, 0, 0, new byte[8])),
        Version = 1,
        Seq = i + 1,
        Team = new TeamId("benchmark"),
        Kind = MemoryKind.Fact,
        Visibility = Visibility.Team,
        State = MemoryState.Active,
        Text = TextOf(i),
        Provenance = new Provenance { Agents = [new AgentId("agent")] },
        Times = new MemoryTimes { CreatedAt = Now, UpdatedAt = Now },
    };
}
