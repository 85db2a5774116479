using System.Globalization;
using MemoryCluster.Index;
using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Benchmarks.Lexical;

/// <summary>BM25's best ten of 100,000 texts: ours, SQLite's FTS5, Lucene; single-threaded, in alternating rounds of all queries.</summary>
internal static class LexicalBenchmark
{
    private const int Hits = 10;
    private const int Rounds = 5;

    // SQLite takes as long for one pass over the queries as the others for a hundred.
    private const int Passes = 10;

    // Lucene's just-in-time compiler and ours need some.
    private const int WarmUpPasses = 60;
    private const string LuceneJars = "/usr/share/java/lucene-core-8.7.0.jar:/usr/share/java/lucene-analyzers-common-8.7.0.jar";

    public static Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not ["--data", var data])
        {
            Console.Error.WriteLine("Say where the data sets are: lexical --data FOLDER");
            return Task.FromResult(2);
        }

        var folder = Directory.CreateTempSubdirectory("memory-cluster-benchmark-").FullName;
        try
        {
            Run(LexicalCorpus.Read(data), folder);
            return Task.FromResult(0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Run(LexicalCorpus corpus, string folder)
    {
        var sources = Path.Combine(AppContext.BaseDirectory, "Lexical", "Peers");
        var (texts, queries) = (Path.Combine(folder, "texts"), Path.Combine(folder, "queries"));
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        LexicalCorpus.Write(corpus.Texts, texts, numbers);
        LexicalCorpus.Write(corpus.Queries, queries, numbers);
        PeerProcess.Make("gcc", "-O2", "-o", Path.Combine(folder, "fts5"), Path.Combine(sources, "fts5_search.c"), "-lsqlite3");
        PeerProcess.Make("javac", "-cp", LuceneJars, "-d", folder, Path.Combine(sources, "LuceneSearch.java"));

        var hits = Hits.ToString(CultureInfo.InvariantCulture);
        using var fts5 = new PeerProcess(Path.Combine(folder, "fts5"), texts, queries, hits);
        using var lucene = new PeerProcess(
            "java", "-XX:+UseSerialGC", "-cp", $"{folder}:{LuceneJars}", "LuceneSearch", texts, queries, hits, Path.Combine(folder, "index"));
        // The first index pays for compiling; the second is measured.
        _ = new LexicalSubject(corpus, new Bm25Index());
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var plain = new LexicalSubject(corpus, new Bm25Index(k1: 1.2f, neighbourShare: 0, quotationShare: 0));
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        var shipped = new LexicalSubject(corpus, new Bm25Index());

        Print($"{corpus.Texts.Count:N0} texts, {corpus.Texts.Average(t => t.Length):F0} characters each; {corpus.Queries.Count:N0} queries; ours holds {bytes / 1e6:F1} MB");
        Print($"texts indexed a CPU-second: ours {corpus.Texts.Count / plain.IndexSeconds:N0}, FTS5 {corpus.Texts.Count / fts5.IndexSeconds:N0}, Lucene {corpus.Texts.Count / lucene.IndexSeconds:N0}");
        var answers = plain.Answers(Hits);
        Print($"of our best {Hits}, found also by FTS5 {Shared(answers, fts5.Answers(corpus.Queries.Count)):P1}, by Lucene {Shared(answers, lucene.Answers(corpus.Queries.Count)):P1}");
        Measure(
            corpus.Queries.Count,
            ("ours, BM25", Passes, () => plain.Run(Hits, default(AcceptAll))),
            ("SQLite FTS5", 1, fts5.Run),
            ("Lucene", Passes, lucene.Run),
            ("ours, BM25 and neighbours, as shipped", Passes, () => shipped.Run(Hits, default(AcceptAll))),
            ("ours, as shipped, best 100", Passes, () => shipped.Run(100, default(AcceptAll))),
            ("ours, as shipped, filter of 1 %", Passes, () => shipped.Run(Hits, default(OnePercent))));
    }

    private static double Shared(IReadOnlyList<int[]> ours, IReadOnlyList<int[]> theirs) =>
        ours.Zip(theirs).Sum(pair => pair.First.Intersect(pair.Second).Count()) / (double)ours.Sum(hits => hits.Length);

    private static void Measure(int queries, params (string Name, int Passes, Func<double> Run)[] subjects)
    {
        var rates = Array.ConvertAll(subjects, _ => new List<double>());
        foreach (var (_, passes, run) in subjects)
            Total(passes == 1 ? 1 : WarmUpPasses, run);
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < subjects.Length; i++)
            {
                var (_, passes, run) = subjects[i];
                rates[i].Add(queries * passes / Total(passes, run));
            }
        }

        Print($"{"queries a CPU-second",-40} {"median",10} {"least",10} {"most",10} {"ours over it",14}");
        for (var i = 0; i < subjects.Length; i++)
        {
            var ratios = rates[0].Zip(rates[i], (ours, its) => ours / its).Order().ToList();
            var sorted = rates[i].Order().ToList();
            Print($"{subjects[i].Name,-40} {sorted[Rounds / 2],10:N0} {sorted[0],10:N0} {sorted[^1],10:N0} {ratios[Rounds / 2],14:F2}");
        }
    }

    private static double Total(int passes, Func<double> run)
    {
        var seconds = 0.0;
        for (var pass = 0; pass < passes; pass++)
            seconds += run();
        return seconds;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private readonly struct OnePercent : IOrdinalFilter
    {
        public bool Accepts(int ordinal) => ordinal % 100 == 0;
    }
}
