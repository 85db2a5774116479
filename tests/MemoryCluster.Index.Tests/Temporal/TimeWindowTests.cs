using MemoryCluster.Index.Temporal;

namespace MemoryCluster.Index.Tests.Temporal;

public sealed class TimeWindowTests
{
    private static readonly DayRange May = DayRange.OfMonth(2023, 5);

    [Theory]
    [InlineData(2023, 5, 1, 1)]
    [InlineData(2023, 5, 31, 1)]
    [InlineData(2023, 4, 17, 0.5)]
    [InlineData(2023, 6, 21, 0.5)]
    [InlineData(2023, 4, 16, 0)]
    [InlineData(2023, 6, 22, 0)]
    [InlineData(2022, 5, 10, 0)]
    public void Day_CountsWithinAndHalfNearBy(int year, int month, int day, float expected) =>
        Assert.Equal(expected, new TimeWindow(May, false).Match(new DateOnly(year, month, day).DayNumber));

    [Fact]
    public void OpenYear_MatchesTheSameDaysOfAnyYear()
    {
        var window = new TimeWindow(May, true);

        Assert.Equal(1, window.Match(new DateOnly(2019, 5, 10).DayNumber));
        Assert.Equal(0, window.Match(new DateOnly(2019, 9, 10).DayNumber));
        Assert.True(window.Meets(DayRange.OfMonth(2021, 5)));
        Assert.False(window.Meets(DayRange.OfMonth(2021, 6)));
        Assert.False(window.Meets(default));
    }

    [Fact]
    public void TurnOfTheYear_LiesNearJanuary() =>
        Assert.Equal(0.5f, new TimeWindow(DayRange.OfMonth(2023, 1), true).Match(new DateOnly(2019, 12, 25).DayNumber));
}
