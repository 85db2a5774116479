using MemoryCluster.Admission.Gate;

namespace MemoryCluster.Core.Tests.Admission.Gate;

public sealed class StepKindsTests
{
    [Fact]
    public void ArgumentsThatLookAlike_AreOfOneShape()
    {
        var first = StepKinds.Of("flights", """{"id": "HAT136", "day": 3}""", failed: false);
        var second = StepKinds.Of("flights", """{"id": "HAT039", "day": 12}""", failed: false);
        var third = StepKinds.Of("flights", """{"origin": "JFK"}""", failed: false);

        Assert.Equal(first, second);
        Assert.NotEqual(first.Shape, third.Shape);
        Assert.Equal(first.Tool, third.Tool);
    }

    [Fact]
    public void StepThatFailed_IsOfAShapeOfItsOwn() =>
        Assert.NotEqual(StepKinds.Of("search", "x", failed: true).Shape, StepKinds.Of("search", "x", failed: false).Shape);

    [Fact]
    public void Action_IsTheSame_WhateverOrderItsArgumentsStandIn()
    {
        var first = ActionKey.Of("book", """{"from":"JFK","to":{"a":[1,2],"b":null}}""");

        Assert.Equal(first, ActionKey.Of("book", """ {"to": {"b": null, "a": [1, 2]}, "from": "JFK"} """));
        Assert.NotEqual(first, ActionKey.Of("book", """{"from":"JFK","to":{"a":[2,1],"b":null}}"""));
        Assert.NotEqual(first, ActionKey.Of("cancel", """{"from":"JFK","to":{"a":[1,2],"b":null}}"""));
    }

    [Fact]
    public void ActionThatOnlyLooksLikeJson_IsComparedAsText() =>
        Assert.NotEqual(ActionKey.Of("run", "{not json}"), ActionKey.Of("run", "{not  json}"));

    [Fact]
    public void Record_BeyondItsLimit_CountsKnownKindsOnly()
    {
        var record = new RecurrenceRecord();
        for (var index = 0; record.Kinds.Count < RecurrenceRecord.KindsMax; index++)
        {
            record.NoteFirst(StepKinds.Of($"tool{index}", "x", failed: false));
        }

        var late = StepKinds.Of("late", "x", failed: false);
        record.NoteFirst(late);

        Assert.Equal(RecurrenceRecord.KindsMax, record.Kinds.Count);
        Assert.Equal(0, record.ViewOf(late).Tool.Steps);
        Assert.Equal(record[StepKinds.All].Steps, record.ViewOf(late).Domain.Steps);
    }
}
