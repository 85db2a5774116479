using System.Globalization;
using MemoryCluster.Gateway.Problems;

namespace MemoryCluster.Gateway.Validation;

/// <summary>Which moments may be named.</summary>
internal static class TimeRule
{
    private static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Latest = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan ClockSkewMax = TimeSpan.FromSeconds(60);
    private const int LifetimeYearsMax = 10;
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    /// <summary>Any moment from 1970 to 9998.</summary>
    public static DateTimeOffset? Any(DateTimeOffset? value, string field) =>
        value < Earliest || value >= Latest ? throw OutOfRange("Give a moment of the years 1970 to 9998.", field) : value;

    /// <summary>A moment that has come, but for the caller's clock being a little ahead.</summary>
    public static DateTimeOffset? Past(DateTimeOffset? value, DateTimeOffset now, string field) =>
        value > now + ClockSkewMax ? throw OutOfRange("Give a moment at most 60 seconds ahead of the server's clock.", field) : Any(value, field);

    /// <summary>An end of life.</summary>
    public static DateTimeOffset? Expiry(DateTimeOffset? value, DateTimeOffset now, string field) =>
        value <= now || value > now.AddYears(LifetimeYearsMax)
            ? throw OutOfRange($"Give a moment after now and at most {LifetimeYearsMax} years ahead.", field)
            : value;

    /// <summary>A moment of a query parameter: RFC 3339 with an offset, as in bodies.</summary>
    public static DateTimeOffset? Read(string? text, string field) => text is null
        ? null
        : DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value)
            ? value
            : throw new RefusalException(Refusals.TimestampInvalid, $"Give '{field}' as RFC 3339 with an offset: 2026-01-31T12:00:00Z.", field);

    /// <summary>Refuses a span that ends before it begins.</summary>
    public static void Ordered(DateTimeOffset? from, DateTimeOffset? to, string fromField, string toField)
    {
        if (from >= to)
        {
            throw new RefusalException(Refusals.RangeContradictory, $"Give '{fromField}' before '{toField}'.", toField);
        }
    }

    private static RefusalException OutOfRange(string detail, string field) => new(Refusals.TimestampOutOfRange, detail, field);
}
