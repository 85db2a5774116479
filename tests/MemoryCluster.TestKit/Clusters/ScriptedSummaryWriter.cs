using System.Collections.Concurrent;

namespace MemoryCluster.TestKit.Clusters;

/// <summary>A model that words summaries as the test says, and remembers what it was given.</summary>
public sealed class ScriptedSummaryWriter : ISummaryWriter
{
    /// <inheritdoc/>
    public string Model => "m-1";

    /// <summary>What it writes; by default the first of its sources.</summary>
    public Func<SummaryRequest, Task<string>> Write { get; set; } = request => Task.FromResult(request.Sources[0]);

    /// <summary>Each request.</summary>
    public ConcurrentQueue<SummaryRequest> Asked { get; } = new();

    /// <inheritdoc/>
    public async Task<SummaryAnswer> WriteAsync(SummaryRequest request, CancellationToken cancellationToken)
    {
        Asked.Enqueue(request);
        return new SummaryAnswer(await Write(request), Model, true);
    }
}
