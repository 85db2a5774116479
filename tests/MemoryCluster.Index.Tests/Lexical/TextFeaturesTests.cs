using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Index.Tests.Lexical;

public sealed class TextFeaturesTests
{
    [Theory]
    [InlineData("Meet by 3 May", "Meet by 5 May")]
    [InlineData("Meet on Monday", "Meet on Tuesday")]
    [InlineData("Retry the call", "Do not retry the call")]
    [InlineData("It works", "It doesn't work")]
    [InlineData("A 3.5 m rope", "A 5.3 m rope")]
    [InlineData("at 5pm", "at 5am")]
    [InlineData("at -5 degrees", "at 5 degrees")]
    [InlineData("on 2026-03-05", "on 2026-05-03")]
    [InlineData("use GPT4", "use GPT5")]
    [InlineData("mask 0x1F", "mask 0x2F")]
    [InlineData("two dogs", "three dogs")]
    [InlineData("no dogs", "no dogs, no cats")]
    [InlineData("5月", "6月")]
    [InlineData("version 1.1", "version 1.10")]
    public void DifferentClaims_Differ(string left, string right)
    {
        Assert.NotEqual(TextFeatures.NumbersAndNegations(left), TextFeatures.NumbersAndNegations(right));
    }

    [Theory]
    [InlineData("She paid 1,000 on 3rd May", "On May 3 the sum of 1000 was paid by her")]
    [InlineData("It isn't there", "It’s not there")]
    [InlineData("two dogs and 3 cats", "three cats and 2 dogs")]
    [InlineData("５ dogs", "5 dogs.")]
    [InlineData("10,20", "20, 10")]
    public void SameClaimsInOtherWords_AreEqual(string left, string right)
    {
        Assert.Equal(TextFeatures.NumbersAndNegations(left), TextFeatures.NumbersAndNegations(right));
    }

    [Theory]
    [InlineData("")]
    [InlineData("A dog walks along the lake.")]
    public void TextWithoutFeatures_IsZero(string text)
    {
        Assert.Equal(0UL, TextFeatures.NumbersAndNegations(text));
    }

    [Fact]
    public void Fingerprint_IsTheSameOnEveryMachine()
    {
        Assert.Equal(10347209051058874459UL, TextFeatures.NumbersAndNegations("not before 2026-03-05 at 14:30"));
    }

    [Fact]
    public void AnyText_IsReadToItsEnd_WithoutAllocating()
    {
        var random = new Random(11);
        var text = new string([.. Enumerable.Range(0, 20_000).Select(_ => (char)random.Next(0x10000))]) + " 5 of 7 not";

        Assert.Equal(0, Allocations.Of(() => TextFeatures.NumbersAndNegations(text)));
    }
}
