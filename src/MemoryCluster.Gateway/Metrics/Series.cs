namespace MemoryCluster.Gateway.Metrics;

/// <summary>The measurements of one instrument under one set of tags.</summary>
internal sealed class Series(InstrumentShape shape, KeyValuePair<string, object?>[] tags)
{
    /// <summary>Upper bounds in seconds, from 50 µs, less than a call of ours takes, to the longest deadline.</summary>
    public static readonly double[] Bounds =
        [0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private readonly long[] _buckets = shape == InstrumentShape.Histogram ? new long[Bounds.Length + 1] : [];
    private double _value;

    public IReadOnlyList<KeyValuePair<string, object?>> Tags => tags;

    /// <summary>The sum, or the latest measurement.</summary>
    public double Value => Volatile.Read(ref _value);

    /// <summary>How many measurements fell into the bucket, not counting those of smaller ones.</summary>
    public long InBucket(int index) => Volatile.Read(ref _buckets[index]);

    public bool Matches(ReadOnlySpan<KeyValuePair<string, object?>> others)
    {
        if (others.Length != tags.Length)
        {
            return false;
        }

        for (var i = 0; i < tags.Length; i++)
        {
            if (!ReferenceEquals(tags[i].Value, others[i].Value) && !Equals(tags[i].Value, others[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    public void Add(double value)
    {
        if (shape is InstrumentShape.Gauge or InstrumentShape.ObservedCounter)
        {
            Volatile.Write(ref _value, value);
            return;
        }

        if (shape == InstrumentShape.Histogram)
        {
            Interlocked.Increment(ref _buckets[BucketOf(value)]);
        }

        AddToSum(value);
    }

    private static int BucketOf(double value)
    {
        var index = 0;
        while (index < Bounds.Length && value > Bounds[index])
        {
            index++;
        }

        return index;
    }

    private void AddToSum(double value)
    {
        var seen = Volatile.Read(ref _value);
        while (true)
        {
            var found = Interlocked.CompareExchange(ref _value, seen + value, seen);
            if (found.Equals(seen))
            {
                return;
            }

            seen = found;
        }
    }
}
