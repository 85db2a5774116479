using MemoryCluster.Statements;

namespace MemoryCluster.Core.Tests.Statements;

public sealed class StatementTextTests
{
    [Theory]
    [InlineData("The flight to Rome leaves at 9.", "The flight to Rome leaves at 8.")]
    [InlineData("Order 71 ships on Monday.", "Order 71 ships on Friday.")]
    [InlineData("Paris hosted the summit in spring.", "Lyon hosted the summit in spring.")]
    [InlineData("Basic fares can be refunded.", "Basic fares cannot be refunded.")]
    [InlineData("The capital is Quito. It lies at 2,850 metres.", "Quito lies at 1,850 metres above the sea.")]
    [InlineData("""{"status": "open", "seats": 4}""", """{"status": "open", "seats": 7}""")]
    public void OtherNumberNameOrDenial_Contradicts(string one, string other)
    {
        Assert.True(StatementText.Read(one).IsContradictedBy(StatementText.Read(other)));
        Assert.True(StatementText.Read(other).IsContradictedBy(StatementText.Read(one)));
    }

    [Theory]
    [InlineData("The flight to Rome leaves at 9.", "The flight to Rome leaves at 9 from gate 4.")]
    [InlineData("The flight to Rome leaves at 9.", "The hotel in Milan closes at 8.")]
    [InlineData("Basic fares can be refunded.", "Refunds of basic fares are possible.")]
    [InlineData("The flight leaves at 9.", "The flight leaves at 9. The flight back leaves at 8.")]
    [InlineData("", "Anything at all.")]
    public void MoreOrOther_DoesNot(string one, string other) => Assert.False(StatementText.Read(one).IsContradictedBy(StatementText.Read(other)));

    [Fact]
    public void Coverage_IsTheShareOfClaims()
    {
        var found = StatementText.Read("The ferry leaves pier 7 at 14:30.");

        Assert.Equal(1, found.CoverageBy(StatementText.Read("At 14:30 the ferry leaves from pier 7, and a bus waits.")));
        Assert.Equal(0.6, found.CoverageBy(StatementText.Read("The ferry leaves its pier.")), 9);
        Assert.Equal(0, found.CoverageBy(StatementText.Read("Nothing of the kind.")));
        Assert.Equal(0, StatementText.Read("").CoverageBy(found));
    }
}
