using System.Numerics;

namespace MemoryCluster.Admission.Gate;

/// <summary>The words of a text as bits of a small filter, with its share of letters: enough to see how much two texts have in common.</summary>
/// <remarks>1,024 bits take some 200 words before half of the shared share is chance; longer texts are read up to <see cref="CharsMax"/>.</remarks>
internal ref struct WordBits
{
    /// <summary>Longs of the caller's buffer.</summary>
    public const int Longs = 16;

    // Two thousand characters take about two microseconds to read; what a step is about stands at its beginning.
    private const int CharsMax = 1_536;

    private readonly Span<ulong> _bits;

    private WordBits(Span<ulong> bits) => _bits = bits;

    /// <summary>Distinct words, as far as the filter tells them apart.</summary>
    public int Count { get; private set; }

    /// <summary>Share of characters that are neither letters nor blanks.</summary>
    public double Marks { get; private set; }

    public static WordBits Of(ReadOnlySpan<char> text, Span<ulong> buffer) => Of(text, buffer, namesOnly: false);

    /// <summary>Only words that begin with a capital or a digit.</summary>
    public static WordBits OfNames(ReadOnlySpan<char> text, Span<ulong> buffer) => Of(text, buffer, namesOnly: true);

    private static WordBits Of(ReadOnlySpan<char> text, Span<ulong> buffer, bool namesOnly)
    {
        buffer.Clear();
        var read = text[..Math.Min(text.Length, CharsMax)];
        var words = new WordBits(buffer);
        var hash = 0u;
        var length = 0;
        var marks = 0;
        var isTaken = false;
        foreach (var symbol in read)
        {
            var lower = char.IsAscii(symbol) ? (char)(symbol | 0x20) : char.ToLowerInvariant(symbol);
            if (lower is (>= 'a' and <= 'z') or (>= '0' and <= '9') || (!char.IsAscii(symbol) && char.IsLetterOrDigit(symbol)))
            {
                isTaken = length == 0 ? !namesOnly || char.IsUpper(symbol) || char.IsAsciiDigit(symbol) : isTaken;
                hash = (hash ^ lower) * 16777619;
                length++;
                marks += char.IsAsciiDigit(symbol) ? 1 : 0;
                continue;
            }

            marks += symbol is ' ' or '\n' or '\r' or '\t' ? 0 : 1;
            words.Add(hash, isTaken ? length : 0);
            hash = 0;
            length = 0;
        }

        words.Add(hash, isTaken ? length : 0);
        words.Marks = read.IsEmpty ? 0 : (double)marks / read.Length;
        foreach (var bits in words._bits)
        {
            words.Count += BitOperations.PopCount(bits);
        }

        return words;
    }

    /// <summary>Share of these words that are among the others, 0 where there are none.</summary>
    public readonly double ShareIn(WordBits other)
    {
        var shared = 0;
        for (var index = 0; index < Longs; index++)
        {
            shared += BitOperations.PopCount(_bits[index] & other._bits[index]);
        }

        return Count == 0 ? 0 : (double)shared / Count;
    }

    /// <summary>Share of these words that are among none of the others.</summary>
    public readonly double ShareBeside(WordBits first, WordBits second, WordBits third)
    {
        var left = 0;
        for (var index = 0; index < Longs; index++)
        {
            left += BitOperations.PopCount(_bits[index] & ~(first._bits[index] | second._bits[index] | third._bits[index]));
        }

        return Count == 0 ? 0 : (double)left / Count;
    }

    // Words of one or two letters are mostly grammar; numbers of two digits are not worth telling apart from them.
    private readonly void Add(uint hash, int length)
    {
        if (length > 2)
        {
            var mixed = (hash ^ (hash >> 15)) * 2246822519u;
            var bit = mixed >> 22;
            _bits[(int)(bit >> 6)] |= 1ul << (int)(bit & 63);
        }
    }
}
