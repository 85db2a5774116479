using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Admission;

/// <summary>Counts words, no further than it must.</summary>
internal static class Words
{
    public static bool AtLeast(string text, int count)
    {
        var tokens = new Tokenizer(text, stackalloc char[Tokenizer.TokenCharsMax]);
        for (; count > 0; count--)
        {
            if (!tokens.MoveNext())
            {
                return false;
            }
        }

        return true;
    }
}
