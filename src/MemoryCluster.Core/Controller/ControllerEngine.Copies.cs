namespace MemoryCluster.Controller;

public sealed partial class ControllerEngine
{
    private MemoryId _testedTo;

    /// <summary>Whether there are runs that a copy could be replayed on.</summary>
    public bool HasRuns => _state.RunCount > 0;

    /// <summary>The copies of which something is kept here.</summary>
    public ImmutableArray<MemoryId> KnownCopies => [.. _state.Copies.Select(copy => copy.Copy)];

    /// <summary>After which copy the next ones to test come, in a circle.</summary>
    public MemoryId CopiesAfter => _testedTo;

    /// <summary>Replays some copies, in order of their ids, on the runs that came since each was last looked at.</summary>
    /// <param name="copies">Memories that other teams offered, as they stand in this team's shard.</param>
    /// <param name="isLast">Whether no copies come after them.</param>
    /// <param name="directory">Who may see what: a copy is replayed only on runs whose agent may see it.</param>
    /// <param name="cancellationToken">Ends the wait for its turn.</param>
    /// <returns>How many decisions their shard must hear of.</returns>
    public async Task<int> TestCopiesAsync(ImmutableArray<MemoryRecord> copies, bool isLast, DirectorySnapshot directory, CancellationToken cancellationToken)
    {
        var changed = copies.IsEmpty ? 0 : await _writer.SubmitAsync(batch => _copies.Test(copies, directory, batch), cancellationToken);
        _testedTo = isLast ? default : copies[^1].Id;
        return changed;
    }

    /// <summary>The replays that a copy stands on, run again; null where there are none.</summary>
    public async Task<CertificateCheck?> CertifyCopyAsync(MemoryRecord copy, CancellationToken cancellationToken)
    {
        await _writer.ConfirmCurrentAsync(cancellationToken);
        return _copies.Check(copy);
    }
}
