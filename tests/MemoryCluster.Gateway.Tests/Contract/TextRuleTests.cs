namespace MemoryCluster.Gateway.Tests.Contract;

public sealed class TextRuleTests
{
    [Theory]
    [InlineData("Plain, with tab\tand\r\nline ends.")]
    [InlineData("Zażółć gęślą jaźń, été, ñandú")]
    [InlineData("می‌خواهم")] // Persian needs U+200C
    [InlineData("क्‍ष")] // Devanagari needs U+200D
    [InlineData("👩‍👩‍👧 and 🏳️‍🌈")]
    [InlineData("世界 שלום عالم")]
    [InlineData("soft\u00adhyphen and private \ue000")]
    [InlineData("é̂̃̄̅")]
    public void WhatPeopleWrite_IsLeftAlone(string text)
    {
        Assert.Equal(TextFlaw.None, TextRule.Check(text));
        Assert.Same(text, TextRule.Clean(text));
    }

    [Theory]
    [InlineData("a\0b", TextFlaw.Control, "ab")]
    [InlineData("\u001b[2Jx", TextFlaw.Control, "[2Jx")]
    [InlineData("x\uffff", TextFlaw.Unassigned, "x")]
    [InlineData("x\u0378y", TextFlaw.Unassigned, "xy")]
    [InlineData("\ufeffx", TextFlaw.Invisible, "x")]
    [InlineData("a\u200bb\u200ec\u202ed", TextFlaw.Invisible, "abcd")]
    [InlineData("a\u200db", TextFlaw.Invisible, "ab")]
    [InlineData("x\U000e0041\U000e007f", TextFlaw.Invisible, "x")]
    [InlineData("a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", TextFlaw.Combining, "a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301")]
    public void WhatNobodyCanSee_IsFound_AndCleaned(string text, TextFlaw flaw, string clean)
    {
        Assert.Equal(flaw, TextRule.Check(text));
        Assert.Equal(clean, TextRule.Clean(text));
    }

    // not among the data above: an attribute cannot hold it
    [Fact]
    public void HalfASurrogatePair_IsFound_AndCleaned()
    {
        Assert.Equal(TextFlaw.Surrogate, TextRule.Check("a\ud800b"));
        Assert.Equal("ab", TextRule.Clean("a\ud800b"));
    }
}
