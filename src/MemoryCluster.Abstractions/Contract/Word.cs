using System.Text.Json;

namespace MemoryCluster.Contract;

/// <summary>The words by which an enum's members go over the wire: their names in camel case; the member 0 has none.</summary>
public static class Word
{
    /// <summary>Every word of an enum, in its order.</summary>
    public static ImmutableArray<string> All<TEnum>()
        where TEnum : struct, Enum => Table<TEnum>.Words;

    /// <summary>The word of a member.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It has none.</exception>
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        var index = Table<TEnum>.Values.IndexOf(value);
        return index >= 0
            ? Table<TEnum>.Words[index]
            : throw new ArgumentOutOfRangeException(nameof(value), value, "This member has no word on the wire.");
    }

    /// <summary>Reads a word, exactly as it is written.</summary>
    public static bool TryParse<TEnum>(ReadOnlySpan<char> word, out TEnum value)
        where TEnum : struct, Enum
    {
        for (var i = 0; i < Table<TEnum>.Words.Length; i++)
        {
            if (word.SequenceEqual(Table<TEnum>.Words[i]))
            {
                value = Table<TEnum>.Values[i];
                return true;
            }
        }

        value = default;
        return false;
    }

    internal static class Table<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly ImmutableArray<TEnum> Values = [.. Enum.GetValues<TEnum>().Where(value => !value.Equals(default(TEnum)))];

        public static readonly ImmutableArray<string> Words =
            [.. Values.Select(value => JsonNamingPolicy.CamelCase.ConvertName(Enum.GetName(value)!))];
    }
}
