using System.Buffers;

namespace MemoryCluster;

/// <summary>A tenant: the wall that no request crosses. It comes from the caller's key alone.</summary>
/// <param name="Value">1 to 63 characters of <c>a-z 0-9 -</c>.</param>
[GenerateSerializer, Immutable, Alias("mc.TenantId")]
public readonly record struct TenantId([property: Id(0)] string Value)
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Whether <paramref name="text"/> may name a tenant.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) => text.Length is > 0 and <= 63 && !text.ContainsAnyExcept(Allowed);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
