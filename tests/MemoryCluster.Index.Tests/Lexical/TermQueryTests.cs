using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Index.Tests.Lexical;

public sealed class TermQueryTests
{
    private readonly Bm25Index _index = new();
    private readonly TermQuery _terms = new();

    [Fact]
    public void Frequencies_AreThoseOfTheStems()
    {
        _index.Add(3, "Dogs and a dog and the cat");
        _index.Add(4, "a house");
        _index.Read("the dog, the CATS, a zebra", _terms);
        Span<byte> frequencies = stackalloc byte[TermQuery.TermsMax];

        Assert.Equal(2, _terms.Count);
        Assert.Equal(3, _index.CountTerms(_terms, 3, frequencies));
        Assert.Equal([2, 1], frequencies[..2].ToArray());
        Assert.Equal(1, _index.CountTerms(_terms, 4, frequencies));
        Assert.Equal([0, 0], frequencies[..2].ToArray());
        Assert.Equal(-1, _index.CountTerms(_terms, 5, frequencies));
    }

    [Fact]
    public void LongTexts_AreCountedToTheirLastWordAndNotBeyond()
    {
        for (var length = 1; length < 70; length++)
        {
            _index.Add(length, string.Join(' ', Enumerable.Repeat("oak", length)));
        }

        _index.Read("oak", _terms);
        Span<byte> frequencies = stackalloc byte[TermQuery.TermsMax];
        for (var length = 1; length < 70; length++)
        {
            Assert.Equal(length, _index.CountTerms(_terms, length, frequencies));
            Assert.Equal(length, frequencies[0]);
        }
    }

    [Fact]
    public void TermsBeyondSixteenBits_AreCountedToo()
    {
        for (var i = 0; i < 70_000; i += 100)
        {
            _index.Add(i, string.Join(' ', Enumerable.Range(i, 100).Select(number => $"w{number}x")));
        }

        _index.Add(1, "w5x w69999x w69999x");
        _index.Read("w69999x w5x", _terms);
        Span<byte> frequencies = stackalloc byte[TermQuery.TermsMax];

        _index.CountTerms(_terms, 1, frequencies);

        Assert.Equal([2, 1], frequencies[..2].ToArray());
    }

    [Fact]
    public void RarerTerms_WeighMore()
    {
        _index.Add(0, "apple pear");
        _index.Add(1, "apple");
        _index.Add(2, "apple");
        _index.Read("apple pear", _terms);

        Assert.True(_terms.Weights[1] > _terms.Weights[0]);
        Assert.Equal(_terms.Weights[0] + _terms.Weights[1], _terms.WeightTotal);
        Assert.Equal(_terms.Weights[1], _terms.WeightMax);
    }

    [Fact]
    public void UnknownWords_AreInTheTotal()
    {
        _index.Add(0, "apple pear");
        _index.Read("apple", _terms);
        var known = _terms.WeightTotal;
        _index.Read("apple zebra", _terms);

        Assert.Equal(1, _terms.Count);
        Assert.True(_terms.WeightTotal > 2 * known);
        Assert.True(_terms.WeightMax > _terms.Weights[0]);
    }

    [Fact]
    public void QueryOfStopWords_HasThem_AndAVeryLongOneIsCut()
    {
        _index.Add(0, "to be or not to be " + string.Join(' ', Enumerable.Range(0, 100).Select(number => $"n{number}")));
        _index.Read("to be", _terms);
        Assert.Equal(2, _terms.Count);

        _index.Read(string.Join(' ', Enumerable.Range(0, 100).Select(number => $"n{number}")), _terms);
        Assert.Equal(TermQuery.TermsMax, _terms.Count);
    }

    [Fact]
    public void Beginning_IsWithinTheQuery_WhenItsWordsAre()
    {
        _index.Add(0, "The Golden Gate: a bridge");
        _index.Read("how long is the golden gate", _terms);
        Assert.True(_index.BeginsWithin(_terms, 0, 3));
        Assert.False(_index.BeginsWithin(_terms, 0, 5));
        Assert.False(_index.BeginsWithin(_terms, 0, 0));
        Assert.False(_index.BeginsWithin(_terms, 9, 1));
        Assert.False(_index.BeginsWithin(_terms, 0, 1));
    }

    [Fact]
    public void Search_WithoutNeighbours_IsPlainBm25()
    {
        var plain = new Bm25Index(neighbourShare: 0);
        foreach (var (ordinal, text) in new[] { "red house on the hill", "house red", "a red red car", "the house of red brick" }.Index())
        {
            _index.Add(ordinal, text);
            plain.Add(ordinal, text);
        }

        var (ours, theirs) = (new ScoredOrdinal[4], new ScoredOrdinal[4]);
        var count = _index.Search("red house", ours, default(AcceptAll), withNeighbours: false);

        Assert.Equal(count, plain.Search("red house", theirs, default(AcceptAll)));
        Assert.Equal(theirs[..count], ours[..count]);
    }
}
