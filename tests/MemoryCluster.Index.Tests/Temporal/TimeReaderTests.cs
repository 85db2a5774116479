using System.Globalization;
using MemoryCluster.Index.Temporal;

namespace MemoryCluster.Index.Tests.Temporal;

public sealed class TimeReaderTests
{
    // A Thursday.
    private const string Day = "2023-05-25";

    [Theory]
    [InlineData("on 7 May 2023", "2023-05-07", "2023-05-08")]
    [InlineData("May 7th, 2023", "2023-05-07", "2023-05-08")]
    [InlineData("May 2023", "2023-05-01", "2023-06-01")]
    [InlineData("2022-11-03", "2022-11-03", "2022-11-04")]
    [InlineData("2022-11", "2022-11-01", "2022-12-01")]
    [InlineData("in 2021", "2021-01-01", "2022-01-01")]
    [InlineData("December 2021", "2021-12-01", "2022-01-01")]
    [InlineData("31 February 2023", "2023-02-28", "2023-03-01")]
    [InlineData("yesterday", "2023-05-24", "2023-05-25")]
    [InlineData("Tomorrow!", "2023-05-26", "2023-05-27")]
    [InlineData("last week", "2023-05-15", "2023-05-22")]
    [InlineData("this week", "2023-05-22", "2023-05-29")]
    [InlineData("last weekend", "2023-05-20", "2023-05-22")]
    [InlineData("next month", "2023-06-01", "2023-07-01")]
    [InlineData("last year", "2022-01-01", "2023-01-01")]
    [InlineData("the week before", "2023-05-15", "2023-05-22")]
    [InlineData("3 days ago", "2023-05-22", "2023-05-23")]
    [InlineData("two weeks ago", "2023-05-08", "2023-05-15")]
    [InlineData("five years ago", "2018-01-01", "2019-01-01")]
    [InlineData("last Friday", "2023-05-19", "2023-05-20")]
    [InlineData("on Thursday", "2023-05-18", "2023-05-19")]
    [InlineData("next Friday", "2023-05-26", "2023-05-27")]
    [InlineData("the summer before", "2022-06-01", "2022-09-01")]
    [InlineData("last winter", "2022-12-01", "2023-03-03")]
    [InlineData("summer 2020", "2020-06-01", "2020-09-01")]
    public void Expression_MeansItsDays(string text, string from, string to)
    {
        var (range, isYearOpen) = Assert.Single(Read(text));

        Assert.Equal((Number(from), Number(to)), (range.From, range.To));
        Assert.False(isYearOpen);
    }

    [Theory]
    [InlineData("in May", "2023-05-01", "2023-06-01")]
    [InlineData("in July", "2022-07-01", "2022-08-01")]
    [InlineData("May 3rd", "2023-05-03", "2023-05-04")]
    [InlineData("3 October", "2022-10-03", "2022-10-04")]
    public void MonthWithoutYear_IsTheLastOne_AndLeavesTheYearOpen(string text, string from, string to)
    {
        var (range, isYearOpen) = Assert.Single(Read(text));

        Assert.Equal((Number(from), Number(to)), (range.From, range.To));
        Assert.True(isYearOpen);
    }

    [Theory]
    [InlineData("you may go")]
    [InlineData("one of the days")]
    [InlineData("it has 12 rooms and 1500 books")]
    [InlineData("the fall hurt")]
    [InlineData("9999999999 ago")]
    [InlineData("a year of rest")]
    [InlineData("500 years ago")]
    public void OtherWords_MeanNoDays(string text) => Assert.Empty(Read(text));

    [Fact]
    public void SeveralExpressions_AreAllRead() => Assert.Equal(3, Read("yesterday, on 3 June 2021 and in 1999").Count);

    [Fact]
    public void EveryDayAndEveryWord_IsReadWithoutFault()
    {
        string[] words = ["last", "next", "week", "month", "year", "summer", "winter", "may", "31", "february", "ago", "100", "years", "sunday", "weekend", "2099", "1900", "12"];
        var random = new Random(3);
        foreach (var day in new[] { int.MinValue, 0, Number("1900-01-01"), Number("2024-02-29"), DateOnly.MaxValue.DayNumber, int.MaxValue })
        {
            for (var round = 0; round < 500; round++)
            {
                var text = string.Join(' ', Enumerable.Range(0, 6).Select(_ => words[random.Next(words.Length)]));
                Assert.All(Read(text, day), found => Assert.False(found.Range.IsEmpty));
            }
        }
    }

    [Fact]
    public void NamesTime_IsToldOfWordsThatCannotBeResolved()
    {
        var reader = new TimeReader("we met on many weekends", Number(Day), stackalloc char[64]);

        Assert.False(reader.MoveNext());
        Assert.True(reader.NamesTime);
    }

    private static List<(DayRange Range, bool IsYearOpen)> Read(string text, int? day = null)
    {
        var found = new List<(DayRange, bool)>();
        var reader = new TimeReader(text, day ?? Number(Day), stackalloc char[64]);
        while (reader.MoveNext())
        {
            found.Add((reader.Current, reader.IsYearOpen));
        }

        return found;
    }

    private static int Number(string date) => DateOnly.Parse(date, CultureInfo.InvariantCulture).DayNumber;
}
