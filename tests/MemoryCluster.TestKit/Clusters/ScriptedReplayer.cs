using System.Collections.Concurrent;

namespace MemoryCluster.TestKit.Clusters;

/// <summary>A replayer that answers as the test says, and remembers what it was asked.</summary>
public sealed class ScriptedReplayer : IReplayer
{
    /// <summary>What it answers.</summary>
    public Func<ReplayRequest, Task<ReplayAnswer>> Answer { get; set; } = request => Task.FromResult(Helped(request));

    /// <summary>Each request, with the secret that it would have been signed with.</summary>
    public ConcurrentQueue<(ReplayRequest Request, string? Secret)> Asked { get; } = new();

    /// <inheritdoc/>
    public Task<ReplayAnswer> ReplayAsync(ReplayRequest request, ReplayerRecord? replayer, CancellationToken cancellationToken)
    {
        Asked.Enqueue((request, replayer?.Secret));
        return Answer(request);
    }

    /// <summary>1 with a memory, 0 without.</summary>
    public static ReplayAnswer Helped(ReplayRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new ReplayAnswer(request.Memory is null ? 0 : 1, 100, null, "v1");
    }
}
