using MemoryCluster.Admission.Gate;

namespace MemoryCluster.Core.Tests.Admission.Gate;

public sealed class GateJsonTests
{
    [Fact]
    public void Policy_ComesBackToTheLastBit()
    {
        var policy = GatePolicies.Initial with { Weights = [.. Enumerable.Range(1, GateFeatures.Count).Select(index => 1.0 / index)], CalibrationOffset = 0.1 + 0.2 };

        var read = GateJson.ReadPolicy(GateJson.Write(policy));

        Assert.Equal(policy.Weights.ToArray(), read.Weights.ToArray());
        Assert.Equal(policy with { Weights = read.Weights }, read);
    }

    [Fact]
    public void History_ComesBack()
    {
        var history = new GatePolicyHistory().RollBack(1) with { NextVersion = 9 };

        var read = GateJson.ReadHistory(GateJson.Write(history));

        Assert.Equal((1, 9, 1), (read.ActiveVersion, read.NextVersion, read.Active.Version));
    }

    [Fact]
    public void Policy_OfAnEarlierVersion_LacksFeaturesAndKeepsItsOthers()
    {
        const string Stored =
            """
            {"version":4,"parent":3,"weights":{"bias":0.25,"goneLongAgo":7,"toolReturned":-1.5},"calibrationSlope":1,"calibrationOffset":0,
            "admitProbability":0.25,"candidateProbability":0.1,"exploration":0.05}
            """;

        var read = GateJson.ReadPolicy(Stored);

        Assert.Equal((0.25, -1.5), (read.Weights[(int)GateFeature.Bias], read.Weights[(int)GateFeature.ToolReturned]));
        Assert.Equal(GateFeatures.Count, read.Weights.Length);
        Assert.Equal(2, read.Weights.Count(weight => weight != 0));
    }

    [Fact]
    public void Record_ComesBack()
    {
        var kinds = StepKinds.Of("search", "Jonny Craig", failed: false);
        var record = new RecurrenceRecord();
        record.NoteFirst(kinds);
        record.NoteAgain(kinds, isFirstReturn: true);
        record.NoteAgain(kinds, isFirstReturn: false);
        record.NoteContradicted(kinds);

        var read = GateJson.ReadRecord(GateJson.Write(record));

        Assert.Equal(new RecurrenceCounts(1, 1, 2, 1), read.ViewOf(kinds).Shape);
        Assert.Equal(record.Kinds.Count, read.Kinds.Count);
    }
}
