namespace MemoryCluster.Host.Commands.Ingest;

/// <summary>What an ingest did.</summary>
internal sealed class IngestSummary
{
    // Enough to see the pattern; a file of a million bad lines must not become a summary of them.
    private const int ProblemsListedMax = 100;

    private readonly Lock _lock = new();

    public required string File { get; init; }

    /// <summary>Memories sent and answered.</summary>
    public int Written { get; private set; }

    /// <summary>How many of them by decision.</summary>
    public SortedDictionary<string, int> Decisions { get; } = new(StringComparer.Ordinal);

    /// <summary>Batches passed over because an earlier run had them acknowledged.</summary>
    public int BatchesSkipped { get; set; }

    /// <summary>Lines that could not be read and memories that were refused.</summary>
    public int Bad { get; private set; }

    /// <summary>The first of them.</summary>
    public List<LineProblem> Problems { get; } = [];

    public double Seconds { get; set; }

    public void Count(string decision)
    {
        lock (_lock)
        {
            Written++;
            Decisions[decision] = Decisions.GetValueOrDefault(decision) + 1;
        }
    }

    public void Complain(int line, string problem)
    {
        lock (_lock)
        {
            Bad++;
            if (Problems.Count < ProblemsListedMax)
                Problems.Add(new LineProblem(line, problem));
        }
    }
}
