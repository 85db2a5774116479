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
        var team = HotpotSet.Read(Samples.WriteTo(_folder.Path, "h.jsonl", Samples.Hotpot)).Teams.Single();

        Assert.Equal(3, team.Passages.Count);
        Assert.Equal([2, 1], team.Questions.Select(question => question.Gold.Count));
        Assert.All(team.Questions, question => Assert.Subset(team.Passages.Select(passage => passage.EvidenceId).ToHashSet(), question.Gold.ToHashSet()));
    }
}
