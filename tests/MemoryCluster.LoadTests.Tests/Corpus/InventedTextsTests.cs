using MemoryCluster.LoadTests.Corpus;

namespace MemoryCluster.LoadTests.Tests.Corpus;

public sealed class InventedTextsTests
{
    [Fact]
    public void Texts_AreAllDifferent_AndTheSameForASeed()
    {
        var (texts, questions) = InventedTexts.Make(2_000, seed: 3);

        Assert.Equal(2_000, texts.Distinct().Count());
        var again = InventedTexts.Make(2_000, seed: 3);
        Assert.Equal((string.Join('|', texts), string.Join('|', questions)), (string.Join('|', again.Texts), string.Join('|', again.Questions)));
        Assert.NotEqual(texts[0], InventedTexts.Make(2_000, seed: 4).Texts[0]);
    }

    [Fact]
    public void Question_IsOfATextsWords()
    {
        var (texts, questions) = InventedTexts.Make(200, seed: 3);

        Assert.All(questions, question => Assert.Contains(texts, text => text.Contains(question.TrimEnd('?'), StringComparison.Ordinal)));
    }
}
