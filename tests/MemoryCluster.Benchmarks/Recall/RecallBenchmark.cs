using System.Globalization;
using MemoryCluster.Access;
using MemoryCluster.Benchmarks.Lexical;
using MemoryCluster.Benchmarks.Vectors;
using MemoryCluster.Embedders;
using MemoryCluster.Recall;
using MemoryCluster.Shards;

namespace MemoryCluster.Benchmarks.Recall;

/// <summary>
/// What one shard's search takes of the processor, whole and by the channels that it would have without the others, and what a write adds
/// to the indexes; with all memories as facts and with all as turns of chats.
/// </summary>
internal static class RecallBenchmark
{
    private const int Rounds = 7;
    private const int TurnsPerSession = 25;

    private static readonly int[] Sizes = [6_250];
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TeamId Team = new("benchmark");
    private static readonly AccessView Access = AccessView.Of(new Caller { Tenant = new TenantId("benchmark"), Key = default }, new DirectorySnapshot { Version = 0 });

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not ["--data", var data])
        {
            await Console.Error.WriteLineAsync("Say where the data sets are: recall --data FOLDER");
            return 2;
        }

        var corpus = LexicalCorpus.Read(data);
        var embedder = new StaticEmbedder();
        var queries = await embedder.EmbedManyAsync(corpus.Queries, default);
        foreach (var size in Sizes)
        {
            var vectors = await embedder.EmbedManyAsync([.. corpus.Texts.Take(size)], default);
            foreach (var asTurns in new[] { false, true })
            {
                Measure(corpus, size, vectors, queries, asTurns);
            }
        }

        return 0;
    }

    private static void Measure(LexicalCorpus corpus, int size, IReadOnlyList<Embedding> vectors, IReadOnlyList<Embedding> queries, bool asTurns)
    {
        MemoryRecord[] records = [.. corpus.Texts.Take(size).Select((text, i) => Record(text, i, asTurns))];
        var state = new ShardState(new EmbedderModel(vectors[0].Model, vectors[0].Dimensions));
        for (var i = 0; i < size; i++)
        {
            state.Put(records[i], vectors[i]);
        }

        Print($"{size:N0} {(asTurns ? "turns" : "facts")}: marks and things of a write {Writes(records):F1} us and {Allocated(records):N0} bytes");
        foreach (var channels in new[] { RecallChannels.All, RecallChannels.All & ~RecallChannels.Vector, RecallChannels.Lexical | RecallChannels.Vector, RecallChannels.Lexical | RecallChannels.Temporal, RecallChannels.Vector | RecallChannels.Temporal, RecallChannels.Lexical, RecallChannels.Vector })
        {
            var micros = new List<double>();
            for (var round = -2; round < Rounds; round++)
            {
                var began = ThreadClock.Seconds;
                for (var i = 0; i < corpus.Queries.Count; i++)
                {
                    var query = new RecallQuery { Team = Team, Caller = Access.Caller, Text = corpus.Queries[i], K = 10, Channels = channels };
                    ShardSearch.Run(state, new ShardQuery(query, [queries[i]], 0), Access, 0, Now);
                }

                if (round >= 0)
                {
                    micros.Add((ThreadClock.Seconds - began) / corpus.Queries.Count * 1e6);
                }
            }

            micros.Sort();
            Print($"  {channels,-40} {micros[Rounds / 2],8:F0} us a query ({micros[0]:F0} to {micros[^1]:F0})");
        }
    }

    private static double Writes(MemoryRecord[] records)
    {
        FillMarks(records);
        var began = ThreadClock.Seconds;
        FillMarks(records);
        return (ThreadClock.Seconds - began) / records.Length * 1e6;
    }

    private static long Allocated(MemoryRecord[] records)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        FillMarks(records);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / records.Length;
    }

    private static void FillMarks(MemoryRecord[] records)
    {
        var marks = new EvidenceMarks();
        for (var i = 0; i < records.Length; i++)
        {
            marks.Set(i, records[i]);
        }
    }

    private static MemoryRecord Record(string text, int i, bool asTurn) => new()
    {
        Id = new MemoryId(new Guid(i + 1, 0, 0, new byte[8])),
        Version = 1,
        Seq = i + 1,
        Team = Team,
        Kind = MemoryKind.Fact,
        Visibility = Visibility.Team,
        State = MemoryState.Active,
        Text = text,
        Provenance = new Provenance
        {
            Agents = [new AgentId("reader")],
            Source = asTurn
                ? new SourceRef { Session = $"s{i / TurnsPerSession}", Turn = (i % TurnsPerSession).ToString(CultureInfo.InvariantCulture) }
                : null,
        },
        Times = new MemoryTimes { CreatedAt = Now, UpdatedAt = Now, OccurredAt = asTurn ? Now.AddHours(-i) : null },
    };

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
