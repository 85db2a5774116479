using MemoryCluster.Admission.Runs;

namespace MemoryCluster.Core.Tests.Admission.Runs;

public sealed class CandidateExtractionTests
{
    [Fact]
    public void StepThatFoundOutSomething_IsACandidate()
    {
        var run = Runs.Of(
            "Refund order 71", 1, Runs.Step("Look up the order", "Order 71 was paid by card on 3 May.", "get_order", """{"id": 71}"""));

        var candidate = Assert.Single(CandidateExtraction.Of(run));

        Assert.Equal((0, MemoryKind.Step, "get_order"), (candidate.Step, candidate.Kind, candidate.Tool));
        Assert.Equal("""get_order {"id": 71}""", candidate.Question);
        Assert.Equal("Look up the order ({\"id\": 71})\nOrder 71 was paid by card on 3 May.", candidate.Text);
    }

    [Fact]
    public void RepetitionFailureAndForbiddenStep_AreNone()
    {
        var found = Runs.Step("Look up the order", "Order 71 was paid by card on 3 May.", "get_order", "71");
        var run = Runs.Of(
            "Refund order 71", 1, found, found, Runs.Step("Ask the bank", "Error: no connection to the bank", "ask", "71"),
            Runs.Step("Read the vault", "The code is 4711.") with { Admit = StepAdmission.Never });

        Assert.Equal([0], CandidateExtraction.Of(run).Select(candidate => candidate.Step));
    }

    [Fact]
    public void WhatPutAFailureRight_IsALesson()
    {
        var run = Runs.Of(
            "Find the population of Quito", 1, Runs.Step("Search the city", "Could not find [Quitto].", "search", "Quitto"),
            Runs.Step("Search again", "Quito has 1,763,275 inhabitants.", "search", "Quito"));

        var lesson = CandidateExtraction.Of(run).Single(candidate => candidate.Kind == MemoryKind.Lesson);

        Assert.Equal(1, lesson.Step);
        Assert.Equal("search: Search the city (Quitto) failed: Could not find [Quitto].\nWhat worked: Search again (Quito)", lesson.Text);
    }

    [Fact]
    public void SuccessBesideAFailure_TellsWhatMadeTheDifference()
    {
        var read = Runs.Step("Read the policy", "Basic fares are not refunded.", "policy", "basic");
        var failed = Runs.Of("Refund a basic fare", 0, Runs.Step("Refund at once", "Done.", "refund", "71"));
        var succeeded = Runs.Of("Refund a basic fare", 1, read);

        var contrast = CandidateExtraction.Contrast(succeeded, failed, 0)!;

        Assert.Equal(MemoryKind.Insight, contrast.Kind);
        Assert.Equal(
            "Task: Refund a basic fare\nWhat a run that succeeded did, and one that failed did not: Read the policy (basic)\n"
            + "What the one that failed did instead: Refund at once (71)",
            contrast.Text);
        Assert.Null(CandidateExtraction.Contrast(failed, failed, 0));
    }

    [Theory]
    [InlineData("""{"error": "no such user"}""", true)]
    [InlineData("""{"error": null, "user": "eve"}""", false)]
    [InlineData("Error: no such user", true)]
    [InlineData("", true)]
    [InlineData("Eve is a user.", false)]
    public void Failure_IsReadOffTheOutput(string output, bool isFailure) => Assert.Equal(isFailure, RunSigns.IsFailure(output));

    [Fact]
    public void Signature_IsOfTheCall_NotOfItsSpelling()
    {
        var one = RunSigns.SignatureOf(Runs.Step("a", "x", "get", """{"a": 1, "b": 2}"""));

        Assert.Equal(one, RunSigns.SignatureOf(Runs.Step("another", "y", "get", """{"b":2,"a":1}""")));
        Assert.NotEqual(one, RunSigns.SignatureOf(Runs.Step("a", "x", "get", """{"a": 1, "b": 3}""")));
        Assert.NotEqual(one, RunSigns.SignatureOf(Runs.Step("a", "x", "put", """{"a": 1, "b": 2}""")));
        Assert.Null(RunSigns.SignatureOf(Runs.Step("a", "x")));
    }
}
