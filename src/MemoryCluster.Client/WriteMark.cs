namespace MemoryCluster.Client;

/// <summary>The newest write that the views of one agent have seen acknowledged.</summary>
internal sealed class WriteMark
{
    private long _seq;

    /// <summary>Its sequence number; null before the first.</summary>
    public long? Seq => Volatile.Read(ref _seq) is var seq and > 0 ? seq : null;

    public void Advance(long seq)
    {
        for (var known = Volatile.Read(ref _seq); seq > known;)
        {
            var before = Interlocked.CompareExchange(ref _seq, seq, known);
            if (before == known)
                return;
            known = before;
        }
    }
}
