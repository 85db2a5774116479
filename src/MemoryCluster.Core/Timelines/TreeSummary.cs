using MemoryCluster.Consolidation;

namespace MemoryCluster.Timelines;

/// <summary>What a node says where no model words it: central sentences of what its children say, each once.</summary>
internal static class TreeSummary
{
    /// <summary>A summary's length at most: about the 200 words of MemForest's.</summary>
    public const int CharsMax = 1_200;

    public static string Of(TreeNode node, ReadOnlySpan<TreeNode> children)
    {
        if (node.Entry is { } entry)
        {
            return Shortened(entry.Record.Text);
        }

        var texts = new ImmutableArray<Sentence>[children.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Sentences.Of(children[i].Summary!);
        }

        return ExtractiveSummary.Of(texts, CharsMax).Text is { Length: > 0 } text ? text : Shortened(children[0].Summary!);
    }

    private static string Shortened(string text)
    {
        if (text.Length <= CharsMax)
        {
            return text;
        }

        var (central, _) = ExtractiveSummary.Of([Sentences.Of(text)], CharsMax);
        // no half of a character
        var end = char.IsHighSurrogate(text[CharsMax - 2]) ? CharsMax - 2 : CharsMax - 1;
        return central.Length > 0 ? central : $"{text[..end]}…";
    }
}
