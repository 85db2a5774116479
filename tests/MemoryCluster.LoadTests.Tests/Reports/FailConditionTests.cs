using MemoryCluster.LoadTests.Reports;

namespace MemoryCluster.LoadTests.Tests.Reports;

public sealed class FailConditionTests
{
    [Theory]
    [InlineData("recall.p99>50ms", true)]
    [InlineData("recall.p99>38ms", false)]
    [InlineData("recall.p99 > 0.05s", true)]
    [InlineData("recall.p99>38999us", false)]
    [InlineData("p99>41", true)]
    [InlineData("goodput<90", true)]
    [InlineData("goodput<90.5", false)]
    [InlineData("refused>5%", true)]
    [InlineData("refused>4%", false)]
    [InlineData("refused>49", false)]
    [InlineData("refusal-p99>50ms", true)]
    [InlineData("lost>0", true)]
    public void Condition_IsHeldAgainstTheRun(string condition, bool passes)
    {
        var threshold = FailCondition.Parse(condition).Check(SampleReport.Make());

        Assert.True(threshold.IsMet == passes, $"{threshold}");
        Assert.Equal($"not {condition}", threshold.Demand);
    }

    [Theory]
    [InlineData("nobody.p99>50ms")]
    [InlineData("memory-growth>1.5")]
    [InlineData("recall.lost>0")]
    public void WhatWasNotRead_IsNotMet(string condition) => Assert.False(FailCondition.Parse(condition).Check(SampleReport.Make()).IsMet);

    [Theory]
    [InlineData("")]
    [InlineData("recall.p99")]
    [InlineData("recall.p98>50ms")]
    [InlineData("recall.p99>=50ms")]
    [InlineData("recall.p99>50min")]
    [InlineData("recall.p99>-1ms")]
    [InlineData("recall.p99>5%")]
    [InlineData("p99>50ms; rm")]
    public void WhatIsNoCondition_IsRefused(string condition) => Assert.Throws<FormatException>(() => FailCondition.Parse(condition));

    [Fact]
    public void File_HasOneALine_WithCommentsAndEmptyLines() =>
        Assert.Equal(2, FailCondition.ParseFile(["# of the launch", "recall.p99>50ms", "", "  failed>0.1%  "]).Count);
}
