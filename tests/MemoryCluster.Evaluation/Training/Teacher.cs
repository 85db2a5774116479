using MemoryCluster.Embedders;
using MemoryCluster.Evaluation.Yardsticks;
using MemoryCluster.Index.Lexical;
using StableHash = MemoryCluster.Index.Lexical.StableHash;

namespace MemoryCluster.Evaluation.Training;

/// <summary>What is taken over from potion-base-2M: its vectors as the table's beginning, and its vocabulary's order as how common words are.</summary>
internal static class Teacher
{
    private const string Continuation = "##";
    private const string MostFrequentWord = "the";

    // Words beyond the vocabulary's end are as rare as its last.
    private const double RankMax = 32_000;

    /// <summary>Tokens and rows, of mean squared length one, each component divided by a power of its variance over the texts.</summary>
    public static (string[] Tokens, float[][] Rows) Distil(Potion teacher, IEnumerable<string> texts, float whitening)
    {
        // Punctuation says nothing about what a text is about, and the reading of words skips it.
        int[] kept = [.. Enumerable.Range(0, teacher.Vocabulary.Count).Where(token => HasLetter(teacher.Vocabulary[token]))];
        var factors = Factors(teacher, [.. texts], whitening);
        var scale = 1 / Math.Sqrt(kept.Average(token => teacher.Rows[token].Sum(value => (double)value * value)));
        return (
            [.. kept.Select(token => teacher.Vocabulary[token])],
            [.. kept.Select(token => teacher.Rows[token].Select((value, i) => (float)(value * factors[i] * scale)).ToArray())]);
    }

    private static double[] Factors(Potion teacher, string[] texts, float whitening)
    {
        var vectors = new float[texts.Length][];
        Parallel.For(0, texts.Length, i => vectors[i] = teacher.Embed(texts[i]));
        var variances = Enumerable.Range(0, teacher.Dimensions).Select(i => VarianceOf(vectors, i)).ToArray();
        var mean = variances.Average();
        return [.. variances.Select(variance => Math.Pow(variance / mean, -whitening))];
    }

    private static double VarianceOf(float[][] vectors, int component)
    {
        var mean = vectors.Average(vector => (double)vector[component]);
        return vectors.Average(vector => (vector[component] - mean) * (vector[component] - mean));
    }

    private static bool HasLetter(string token) => !IsSpecial(token) && token.Any(char.IsLetterOrDigit);

    private static bool IsSpecial(string token) => token.StartsWith('[') && token.EndsWith(']') && token.Length > 2;

    public static ulong HashOf(string token) => token.StartsWith(Continuation, StringComparison.Ordinal)
        ? StaticModel.HashOf(token.AsSpan(Continuation.Length), isContinuation: true)
        : StaticModel.HashOf(token, isContinuation: false);

    public static int CharsOf(string token) =>
        token.StartsWith(Continuation, StringComparison.Ordinal) ? token.Length - Continuation.Length : token.Length;

    /// <summary>
    /// The root of the logarithm of a word's rank, one at the end: words' frequencies fall with the rank (G. Zipf, 1949), and what a word
    /// says is the logarithm of how rare it is (K. Spärck Jones, Journal of Documentation 1972). A stem has the rank of its first word.
    /// </summary>
    public static SortedDictionary<ulong, byte> TermWeights(Potion teacher)
    {
        var weights = new SortedDictionary<ulong, byte>();
        var first = teacher.Vocabulary.Index().First(token => token.Item == MostFrequentWord).Index;
        foreach (var (index, token) in teacher.Vocabulary.Index().Skip(first).Where(token => token.Item.All(char.IsLetterOrDigit)))
        {
            var weight = Math.Sqrt(Math.Log(2 + index - first) / Math.Log(1 + RankMax));
            weights.TryAdd(TermOf(token), (byte)Math.Round(byte.MaxValue * weight));
        }

        return weights;
    }

    private static ulong TermOf(string word)
    {
        var tokenizer = new Tokenizer(word, stackalloc char[Tokenizer.TokenCharsMax]);
        return tokenizer.MoveNext() ? StableHash.Of(tokenizer.ToTerm()) : StableHash.Of(word);
    }
}
