using System.Globalization;
using System.Numerics;

namespace MemoryCluster.LoadTests.Measuring;

/// <summary>
/// Counts of durations in buckets that widen with the value, so that every reading is right to three significant digits, from a
/// nanosecond to over an hour, in a fixed 270 KB. Histograms of several threads are added into one.
/// </summary>
/// <remarks>
/// <code>
/// value      0 … 2047      2048 … 4095    4096 … 8191    …
/// bucket     1 ns wide     2 ns wide      4 ns wide      …        1024 buckets for each doubling after the first 2048
/// </code>
/// 1024 buckets a doubling: the widest is 1/1024 of its smallest value, under the half of 1/1000 that three digits allow to both sides.
/// </remarks>
internal sealed class LogHistogram
{
    private const int SubBucketBits = 10;
    private const int ValueBitsMax = 42;
    private const long ValueMax = (1L << ValueBitsMax) - 1;
    private const int BucketCount = (ValueBitsMax - SubBucketBits + 1) << SubBucketBits;

    private readonly long[] _counts = new long[BucketCount];
    private double _sum;

    public long Count { get; private set; }

    public TimeSpan Max { get; private set; }

    public TimeSpan Mean => Count == 0 ? TimeSpan.Zero : TimeSpan.FromMicroseconds(_sum / Count / 1_000);

    /// <summary>Adds one duration; a negative one counts as 0, one beyond the range as the range's end.</summary>
    public void Record(TimeSpan duration)
    {
        var nanoseconds = Math.Clamp(duration.Ticks * TimeSpan.NanosecondsPerTick, 0, ValueMax);
        _counts[BucketOf(nanoseconds)]++;
        _sum += nanoseconds;
        Count++;
        if (duration > Max)
            Max = duration;
    }

    public void Add(LogHistogram other)
    {
        for (var i = 0; i < BucketCount; i++)
            _counts[i] += other._counts[i];
        _sum += other._sum;
        Count += other.Count;
        if (other.Max > Max)
            Max = other.Max;
    }

    /// <summary>The smallest duration that at least this share (0 to 1) of the recorded ones do not exceed, to the width of a bucket.</summary>
    public TimeSpan Percentile(double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        long seen = 0;
        for (var i = 0; i < BucketCount; i++)
        {
            seen += _counts[i];
            if (seen >= rank && Count > 0)
                return Least(TimeSpan.FromMicroseconds(MiddleOf(i) / 1_000.0), Max);
        }

        return TimeSpan.Zero;
    }

    /// <summary>How many durations lie in buckets whose middle is in the range, from inclusive to exclusive.</summary>
    public long CountBetween(TimeSpan from, TimeSpan to)
    {
        long count = 0;
        for (var i = 0; i < BucketCount; i++)
        {
            if (_counts[i] > 0 && MiddleOf(i) >= from.TotalNanoseconds && MiddleOf(i) < to.TotalNanoseconds)
                count += _counts[i];
        }

        return count;
    }

    /// <summary>The buckets that hold anything, as <c>bucket:count</c> with spaces between: small enough for a report, and adds up without loss.</summary>
    public string ToText() => string.Join(
        ' ', Enumerable.Range(0, BucketCount).Where(i => _counts[i] > 0).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i}:{_counts[i]}")));

    /// <summary>Reads what <see cref="ToText"/> wrote; sums and the maximum are then right to the width of a bucket.</summary>
    /// <exception cref="FormatException">It is not such a text.</exception>
    public static LogHistogram Parse(string text)
    {
        var histogram = new LogHistogram();
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || !int.TryParse(part[..colon], CultureInfo.InvariantCulture, out var bucket) || bucket is < 0 or >= BucketCount
                || !long.TryParse(part[(colon + 1)..], CultureInfo.InvariantCulture, out var count) || count < 0)
                throw new FormatException($"'{part}' is no bucket:count of a histogram with {BucketCount} buckets.");
            histogram._counts[bucket] += count;
            histogram._sum += MiddleOf(bucket) * count;
            histogram.Count += count;
            histogram.Max = Most(histogram.Max, TimeSpan.FromMicroseconds(MiddleOf(bucket) / 1_000.0));
        }

        return histogram;
    }

    private static int BucketOf(long value)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)value | 1) - SubBucketBits);
        return (shift << SubBucketBits) + (int)(value >> shift);
    }

    private static double MiddleOf(int bucket)
    {
        var shift = Math.Max(0, (bucket >> SubBucketBits) - 1);
        var lowest = (long)(bucket - (shift << SubBucketBits)) << shift;
        return lowest + (((1L << shift) - 1) / 2.0);
    }

    private static TimeSpan Most(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private static TimeSpan Least(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
