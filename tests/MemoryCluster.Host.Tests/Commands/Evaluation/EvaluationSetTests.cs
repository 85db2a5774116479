using MemoryCluster.Host.Commands.Evaluation;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Host.Tests.Commands.Evaluation;

public sealed class EvaluationSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Locomo_KeepsQuestionsThatHaveEvidenceInTheChat()
    {
        var team = LocomoSet.Read(Samples.WriteTo(_folder.Path, "l.jsonl", Samples.Locomo)).Teams.Single();

        Assert.Equal(["D1:1", "D1:2", "D2:1"], team.Passages.Select(passage => passage.EvidenceId));
        Assert.Equal(["4 single-hop", "1 multi-hop"], team.Questions.Select(question => question.Category));
        Assert.Equal(["D1:2", "D2:1"], team.Questions[1].Gold);
    }

    [Fact]
    public void Hotpot_HoldsEachPassageOnce()
    {
        var team = PassageSet.Hotpot(Samples.WriteTo(_folder.Path, "h.jsonl", Samples.Hotpot)).Teams.Single();

        Assert.Equal(3, team.Passages.Count);
        Assert.Equal([2, 1], team.Questions.Select(question => question.Gold.Count));
        Assert.All(team.Questions, question => Assert.Subset(team.Passages.Select(passage => passage.EvidenceId).ToHashSet(), question.Gold.ToHashSet()));
    }

    [Theory]
    [InlineData("[{0},\n{1}]")]
    [InlineData("{0}\n{1}\n")]
    public void Musique_IsAnArrayOrLines(string form)
    {
        const string paragraph = """{"title":"Tarn","paragraph_text":"A mountain lake.","is_supporting":true}""";
        var path = Path.Combine(_folder.Path, "m.json");
        File.WriteAllText(path, form.Replace("{0}", $$"""{"question":"What is a tarn?","paragraphs":[{{paragraph}}]}""", StringComparison.Ordinal)
            .Replace("{1}", $$"""{"question":"And a lake?","paragraphs":[{{paragraph}}]}""", StringComparison.Ordinal));

        var team = PassageSet.Musique(path).Teams.Single();

        Assert.Single(team.Passages);
        Assert.Equal(["What is a tarn?", "And a lake?"], team.Questions.Select(question => question.Text));
    }
}
