using System.Numerics;
using MemoryCluster.Gateway.Problems;

namespace MemoryCluster.Gateway.Validation;

/// <summary>Refuses numbers outside their range; NaN is outside every range.</summary>
internal static class NumberRule
{
    public static T InRange<T>(T value, T min, T max, string field)
        where T : INumber<T> =>
        value >= min && value <= max
            ? value
            : throw new RefusalException(Refusals.ValueOutOfRange, string.Create(Invariant, $"Give '{field}' from {min} to {max}."), field);

    public static T? InRange<T>(T? value, T min, T max, string field)
        where T : struct, INumber<T> => value is { } given ? InRange(given, min, max, field) : null;

    private static IFormatProvider Invariant => System.Globalization.CultureInfo.InvariantCulture;
}
