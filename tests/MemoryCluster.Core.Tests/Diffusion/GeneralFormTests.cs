using MemoryCluster.Diffusion;

namespace MemoryCluster.Core.Tests.Diffusion;

public sealed class GeneralFormTests
{
    [Theory]
    [InlineData("Ask Mia Li before you cancel the booking.", "Ask <NAME> before you cancel the booking.")]
    [InlineData("Retry the upload when it fails.", "Retry the upload when it fails.")]
    [InlineData("The refund of order 4711 was refused by Delta and by Delta again.", "The refund of order <NUMBER> was refused by <NAME> and by <NAME> again.")]
    [InlineData("When Berlin is closed, send it to Hamburg instead.", "When <NAME_1> is closed, send it to <NAME_2> instead.")]
    [InlineData("Call get_reservation before cancel_booking is tried at all.", "Call <CODE_1> before <CODE_2> is tried at all.")]
    [InlineData("Search for \"late fee\" first and read the rules.", "Search for <TERM> first and read the rules.")]
    [InlineData("It was moved from 2023-05-07 to 7 June as far as we know.", "It was moved from <DATE_1> to 7 <DATE_2> as far as we know.")]
    [InlineData("Never pay more than twice without asking. Waiting is cheaper.", "Never pay more than twice without asking. Waiting is cheaper.")]
    public void NamesAndNumbers_BecomePlaceholders_TheRestStays(string text, string general) => Assert.Equal(general, GeneralForm.Of(text)!.Text);

    [Theory]
    [InlineData("Mia Li")]
    [InlineData("Berlin, Hamburg, Paris 1999.")]
    [InlineData("\"late fee\" of Delta")]
    public void WhatSaysNothingWithoutItsNames_HasNoGeneralForm(string text) => Assert.Null(GeneralForm.Of(text));

    [Fact]
    public void WhatDiffersInNamesOnly_IsTheSameInGeneral()
    {
        var one = GeneralForm.Of("Ask Mia Li before you cancel the booking.")!;
        var other = GeneralForm.Of("Ask Tom Ray before you cancel the booking.")!;

        Assert.Equal(one, other);
        Assert.NotEqual(one.Hash, GeneralForm.Of("Ask Mia Li before you change the booking.")!.Hash);
    }
}
