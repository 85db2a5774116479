using MemoryCluster.Admission.Gate;

namespace MemoryCluster.Core.Tests.Admission.Gate;

public sealed class GateFeaturesTests
{
    private static readonly float[] Vector = new float[64];

    [Fact]
    public void Features_AllocateTheirArrayAndNothingElse()
    {
        _ = GateFeatures.Of(Look());
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = new float[GateFeatures.Count];
        var array = GC.GetAllocatedBytesForCurrentThread() - before;

        before = GC.GetAllocatedBytesForCurrentThread();
        _ = GateFeatures.Of(Look());

        Assert.Equal(array, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Words_SharedByTexts_AreCounted()
    {
        var features = GateFeatures.Of(Look());

        Assert.Equal(1, Value(features, GateFeature.InputInTask), 6);
        Assert.Equal(0.5, Value(features, GateFeature.InputInOutput), 6);
    }

    [Fact]
    public void Output_ThatTellsOfAnError_ShowsIt()
    {
        Assert.Equal(1, Value(Of("Error: payment method not found"), GateFeature.OutputFailure));
        Assert.Equal(1, Value(Of("Could not find [Wallace]. Similar: ['Wallace and Gromit']"), GateFeature.OutputFailure));
        Assert.Equal(0, Value(Of("Paramore is an American rock band from Franklin, Tennessee."), GateFeature.OutputFailure));
    }

    [Fact]
    public void OutputThatFailed_IsWeighedApart()
    {
        var failed = GateFeatures.Of(new GateInput { Task = "Paramore", Input = "x", Output = "Could not find it. Similar: Paramore" });
        var found = GateFeatures.Of(new GateInput { Task = "Paramore", Input = "x", Output = "A rock band. Paramore" });

        Assert.Equal((1, 1), (Value(failed, GateFeature.TaskNamesInOutput), Value(failed, GateFeature.FailureTaskNames)));
        Assert.Equal((1, 0), (Value(found, GateFeature.TaskNamesInOutput), Value(found, GateFeature.FailureTaskNames)));
    }

    [Fact]
    public void OutputsWordsThatNobodyKnew_AreNew()
    {
        var features = GateFeatures.Of(new GateInput { Task = "where Paramore lives", Input = "band", Summary = "search", Output = "Paramore band search Tennessee" });

        Assert.Equal(0.25, Value(features, GateFeature.OutputNew), 6);
        Assert.Equal(1, Value(features, GateFeature.SummaryInOutput), 6);
    }

    [Fact]
    public void Tool_ShowsByItsVerbWhetherItReads()
    {
        var reading = GateFeatures.Of(new GateInput { Task = "", Input = "", Output = "", Tool = "get_user_details" });
        var changing = GateFeatures.Of(new GateInput { Task = "", Input = "", Output = "", Tool = "updateReservation" });
        var neither = GateFeatures.Of(new GateInput { Task = "", Input = "", Output = "", Tool = "settle" });

        Assert.Equal((1, 0), (Value(reading, GateFeature.ReadingTool), Value(reading, GateFeature.ChangingTool)));
        Assert.Equal((0, 1), (Value(changing, GateFeature.ReadingTool), Value(changing, GateFeature.ChangingTool)));
        Assert.Equal((0, 0), (Value(neither, GateFeature.ReadingTool), Value(neither, GateFeature.ChangingTool)));
    }

    [Fact]
    public void Shape_SeldomSeen_LeansOnItsTool()
    {
        var tool = new RecurrenceCounts(100, 90, 200, 0);
        var all = new RecurrenceCounts(1_000, 100, 150, 0);

        var unseen = GateFeatures.Of(Look() with { Recurrence = new RecurrenceView { All = all, Tool = tool } });
        var seen = GateFeatures.Of(Look() with { Recurrence = new RecurrenceView { All = all, Tool = tool, Shape = new(100, 5, 5, 0) } });

        Assert.Equal(Value(unseen, GateFeature.ToolReturned), Value(unseen, GateFeature.ShapeReturned), 6);
        Assert.True(Value(seen, GateFeature.ShapeReturned) < 0);
    }

    [Fact]
    public void Values_OfAnExtremeStep_StayWithinTheirBounds()
    {
        var text = new string('9', 100_000);
        var counts = new RecurrenceCounts(long.MaxValue / 4, long.MaxValue / 4, long.MaxValue / 4, long.MaxValue / 4);
        var features = GateFeatures.Of(new GateInput
        {
            Task = text, Input = text, Output = text, Step = int.MaxValue, Failed = true,
            Agent = new AgentStanding(1, 0, long.MaxValue / 4, 1, double.MaxValue),
            Bank = new BankView { Size = int.MaxValue, NearestSimilarity = 5 },
            Recurrence = new RecurrenceView { All = counts, Tool = counts, Shape = counts, ActionRuns = int.MaxValue, OthersActive = int.MaxValue },
        });

        Assert.All(features, value => Assert.InRange(value, -2, 2));
    }

    [Fact]
    public void Vectors_OfTwoModels_AreRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => GateFeatures.Of(new GateInput
        {
            Task = "", Input = "", Output = "", TaskVector = new float[3], OutputVector = new float[4],
        }));

    private static GateInput Look() => new()
    {
        Task = "Which of Jonny Craig and Pete Doherty has been a member of more bands?", Input = "Pete Doherty",
        Output = "Peter Doherty is an English musician.", Tool = "Search", TaskVector = Vector, OutputVector = Vector,
    };

    private static float[] Of(string output) => GateFeatures.Of(new GateInput { Task = "", Input = "", Output = output });

    private static float Value(float[] features, GateFeature feature) => features[(int)feature];
}
