namespace MemoryCluster.Embedders.Tests.Static;

public sealed class StaticModelTests
{
    private static readonly string[] Tokens = ["play", "pl", "ay", "##ing", "##ay", "a"];

    private static readonly StaticModel Model = new(new StaticModelParts
    {
        SemanticDimensions = 4,
        LexicalDimensions = 8,
        TokenCharsMax = 4,
        ContextDiscount = 0.5f,
        SemanticShare = 0.4f,
        Tokens = [.. Tokens.Select(token => StaticModel.HashOf(token.TrimStart('#'), token.StartsWith('#')))],
        Scales = [1, 1, 1, 1, 1, 0.5f],
        Rows = [.. Tokens.Index().SelectMany(token => (sbyte[])[(sbyte)(token.Index + 1), 0, 0, 2])],
        Terms = [5],
        TermWeights = [51],
    });

    [Theory]
    [InlineData("play", "play")]
    [InlineData("playing", "play ##ing")]
    [InlineData("plaing", "")]
    [InlineData("play-", "")]
    [InlineData("aing", "a ##ing")]
    [InlineData("ing", "")]
    [InlineData("play​", "")]
    [InlineData("plplay", "")]
    [InlineData("plingay", "pl ##ing ##ay")]
    [InlineData("", "")]
    public void Word_IsSplitIntoItsLongestBeginnings_OrNotAtAll(string word, string expected)
    {
        var tokens = new List<int> { 42 };

        Model.Split(word, tokens);

        Assert.Equal(expected, string.Join(' ', tokens.Skip(1).Select(token => Tokens[token])));
    }

    [Fact]
    public void Rows_AreScaled()
    {
        Assert.Equal([3, 0, 0, 1], Model.Row(5).ToArray());
        Assert.Equal(MathF.Sqrt(10), Model.Norm(5));
    }

    [Fact]
    public void UnknownTerm_WeighsMost()
    {
        Assert.Equal(0.2f, Model.WeightOf(5));
        Assert.Equal(1, Model.WeightOf(6));
    }
}
