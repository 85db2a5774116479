using System.Text.Json;
using MemoryCluster.Contract;
using MemoryCluster.Host.Commands.Datasets;

namespace MemoryCluster.Host.Tests.Commands.Datasets;

public sealed class LocomoConversationTests
{
    [Fact]
    public void Parse_PutsSessionsInTheirOrderAndDatesTheirTurns()
    {
        var conversation = LocomoConversation.Parse(JsonElement.Parse(Samples.Locomo));

        Assert.Equal("conv-7", conversation.Id);
        Assert.Equal(["D1:1", "D1:2", "D2:1"], conversation.Turns.Select(turn => turn.Id));
        Assert.Equal(new DateTimeOffset(2023, 5, 8, 13, 56, 0, TimeSpan.Zero), conversation.Turns[0].At);
        Assert.Equal(new DateTimeOffset(2023, 6, 12, 9, 5, 0, TimeSpan.Zero), conversation.Turns[2].At);
        Assert.Equal(4, conversation.Questions.Count);
    }

    [Fact]
    public void Turn_BecomesAnEpisodeWithItsSource()
    {
        var memory = LocomoConversation.Parse(JsonElement.Parse(Samples.Locomo)).Turns[1].ToMemory("t", "a");

        Assert.Equal("Bo Li: Then we have to dig for it one day!", memory.Text);
        Assert.Equal(MemoryKind.Episode, memory.Kind);
        Assert.Equal(("session_1", RawJson.Of("D1:2")), (memory.Source!.Session, memory.Source.Turn));
    }

    [Theory]
    [InlineData("""{"conversation":{"session_1":[]}}""")]
    [InlineData("""{"conversation":{"session_1_date_time":"yesterday","session_1":[{}]}}""")]
    [InlineData("""{"conversation":{"session_1_date_time":"1:56 pm on 8 May, 2023","session_1":[{"speaker":"Ann","text":3}]}}""")]
    [InlineData("""{"sample_id":4,"conversation":{}}""")]
    public void Parse_OfSomethingElse_SaysSo(string line) =>
        Assert.Throws<InvalidDataException>(() => LocomoConversation.Parse(JsonElement.Parse(line)));

    [Theory]
    [InlineData("Bo Li", "Bo-Li")]
    [InlineData(" Zoë ", "Zo-")]
    [InlineData("Admin", "id-Admin")]
    [InlineData("..", "id-..")]
    public void SafeId_MakesAnIdOfAnyName(string name, string id) => Assert.Equal(id, SafeId.Of(name));
}
