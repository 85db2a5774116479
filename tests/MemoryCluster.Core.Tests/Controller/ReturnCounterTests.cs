using MemoryCluster.Admission.Gate;
using MemoryCluster.Controller;
using MemoryCluster.Core.Tests.Admission.Runs;

namespace MemoryCluster.Core.Tests.Controller;

public sealed class ReturnCounterTests
{
    private readonly ReturnCounter _counter = new();
    private int _runs;

    [Fact]
    public void StepThatNobodyHadOccasionToTakeAgain_DoesNotCount()
    {
        var run = Add("Refund order 7", "get_order", "7");
        Add("Refund order 8", "get_order", "8");

        Assert.Equal(default, Counts);
        Assert.False(_counter.HadOccasion(run));
    }

    [Fact]
    public void TaskThatComesBack_CountsWhatWasTakenAgain_AndWhatWasNot()
    {
        var run = Add("Refund order 7", "get_order", "7", "get_user", "3");
        Add("Refund order 7", "get_order", "7");

        Assert.Equal(new RecurrenceCounts(Steps: 2, Returned: 1, Asks: 1, Contradicted: 0), Counts);
        Assert.True(_counter.HadOccasion(run));
    }

    [Fact]
    public void SameCallOnAnotherTask_IsAReturn()
    {
        Add("Refund order 7", "get_order", "7");
        Add("Where is my parcel?", "get_order", "7");

        Assert.Equal(new RecurrenceCounts(Steps: 1, Returned: 1, Asks: 1, Contradicted: 0), Counts);
    }

    [Fact]
    public void SameCallAnsweredOtherwise_IsAContradiction()
    {
        Add("Refund order 7", "get_order", "7");
        AddAnswered("Refund order 7", "gone", "get_order", "7");

        Assert.Equal(new RecurrenceCounts(Steps: 1, Returned: 0, Asks: 0, Contradicted: 1), Counts);
    }

    [Fact]
    public void StepThatNobodyTakesAgainInManyRuns_CountsAtLast()
    {
        var run = Add("Refund order 7", "get_order", "7");
        for (var other = 0; other < 255; other++)
        {
            Add($"Refund order {1_000 + other}", "get_order", $"{1_000 + other}");
        }

        Assert.False(_counter.HadOccasion(run));
        Add("Refund order 2000", "get_order", "2000");

        Assert.True(_counter.HadOccasion(run));
        Assert.Equal(new RecurrenceCounts(Steps: 1, Returned: 0, Asks: 0, Contradicted: 0), Counts);
    }

    private RecurrenceCounts Counts => _counter.Record[StepKinds.All];

    private RunId Add(string task, params ReadOnlySpan<string> calls) => AddAnswered(task, "found", calls);

    private RunId AddAnswered(string task, string output, params ReadOnlySpan<string> calls)
    {
        var steps = new List<RunStep>();
        for (var i = 0; i < calls.Length; i += 2)
        {
            steps.Add(Runs.Step($"Look up {calls[i + 1]}", output, calls[i], calls[i + 1]));
        }

        var id = new RunId($"run-{++_runs}");
        _counter.Add(RunEntry.Of(new RunRecord
        {
            Id = id, Team = new TeamId("red"), At = default, Run = Runs.Of(task, 1, [.. steps]), ContextHash = default, OutputHash = default,
        }));
        return id;
    }
}
